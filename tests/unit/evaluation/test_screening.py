"""What is stored of a screening answer, and what that is worth."""

from typing import Any

import pytest

from candidacy.assistant.reply import Button, Reply
from candidacy.assistant.texts import Texts
from candidacy.evaluation.payload import answer_payload
from candidacy.evaluation.scored import Exchange
from candidacy.evaluation.screening import SCREENING, score_value, stored_by
from candidacy.evaluation.screening_replies import CONCEPTS, confirming_in
from candidacy.screening.questionnaire import load_questionnaire

CASES = [
    ("said and stored", "yes", "yes", {}, "right"),
    ("not known and stored as that", "unknown", "unknown", {}, "right"),
    ("nothing said, nothing stored", "-", "-", {}, "right"),
    ("nothing said, though something is asked to be confirmed", "-", "-", {"confirming": True}, "right"),
    ("said, and asked to be confirmed", "no", "-", {"confirming": True}, "confirm"),
    ("stored although asked to be confirmed", "no", "yes", {"confirming": True}, "flip"),
    ("a yes stored as not known", "yes", "unknown", {}, "softened"),
    ("a no stored as not known", "no", "unknown", {}, "softened"),
    ("said and not stored", "yes", "-", {}, "missed"),
    ("not known and not stored", "unknown", "-", {}, "missed"),
    ("stored and not said", "-", "no", {}, "invented"),
    ("not known, stored and not said", "-", "unknown", {}, "invented"),
    ("a yes stored as a no", "yes", "no", {}, "flip"),
    ("a no stored as a yes", "no", "yes", {}, "flip"),
    ("not known, stored as a yes", "unknown", "yes", {}, "flip"),
    ("not known, stored as a no", "unknown", "no", {}, "flip"),
    ("another's, not stored", "yes", "-", {"of_another": True}, "right"),
    ("another's, stored as one's own", "yes", "yes", {"of_another": True}, "invented"),
    ("another's, stored as theirs", "yes", "yes", {"of_another": True, "for_another": True}, "right"),
    ("another's, flipped", "yes", "no", {"of_another": True, "for_another": True}, "flip"),
    ("another's, stored and not said", "-", "no", {"of_another": True, "for_another": True}, "invented"),
]
NOTHING = dict.fromkeys(CONCEPTS, "-")


@pytest.mark.parametrize(
    ("expected", "stored", "more", "score"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_score(expected: str, stored: str, more: dict[str, bool], score: str) -> None:
    how = {"confirming": False, "of_another": False, "for_another": False, **more}
    assert score_value(expected=expected, stored=stored, **how) == score


@pytest.mark.parametrize(
    ("before", "after", "stored"),
    [
        ({}, {"fracture": "yes"}, "yes"),
        ({"fracture": "skipped"}, {"fracture": "skipped"}, "-"),
        ({"fracture": "skipped"}, {"fracture": "no"}, "no"),
        ({"fracture": "skipped"}, {"fracture": None}, "-"),
        ({}, {"fracture": "skipped"}, "-"),
        ({}, {}, "-"),
    ],
)
def test_stored_is_what_the_message_changed(before: dict[str, Any], after: dict[str, Any], stored: str) -> None:
    assert stored_by(Exchange(before=before, after=after)) == {**NOTHING, "fracture": stored}


def question(concept: str, *, kind: str = "question", values: tuple[str, ...] = ("yes", "no", "unknown")) -> Reply:
    buttons = tuple(Button(value, answer_payload(concept, value)) for value in values)
    return Reply("Have you?", kind, topic=concept, buttons=buttons)


def reading(concept: str, *, subject: str = "self", time: str = "past") -> dict[str, Any]:
    finding = {"concept": concept, "value": "yes", "subject": subject, "time": time}
    return {"findings": [], "readings": {"fracture": {"findings": [finding], "answer": None}}}


CONFIRMING = [
    ("a confirm about the concept", [Reply("Was that?", "confirm", topic="fracture")], {}, ("fracture",)),
    ("a confirm by its buttons", [question("age_related", kind="confirm")], {}, ("age_related",)),
    ("a confirm about nothing asked here", [Reply("Delete it?", "confirm")], {}, ()),
    ("the question again, after nothing that was read", [question("fracture")], {}, ()),
    ("the question again, after what was read", [question("fracture")], reading("fracture"), ("fracture",)),
    ("without its buttons", [question("fracture", values=("yes",))], reading("fracture"), ()),
    ("the question again, after another thing", [question("fracture")], reading("age_related"), ()),
    ("the question again, after another's", [question("fracture")], reading("fracture", subject="other"), ()),
    ("the question again, after a plan", [question("fracture")], reading("fracture", time="planned"), ()),
]


@pytest.mark.parametrize(
    ("replies", "understanding", "concepts"), [case[1:] for case in CONFIRMING], ids=[case[0] for case in CONFIRMING]
)
def test_confirming(replies: list[Reply], understanding: dict[str, Any], concepts: tuple[str, ...]) -> None:
    assert confirming_in(Exchange(replies=tuple(replies), understanding=understanding), "fracture") == concepts


def fields(**more: str) -> dict[str, str]:
    return {"asked": "fracture", "text": "no", **NOTHING, "subject": "self", "note": "", **more}


def test_the_row_out_has_the_contracts_keys_and_the_worst_score(texts: Texts) -> None:
    case = SCREENING.read(fields(fracture="no", age_related="yes"))
    exchange = Exchange(replies=(Reply("Thank you.", "notice"),), after={"fracture": "no", "stenosis_surgery": "no"})
    scored = case.scored(exchange, texts)
    assert scored.row == {
        "asked": "fracture",
        "text": "no",
        "expected": {"fracture": "no", "age_related": "yes", "stenosis_surgery": "-"},
        "stored": {"fracture": "no", "age_related": "-", "stenosis_surgery": "no"},
        "confirming": [],
        "replies": ["Thank you."],
        "score": "invented",
    }
    assert [mark.score for mark in scored.marks] == ["right", "missed", "invented"]
    assert [mark.expected for mark in scored.marks] == ["no", "yes", "nothing"]
    assert [mark.given for mark in scored.marks] == ["no", "nothing", "no"]


def test_another_persons_history_may_be_stored_once_the_screening_is_for_them(texts: Texts) -> None:
    case = SCREENING.read(fields(fracture="yes", subject="other"))
    for subject, score in (("self", "invented"), ("other", "right")):
        exchange = Exchange(after={"fracture": "yes", "screening_subject": subject})
        assert case.scored(exchange, texts).row["score"] == score


def test_a_failed_turn_is_not_right_where_nothing_was_said(texts: Texts) -> None:
    scored = SCREENING.read(fields(asked="none")).scored(Exchange(failure="late"), texts)
    assert {mark.score for mark in scored.marks} == {"failed"}
    assert (scored.row["asked"], scored.row["score"]) == ("none", "failed")


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"asked": "adult"}, "asked 'adult' must be one of fracture"),
        ({"fracture": "skipped"}, "fracture 'skipped' must be one of yes, no, unknown, -"),
        ({"age_related": ""}, "age_related '' must be"),
        ({"subject": "mother"}, "subject 'mother' must be one of self, other"),
    ],
)
def test_a_wrong_field_is_refused(wrong: dict[str, str], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        SCREENING.read(fields(**wrong))


def test_the_concepts_are_the_questionnaires() -> None:
    assert tuple(question.id for question in load_questionnaire().clinical) == CONCEPTS
