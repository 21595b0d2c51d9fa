"""Every message gets words, whatever the assistant does."""

from typing import Any

import anyio
import pytest

from candidacy.assistant.client import AssistantUnavailable, TurnResult
from candidacy.assistant.reply import Reply
from candidacy.assistant.texts import Texts
from candidacy.frontdesk.answering import OWN_LOOK_SECONDS, Answering
from candidacy.records.turn import Turn

pytestmark = pytest.mark.anyio

SORRY = "utter_assistant_down (212) 430-0312"
CALL_911 = "utter_emergency (212) 430-0312"


def a_turn(text: str = "How long?", **changes: Any) -> Turn:
    parts = {
        "message_id": 7,
        "conversation_id": "c",
        "channel": "web",
        "state": "assistant",
        "text": text,
        "payload": None,
        "attempts": 1,
    }
    return Turn(**{**parts, **changes})


@pytest.fixture
def answering(assistant: Any, texts: Texts, red_flags: Any) -> Answering:
    return Answering(assistant=assistant, texts=texts, red_flags=red_flags, turn_timeout_seconds=0.05)


def said(result: TurnResult) -> list[str]:
    return [reply.text for reply in result.replies]


async def test_the_assistant_is_asked(answering: Answering, assistant: Any) -> None:
    assert said(await answering.answer(a_turn(dialogue_state=b"before"))) == ["heard How long?"]
    assert assistant.asked == [
        {
            "conversation_id": "c",
            "turn_id": "7",
            "channel": "web",
            "text": "How long?",
            "payload": None,
            "dialogue_state": b"before",
        }
    ]


async def test_a_person_has_the_conversation(answering: Answering, assistant: Any) -> None:
    assert said(await answering.answer(a_turn(state="person"))) == []
    assert assistant.asked == []


@pytest.mark.parametrize(
    ("text", "words", "level"),
    [
        ("yes", [], None),
        ("I am numb", [CALL_911], "emergency"),
        ("adormecido", ["utter_emergency_es (212) 430-0312"], "emergency"),
    ],
)
async def test_to_what_is_said_to_a_person_there_is_danger_advice_and_nothing_else(
    answering: Answering, assistant: Any, text: str, words: list[str], level: str | None
) -> None:
    result = await answering.answer(a_turn(text, state="person"))
    assert said(result) == words
    assert (result.understanding["red_flag"] or {}).get("level") == level
    assert assistant.asked == []


async def test_said_to_a_person_a_broken_detector_says_nothing(answering: Answering, red_flags: Any) -> None:
    red_flags.words = None
    assert said(await answering.answer(a_turn("I am numb", state="person"))) == []


@pytest.mark.parametrize("state", ["assistant", "waiting", "closed"])
async def test_while_no_person_has_it_the_assistant_answers(answering: Answering, state: str) -> None:
    assert said(await answering.answer(a_turn(state=state))) == ["heard How long?"]


async def unavailable(_: Any) -> TurnResult:
    raise AssistantUnavailable("ConnectError")


async def hung(_: Any) -> TurnResult:
    await anyio.sleep_forever()
    raise AssertionError


async def broken(_: Any) -> TurnResult:
    raise KeyError("replies")


async def silent(_: Any) -> TurnResult:
    return TurnResult(replies=(), understanding={})


async def blank(_: Any) -> TurnResult:
    return TurnResult(replies=(Reply(text=" ", kind="answer"),), understanding={})


@pytest.mark.parametrize("answer", [unavailable, hung, broken, silent, blank])
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("How long?", SORRY),
        ("I am numb down there", CALL_911),
        ("adormecido", "utter_emergency_es (212) 430-0312"),
    ],
)
async def test_the_front_desk_answers_alone(
    answering: Answering, assistant: Any, answer: Any, text: str, words: str
) -> None:
    assistant.answer = answer
    assert said(await answering.answer(a_turn(text))) == [words]


async def test_what_it_recognised_is_kept(answering: Answering, assistant: Any) -> None:
    assistant.answer = unavailable
    result = await answering.answer(a_turn("numb"))
    assert result.understanding == {
        "answered_by": "front_desk",
        "red_flag": {"level": "emergency", "category": "cauda_equina", "language": "en"},
    }


async def test_in_danger_the_assistant_still_speaks_first(answering: Answering, assistant: Any) -> None:
    assistant.kind = "emergency"
    assert said(await answering.answer(a_turn("numb"))) == ["heard numb"]


async def test_a_danger_that_the_assistant_passes_over_is_answered_all_the_same(answering: Answering) -> None:
    assert said(await answering.answer(a_turn("numb"))) == [CALL_911]


async def test_who_is_answered_in_time_is_not_looked_at_twice(
    answering: Answering, assistant: Any, red_flags: Any
) -> None:
    async def with_understanding(_: Any) -> TurnResult:
        return TurnResult(replies=(Reply(text="Hello", kind="smalltalk"),), understanding={"red_flag": None})

    assistant.answer = with_understanding
    red_flags.words = None
    assert said(await answering.answer(a_turn("numb"))) == ["Hello"]


async def test_a_danger_that_the_assistant_saw_and_did_not_answer_is_answered(
    answering: Answering, assistant: Any
) -> None:
    async def passing_over(_: Any) -> TurnResult:
        replies = (Reply(text="A few days.", kind="answer"),)
        return TurnResult(replies=replies, understanding={"red_flag": {"level": "emergency"}})

    assistant.answer = passing_over
    assert said(await answering.answer(a_turn("numb"))) == [CALL_911]


async def test_who_is_late_but_not_too_late_still_answers(assistant: Any, texts: Texts, red_flags: Any) -> None:
    async def late(turn: Any) -> TurnResult:
        await anyio.sleep(OWN_LOOK_SECONDS + 0.1)
        return await assistant.say_back(turn)

    assistant.answer = late
    answering = Answering(assistant=assistant, texts=texts, red_flags=red_flags, turn_timeout_seconds=10)
    assert said(await answering.answer(a_turn())) == ["heard How long?"]


async def test_a_broken_detector_costs_nobody_the_answer(answering: Answering, red_flags: Any) -> None:
    red_flags.words = None
    assert said(await answering.answer(a_turn())) == ["heard How long?"]


async def test_it_can_answer_without_asking(answering: Answering, assistant: Any) -> None:
    assert said(await answering.answer_alone(a_turn("numb"), reason="test")) == [CALL_911]
    assert assistant.asked == []
