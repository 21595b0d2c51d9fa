"""Which words stand in for the assistant, and how soon."""

import pytest

from candidacy.assistant.texts import Texts
from candidacy.frontdesk.fallback import fallback_replies, fallback_response, patience_seconds
from candidacy.language.red_flags import RedFlag

EMERGENCY = RedFlag(level="emergency", category="cauda_equina", language="en")


def test_danger_advice_comes_first() -> None:
    assert fallback_response(EMERGENCY) == "utter_emergency"


def test_without_danger_it_is_sorry_and_the_number(texts: Texts) -> None:
    (reply,) = fallback_replies(texts=texts, red_flag=None, channel="web")
    assert (reply.kind, reply.text) == ("fallback", "utter_assistant_down (212) 430-0312")


def test_the_words_are_those_of_the_channel() -> None:
    metadata = {"kind": "fallback"}
    texts = Texts(
        responses={
            "utter_assistant_down": [
                {"text": "long", "metadata": metadata},
                {"text": "short", "channel": "sms", "metadata": metadata},
            ]
        },
        variables={},
    )
    (reply,) = fallback_replies(texts=texts, red_flag=None, channel="sms")
    assert reply.text == "short"


@pytest.mark.parametrize(
    ("red_flag", "turn_timeout", "patience"), [(None, 8.0, 8.0), (EMERGENCY, 8.0, 2.0), (EMERGENCY, 1.0, 1.0)]
)
def test_patience(red_flag: RedFlag | None, turn_timeout: float, patience: float) -> None:
    assert patience_seconds(red_flag=red_flag, turn_timeout_seconds=turn_timeout) == patience
