"""What the bridge gives to Rasa and takes from it."""

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from cryptography.fernet import Fernet
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.nlu.training_data.message import Message

from candidacy.assistant.bridge import BridgeChannel, message_text, read_reply
from candidacy.assistant.client import TOKEN_HEADER
from candidacy.assistant.reply import Button, Reply
from candidacy.assistant.running_turn import RunningTurn, current_turn
from candidacy.language.question_put import as_metadata
from candidacy.records.dialogue_states import opened_state, sealed_state
from candidacy.records.encryption import Cipher


@pytest.mark.parametrize("typed", ["/restart", '/answer{"fracture": "no"}', "  /screening", "/", "//"])
def test_a_typed_slash_is_text(typed: str) -> None:
    text = message_text(text=typed, payload=None)
    message = Message({"text": text})
    assert YAMLStoryReader.unpack_regex_message(message) is message
    assert not text.startswith("/")


def test_a_payload_of_ours_reaches_rasa_as_it_is() -> None:
    assert message_text(text="Yes", payload='/answer{"fracture": "yes"}') == '/answer{"fracture": "yes"}'


def test_a_reply_carries_what_it_is() -> None:
    reply = read_reply(
        {
            "text": "A few days.",
            "metadata": {"kind": "answer", "topic": "faq/hospital_stay", "facts": ["F6"]},
            "buttons": [{"title": "Yes", "payload": "/affirm"}],
            "image": None,
        }
    )
    assert (reply.kind, reply.topic, reply.facts) == ("answer", "faq/hospital_stay", ("F6",))
    assert reply.buttons == (Button("Yes", "/affirm"),)


@pytest.mark.parametrize(
    "message", [{"text": "hi"}, {"text": "hi", "metadata": {}}, {"text": "hi", "metadata": {"kind": "x"}}]
)
def test_a_reply_that_does_not_say_what_it_is_is_refused(message: dict[str, object]) -> None:
    with pytest.raises((KeyError, ValueError)):
        read_reply(message)


CIPHER = Cipher([Fernet.generate_key().decode()])
TOKEN = "secret"
STATE = [{"event": "slot", "name": "requested_slot", "value": "fracture", "timestamp": 1.0}]


class Processor:
    """Stands for Rasa's: notes what the turn begins with, and does as the test says."""

    def __init__(self, does: Callable[[RunningTurn], None]) -> None:
        self.does = does
        self.begun_with: Sequence[Mapping[str, Any]] = ()
        self.metadata: Mapping[str, Any] | None = None

    async def parse_message(self, message: UserMessage) -> dict[str, Any]:
        self.metadata = message.metadata
        return {"intent": {"name": "deny"}, "text": message.text}

    async def handle_message(self, message: UserMessage) -> None:
        turn = current_turn()
        assert turn is not None
        self.begun_with = turn.begins_with
        self.does(turn)


def answer_no(turn: RunningTurn) -> None:
    turn.replies.append(Reply(text="Thank you.", kind="notice"))
    turn.ends_with = [*turn.begins_with, {"event": "slot", "name": "fracture", "value": "no"}]


def fall_over(turn: RunningTurn) -> None:
    raise RuntimeError("my back hurts")


def post(does: Callable[[RunningTurn], None], **body: Any) -> tuple[int, Any, Processor]:
    """Send a turn to the bridge; status, answer, and what stood for Rasa."""
    bridge = BridgeChannel(token=TOKEN, turn_timeout_seconds=5, cipher=CIPHER)
    processor = Processor(does)
    request = SimpleNamespace(
        headers={TOKEN_HEADER: TOKEN},
        json={"conversation": "c1", "turn": "7", "channel": "web", "text": "no", **body},
        app=SimpleNamespace(ctx=SimpleNamespace(agent=SimpleNamespace(processor=processor))),
    )
    response = asyncio.run(bridge._serve_turn(request))
    return response.status, json.loads(response.body), processor


def test_the_dialogue_state_comes_with_the_turn_and_goes_back_with_the_replies() -> None:
    sealed = sealed_state(STATE, cipher=CIPHER).decode()
    status, answer, processor = post(answer_no, state=sealed)
    assert status == 200
    assert processor.begun_with == STATE
    assert processor.metadata == as_metadata("fracture")
    assert [reply["text"] for reply in answer["replies"]] == ["Thank you."]
    left = opened_state(answer["state"].encode(), cipher=CIPHER)
    assert [event["value"] for event in left] == ["fracture", "no"]


def test_a_new_conversation_begins_with_nothing() -> None:
    status, _, processor = post(answer_no)
    assert status == 200
    assert processor.begun_with == ()


@pytest.mark.parametrize(
    ("does", "body"),
    [
        (fall_over, {}),
        (lambda turn: None, {}),
        (lambda turn: turn.replies.append(Reply(text="Hello", kind="notice")), {}),
        (answer_no, {"spent_seconds": 6.0}),
        (answer_no, {"state": "no key opens this"}),
    ],
)
def test_a_turn_that_is_not_whole_gives_nothing(does: Callable[[RunningTurn], None], body: dict[str, Any]) -> None:
    status, answer, _ = post(does, **body)
    assert status == 503
    assert set(answer) == {"error"}
    assert "back" not in answer["error"]


@pytest.mark.parametrize(
    ("body", "named"),
    [({"state": 7}, "state"), ({"turn": ""}, "turn"), ({"text": None}, "text"), ({"spent_seconds": "1"}, "spent")],
)
def test_what_is_no_turn_is_refused(body: dict[str, Any], named: str) -> None:
    status, answer, _ = post(answer_no, **body)
    assert status == 400
    assert named in answer["error"]
