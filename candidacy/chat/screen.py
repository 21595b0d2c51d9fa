"""The terminal of a conversation: messages appear above the line that is being typed."""

import shutil
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from candidacy.chat.conversation import Button, Message
from candidacy.chat.layout import lay_out

PROMPT = "You: "
_HINT = 'Type the number of a choice, or answer in your own words; "2" in quotes is the number 2.'
_LONGEST_LINE = 100
_SHORTEST_LINE = 40
_CLEAR_LINE = "\r\x1b[K"


class Screen:
    """Prints each message once, whoever brings it, and keeps a transcript.

    Args:
        transcript: a file to write the conversation to as well.
        interactive: whether a person types at this terminal; else their lines are printed too.
    """

    def __init__(self, *, transcript: Path | None = None, interactive: bool) -> None:
        self.buttons: tuple[Button, ...] = ()
        """The choices that are open."""
        self.position = 0
        """The id of the last message shown."""
        self._last_answer = 0
        self._interactive = interactive
        self._transcript: TextIO | None = transcript.open("w", encoding="utf-8") if transcript else None
        self._lock = threading.RLock()
        self._hint_due = interactive
        self._typing = False

    def __enter__(self) -> "Screen":
        return self

    def __exit__(self, *_: object) -> None:
        if self._transcript is not None:
            self._transcript.close()

    def show(self, messages: Sequence[Message]) -> None:
        """Print the messages that were not printed yet; the visitor's own are on the screen already."""
        with self._lock:
            new = [message for message in messages if message.id > self.position]
            if not new:
                return
            for message in new:
                self._show(message)
            self.position = new[-1].id
            self._end()

    def answered(self, position: int) -> bool:
        """Whether anything was said after the message with this id."""
        with self._lock:
            return self._last_answer > position

    def note(self, remark: str) -> None:
        """Print a remark of the command's own."""
        with self._lock:
            self._print(f"({remark})")
            self._end()

    def echo(self, line: str) -> None:
        """Keep a line of the visitor's; print it where nobody typed it."""
        with self._lock:
            if self._transcript is not None:
                self._transcript.write(f"{PROMPT}{line}\n")
            if not self._interactive:
                sys.stdout.write(f"{PROMPT}{line}\n")

    @contextmanager
    def typing(self) -> Iterator[None]:
        """While a line is being typed: what is printed goes above it."""
        with self._lock:
            self._typing = True
        try:
            yield
        finally:
            with self._lock:
                self._typing = False

    def _show(self, message: Message) -> None:
        if message.author == "visitor":
            self.buttons = ()
            return
        self._last_answer = message.id
        self._print(lay_out(message, width=_width()))
        if message.buttons:
            self.buttons = message.buttons
            if self._hint_due:
                self._hint_due = False
                self._print(f"({_HINT})")

    def _print(self, text: str) -> None:
        sys.stdout.write(f"{_CLEAR_LINE if self._typing else ''}{text}\n")
        if self._transcript is not None:
            self._transcript.write(f"{text}\n")

    def _end(self) -> None:
        if self._typing:
            sys.stdout.write(PROMPT + _typed_so_far())
        sys.stdout.flush()


def _width() -> int:
    return max(_SHORTEST_LINE, min(shutil.get_terminal_size().columns, _LONGEST_LINE))


def _typed_so_far() -> str:
    try:
        import readline
    except ImportError:
        return ""
    return readline.get_line_buffer()
