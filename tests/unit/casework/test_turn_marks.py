"""What a turn leaves for staff to see."""

from typing import Any

import pytest

from candidacy.assistant.reply import Reply
from candidacy.casework.turn_marks import QUESTION_KINDS, TurnMarks, marks_of
from candidacy.records.tables import answers_a_question


def reply(kind: str, topic: str | None = None) -> Reply:
    return Reply(text="...", kind=kind, topic=topic)


@pytest.mark.parametrize(
    ("understanding", "replies", "marks"),
    [
        (None, [], TurnMarks()),
        ({"intent": {"name": "faq", "confidence": 0.93}}, [reply("answer")], TurnMarks()),
        ({"intent": {"name": "faq", "confidence": 0.31}}, [reply("answer")], TurnMarks(low_confidence=True)),
        ({"intent": {"name": "faq", "confidence": 0.93}}, [reply("clarify")], TurnMarks(low_confidence=True)),
        ({}, [reply("not_covered")], TurnMarks(unanswered=True)),
        ({}, [reply("fallback")], TurnMarks(unanswered=True)),
        ({}, [reply("answer"), reply("question", "fracture")], TurnMarks(question="fracture")),
        (
            {"red_flag": {"level": "urgent", "category": "infection", "language": "en"}},
            [reply("urgent")],
            TurnMarks(red_flag="urgent", category="infection"),
        ),
        # A pressed button that says "yes" to the danger question: nothing is recognised, and the advice is given.
        ({"red_flag": None}, [reply("emergency")], TurnMarks(red_flag="emergency")),
    ],
)
def test_the_marks_of_a_turn(understanding: Any, replies: list[Reply], marks: TurnMarks) -> None:
    assert marks_of(understanding, replies) == marks


def test_the_index_of_questions_is_of_the_kinds_that_answer_one() -> None:
    assert str(answers_a_question) == f"kind IN ({', '.join(repr(kind) for kind in QUESTION_KINDS)})"
