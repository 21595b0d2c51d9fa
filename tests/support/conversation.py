"""Conversations as data: what a visitor types or presses, what they must read, and what must be stored in the end."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import yaml

from candidacy.assistant.saved_slots import saved_slots
from candidacy.records.consents import latest_consent
from candidacy.records.consultation_requests import find_request
from candidacy.records.conversations import conversation_state
from candidacy.records.screenings import latest_screening
from tests.support.stack import Stack

REPLY_SECONDS = 15


@dataclass(frozen=True)
class Script:
    """One conversation: its turns and what is stored afterwards."""

    name: str
    turns: list[dict[str, Any]]
    stored: dict[str, Any]


def read_scripts(folder: Path) -> list[Script]:
    """All conversations of a folder; those of one file stand together."""
    return [
        Script(name=entry["name"], turns=entry["turns"], stored=entry.get("stored", {}))
        for file in sorted(folder.glob("*.yml"))
        for entry in yaml.safe_load(file.read_text(encoding="utf-8"))
    ]


class Visitor:
    """Somebody at the web chat, over its API."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        session = httpx.post(f"{stack.url}/api/chat/sessions", json={}, trust_env=False).raise_for_status().json()
        self.conversation: str = session["conversation"]
        self.http = httpx.Client(
            base_url=stack.url, headers={"Authorization": f"Bearer {session['token']}"}, trust_env=False
        )
        stack.closing.callback(self.http.close)
        self._sent = 0
        self.greeting = self.messages_after(0)
        self._last = self.greeting

    def say(self, text: str) -> list[dict[str, Any]]:
        """Type a message and read the replies."""
        return self.send({"text": text})

    def press(self, title: str) -> list[dict[str, Any]]:
        """Press a button of the last replies."""
        offered = {button["title"]: button["id"] for message in self._last for button in message["buttons"]}
        assert title in offered, f"no button {title!r}; offered: {sorted(offered)}"
        return self.send({"button": offered[title]})

    def answer(self, *texts: str) -> list[dict[str, Any]]:
        """Press each button of the last replies where there is one of that title, and type what is none."""
        for text in texts:
            offered = {button["title"] for message in self._last for button in message["buttons"]}
            self.press(text) if text in offered else self.say(text)
        return self._last

    def messages_after(self, position: int) -> list[dict[str, Any]]:
        """The messages after a position."""
        answer = self.http.get("/api/chat/messages", params={"after": position}).raise_for_status()
        messages: list[dict[str, Any]] = answer.json()["messages"]
        return messages

    def send(self, body: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Send what the API takes, and read the replies."""
        self._sent += 1
        posted = self.http.post("/api/chat/messages", json={"client_id": f"m{self._sent}", **body})
        assert posted.status_code == 202, posted.text
        self._last = self._replies_after(posted.json()["id"])
        return self._last

    def _replies_after(self, position: int) -> list[dict[str, Any]]:
        end = time.monotonic() + REPLY_SECONDS
        while time.monotonic() < end:
            replies = [message for message in self.messages_after(position) if message["author"] != "visitor"]
            if replies:
                return replies
            time.sleep(0.01)
        raise AssertionError(f"no reply within {REPLY_SECONDS} s")


def play(stack: Stack, script: Script) -> None:
    """Have the conversation, and compare every reply and what is stored."""
    visitor = Visitor(stack)
    for number, turn in enumerate(script.turns, start=1):
        replies = visitor.say(turn["say"]) if "say" in turn else visitor.press(turn["press"])
        said = turn.get("say", turn.get("press"))
        values = {"reference": _reference(stack, visitor.conversation)}
        expected = [expected_text(stack, entry, values) for entry in turn["reads"]]
        read = [reply["text"] for reply in replies]
        assert read == expected, f"turn {number}: {said!r}\nread:     {read}\nexpected: {expected}"
        if "offers" in turn:
            assert [button["title"] for reply in replies for button in reply["buttons"]] == turn["offers"], said
    assert stored_of(stack, visitor.conversation, script.stored) == script.stored


def expected_text(stack: Stack, entry: str | Mapping[str, Any], values: Mapping[str, str]) -> str:
    """The text of a response of domain.yml: `name`, or `{utter: name, some_variable: value}`."""
    if isinstance(entry, str):
        return stack.texts.reply(entry, **values).text
    own = {name: str(value).strip() for name, value in entry.items() if name not in ("utter", "text")}
    if "text" in entry:
        return str(entry["text"]).strip()
    return stack.texts.reply(entry["utter"], **{**values, **own}).text


def _reference(stack: Stack, conversation_id: str) -> str:
    with stack.database.session() as session:
        request = find_request(session, cipher=stack.cipher, conversation_id=conversation_id)
    return request.reference if request else "none"


def stored_of(stack: Stack, conversation_id: str, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What is stored of a conversation, under the names that a script asks for."""
    readers = {
        "state": lambda: _state(stack, conversation_id),
        "slots": lambda: {name: slots_of(stack, conversation_id).get(name) for name in asked["slots"]},
        "screening": lambda: _screening(stack, conversation_id),
        "request": lambda: _request(stack, conversation_id),
        "consents": lambda: {purpose: _consent(stack, conversation_id, purpose) for purpose in asked["consents"]},
    }
    return {name: readers[name]() for name in asked}


def slots_of(stack: Stack, conversation_id: str) -> dict[str, Any]:
    """The slots that the saved dialogue state sets."""
    with stack.database.session() as session:
        return saved_slots(session, cipher=stack.cipher, conversation_id=conversation_id)


def _state(stack: Stack, conversation_id: str) -> str | None:
    with stack.database.session() as session:
        return conversation_state(session, conversation_id=conversation_id)


def _consent(stack: Stack, conversation_id: str, purpose: str) -> bool | None:
    with stack.database.session() as session:
        consent = latest_consent(session, conversation_id=conversation_id, purpose=purpose)
    return consent.given if consent else None


def _screening(stack: Stack, conversation_id: str) -> dict[str, Any] | None:
    with stack.database.session() as session:
        screening = latest_screening(session, cipher=stack.cipher, conversation_id=conversation_id)
    if screening is None:
        return None
    answers = {answer.question: [answer.value, answer.detail] for answer in screening.answers}
    return {"subject": screening.subject, "outcome": screening.outcome, "answers": answers}


def _request(stack: Stack, conversation_id: str) -> dict[str, Any] | None:
    with stack.database.session() as session:
        request = find_request(session, cipher=stack.cipher, conversation_id=conversation_id)
    if request is None:
        return None
    details = request.details
    return {
        "name": details.name,
        "phone": details.phone_e164,
        "method": details.method,
        "time": details.time,
        "note": details.note,
    }
