"""The two ways to talk: line by line with a person at the terminal, or with lines from a pipe."""

import sys
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import httpx

from candidacy.chat.conversation import ChatError, Conversation, Refused
from candidacy.chat.screen import PROMPT, Screen
from candidacy.chat.typed_line import QUIT, Press, Quit, Say, interpret

POLL_SECONDS = 0.3
PATIENCE_SECONDS = 15.0
"""How long an answer is waited for; the front desk answers by itself in less, unless a person has the conversation."""

_SHORT_PATIENCE_SECONDS = 1.0
"""How long, once a message got no answer."""

_REQUEST_SECONDS = 15.0


def talk(*, url: str, transcript: Path | None = None) -> None:
    """Hold a conversation with the front desk at this address, until the input ends or says to quit.

    Raises:
        ChatError: the front desk does not answer.
        OSError: the transcript cannot be written.
    """
    interactive = sys.stdin.isatty()
    with _client(url) as http:
        conversation = Conversation(http)
        conversation.begin()
        with Screen(transcript=transcript, interactive=interactive) as screen:
            screen.show(conversation.messages_after(0))
            if interactive:
                _talk_with_person(conversation, screen)
            else:
                _Exchange(conversation, screen).hold(line.rstrip("\r\n") for line in sys.stdin)


def _client(url: str) -> httpx.Client:
    try:
        return httpx.Client(base_url=url, timeout=_REQUEST_SECONDS, trust_env=False)
    except httpx.InvalidURL as error:
        raise ChatError(f"{url} is not an address: {error}") from error


def _talk_with_person(conversation: Conversation, screen: Screen) -> None:
    with suppress(ImportError):
        # Line editing and history; input() uses it once it is imported.
        import readline  # noqa: F401
    screen.note(f"{QUIT} ends the conversation")
    over = threading.Event()
    watcher = threading.Thread(target=_watch, args=(conversation, screen, over), daemon=True)
    watcher.start()
    try:
        _Exchange(conversation, screen).hold(_typed_lines(screen))
    except KeyboardInterrupt:
        screen.note("ended")
    finally:
        over.set()
        watcher.join(timeout=1.0)


def _typed_lines(screen: Screen) -> Iterable[str]:
    while True:
        try:
            with screen.typing():
                line = input(PROMPT)
        except EOFError:
            print()
            return
        yield line


def _watch(conversation: Conversation, screen: Screen, over: threading.Event) -> None:
    """Show messages that come by themselves, as when a person at the clinic writes."""
    lost = False
    while not over.wait(POLL_SECONDS):
        try:
            screen.show(conversation.messages_after(screen.position))
            lost = False
        except ChatError as error:
            if not lost:
                screen.note(str(error))
            lost = True


class _Exchange:
    """Sends lines, one after the other, each when the one before was answered."""

    def __init__(self, conversation: Conversation, screen: Screen) -> None:
        self._conversation = conversation
        self._screen = screen
        self._patience_seconds = PATIENCE_SECONDS

    def hold(self, lines: Iterable[str]) -> None:
        """Send the lines until they end or one says to quit."""
        for line in lines:
            meaning = interpret(line, self._screen.buttons)
            if isinstance(meaning, Quit):
                return
            if meaning is None:
                continue
            self._screen.echo(line.strip())
            self._say(meaning)

    def _say(self, meaning: Say | Press) -> None:
        try:
            if isinstance(meaning, Press):
                sent = self._conversation.send(button=meaning.button.id)
            else:
                sent = self._conversation.send(text=meaning.text)
        except Refused as error:
            self._screen.note(str(error))
            return
        answered = self._wait_for_answer(lambda: self._screen.answered(sent))
        if not answered:
            self._screen.note("no answer yet")
        self._patience_seconds = PATIENCE_SECONDS if answered else _SHORT_PATIENCE_SECONDS

    def _wait_for_answer(self, answered: Callable[[], bool]) -> bool:
        # The replies to a message are stored together, so that with the first one all are there.
        end = time.monotonic() + self._patience_seconds
        while True:
            self._screen.show(self._conversation.messages_after(self._screen.position))
            if answered():
                return True
            if time.monotonic() >= end:
                return False
            time.sleep(POLL_SECONDS)
