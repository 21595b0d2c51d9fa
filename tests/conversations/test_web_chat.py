"""The web chat as a browser uses it, with the whole product behind it."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from candidacy.records.conversations import conversation_state
from tests.support.conversation import Visitor
from tests.support.stack import Stack

PATIENCE_SECONDS = 30
EVERYTHING = 7
"""The opening, three messages of the visitor and an answer to each."""


class Follower:
    """A client that follows the stream, and after a break goes on from the last message that it saw."""

    def __init__(self, visitor: Visitor) -> None:
        self.messages: list[dict[str, Any]] = []
        self.connections = 0
        self._visitor = visitor
        self._stopped = threading.Event()

    @contextmanager
    def following(self) -> Iterator[None]:
        """Follow in a thread for as long as the block runs."""
        thread = threading.Thread(target=self._follow)
        thread.start()
        try:
            yield
        finally:
            self._stopped.set()
            thread.join()

    def wait_for(self, count: int) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while len(self.messages) < count and time.monotonic() < end:
            time.sleep(0.02)
        assert len(self.messages) >= count, self.messages

    def _follow(self) -> None:
        while not self._stopped.is_set():
            try:
                self._read()
            except httpx.TransportError:
                time.sleep(0.05)

    def _read(self) -> None:
        resume = {"Last-Event-ID": str(self.messages[-1]["id"])} if self.messages else {}
        # A read that times out is a break like any other; it lets the thread see that it should stop.
        with self._visitor.http.stream("GET", "/api/chat/events", headers=resume, timeout=1) as stream:
            self.connections += 1
            for line in stream.iter_lines():
                if line.startswith("data: "):
                    self.messages.append(json.loads(line.removeprefix("data: ")))


def test_a_stream_goes_on_through_a_killed_front_desk(stack: Stack) -> None:
    visitor = Visitor(stack)
    follower = Follower(visitor)
    with follower.following():
        visitor.say("How long would I be in the hospital?")
        follower.wait_for(3)
        visitor.http.post("/api/chat/messages", json={"client_id": "cut", "text": "What is a graft?"})
        stack.frontdesk.kill()
        stack.frontdesk.start()
        stack.wait_until_ready()
        visitor.say("Thank you")
        follower.wait_for(EVERYTHING)
    stored = visitor.messages_after(0)
    assert [message["id"] for message in follower.messages] == list(range(1, EVERYTHING + 1))
    assert [message["text"] for message in follower.messages] == [message["text"] for message in stored]
    assert follower.connections >= 2


def test_a_person_is_asked_for_in_the_middle_of_the_questions(stack: Stack) -> None:
    visitor = Visitor(stack)
    visitor.press("Answer screening questions")
    replies = visitor.send({"action": "talk_to_person"})
    assert replies[0]["kind"] == "handoff"
    with stack.database.read_session() as session:
        assert conversation_state(session, conversation_id=visitor.conversation) == "waiting"


def test_after_a_reload_the_buttons_of_the_standing_question_can_be_pressed(stack: Stack) -> None:
    visitor = Visitor(stack)
    visitor.press("Answer screening questions")
    restored = visitor.messages_after(0)
    live = [button["title"] for message in restored for button in message["buttons"] if button["live"]]
    assert live == ["Yes, start", "No, thanks"]
    assert sum(len(message["buttons"]) for message in restored) > len(live)
