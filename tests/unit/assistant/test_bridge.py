"""What the bridge gives to Rasa and takes from it."""

import pytest
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.nlu.training_data.message import Message

from candidacy.assistant.bridge import is_over, message_text, read_reply
from candidacy.assistant.reply import Button


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


@pytest.mark.parametrize(
    ("turn_id", "last_turn", "over"),
    [
        ("7", None, False),
        ("7", "6", False),
        ("10", "9", False),
        ("7", "8", True),
        ("turn-1", "turn-2", False),
        ("7", "turn-2", False),
    ],
)
def test_a_turn_is_over_when_a_later_one_was_kept(turn_id: str, last_turn: str | None, over: bool) -> None:
    assert is_over(turn_id, last_turn=last_turn) is over
