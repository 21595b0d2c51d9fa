"""Every outcome of a screening: the three questions in all 64 combinations, and every way to end early."""

import itertools

import pytest

from candidacy.screening.outcome import Outcome, OutcomeKind, decide_outcome
from candidacy.screening.questionnaire import load_questionnaire

QUESTIONNAIRE = load_questionnaire()
VALUES = {"y": "yes", "n": "no", "u": "unknown", "s": "skipped"}
QUESTIONS = {"fracture": "fracture", "age": "age_related", "surgery": "stenosis_surgery"}

READY = {
    "screening_consent": "yes",
    "screening_subject": "self",
    "screening_adult": "yes",
    "screening_danger": "no",
    "fracture_detail": "skipped",
    "age_related_detail": "L4, 2019",
    "stenosis_surgery_detail": "skipped",
    "screening_read_back": "yes",
}

# fracture, age-related, surgery (y: yes, n: no, u: unknown, s: skipped) | outcome | reported | not known
TABLE = """
y y y | reported         | fracture age surgery | -
y y n | reported         | fracture age         | -
y y u | reported         | fracture age         | surgery
y y s | reported         | fracture age         | surgery
y n y | reported         | fracture surgery     | -
y n n | reported         | fracture             | -
y n u | reported         | fracture             | surgery
y n s | reported         | fracture             | surgery
y u y | reported         | fracture surgery     | age
y u n | reported         | fracture             | age
y u u | reported         | fracture             | age surgery
y u s | reported         | fracture             | age surgery
y s y | reported         | fracture surgery     | age
y s n | reported         | fracture             | age
y s u | reported         | fracture             | age surgery
y s s | reported         | fracture             | age surgery
n y y | reported         | age surgery          | -
n y n | reported         | age                  | -
n y u | reported         | age                  | surgery
n y s | reported         | age                  | surgery
n n y | reported         | surgery              | -
n n n | nothing_reported | -                    | -
n n u | unclear          | -                    | surgery
n n s | unclear          | -                    | surgery
n u y | reported         | surgery              | age
n u n | unclear          | -                    | age
n u u | unclear          | -                    | age surgery
n u s | unclear          | -                    | age surgery
n s y | reported         | surgery              | age
n s n | unclear          | -                    | age
n s u | unclear          | -                    | age surgery
n s s | unclear          | -                    | age surgery
u y y | reported         | age surgery          | fracture
u y n | reported         | age                  | fracture
u y u | reported         | age                  | fracture surgery
u y s | reported         | age                  | fracture surgery
u n y | reported         | surgery              | fracture
u n n | unclear          | -                    | fracture
u n u | unclear          | -                    | fracture surgery
u n s | unclear          | -                    | fracture surgery
u u y | reported         | surgery              | fracture age
u u n | unclear          | -                    | fracture age
u u u | unclear          | -                    | fracture age surgery
u u s | unclear          | -                    | fracture age surgery
u s y | reported         | surgery              | fracture age
u s n | unclear          | -                    | fracture age
u s u | unclear          | -                    | fracture age surgery
u s s | unclear          | -                    | fracture age surgery
s y y | reported         | age surgery          | fracture
s y n | reported         | age                  | fracture
s y u | reported         | age                  | fracture surgery
s y s | reported         | age                  | fracture surgery
s n y | reported         | surgery              | fracture
s n n | unclear          | -                    | fracture
s n u | unclear          | -                    | fracture surgery
s n s | unclear          | -                    | fracture surgery
s u y | reported         | surgery              | fracture age
s u n | unclear          | -                    | fracture age
s u u | unclear          | -                    | fracture age surgery
s u s | unclear          | -                    | fracture age surgery
s s y | reported         | surgery              | fracture age
s s n | unclear          | -                    | fracture age
s s u | unclear          | -                    | fracture age surgery
s s s | unclear          | -                    | fracture age surgery
"""


def read_table() -> list[tuple[dict[str, str], Outcome]]:
    rows = []
    for line in TABLE.strip().splitlines():
        given, kind, reported, unknown = (part.strip() for part in line.split("|"))
        answers = dict(zip(QUESTIONS.values(), (VALUES[letter] for letter in given.split()), strict=True))
        rows.append((answers, Outcome(OutcomeKind(kind), named(reported), named(unknown))))
    return rows


def named(words: str) -> tuple[str, ...]:
    return tuple(QUESTIONS[word] for word in words.split() if word != "-")


def test_the_table_is_complete() -> None:
    combinations = {tuple(answers.values()) for answers, _ in read_table()}
    assert combinations == set(itertools.product(VALUES.values(), repeat=3))


@pytest.mark.parametrize(("answers", "outcome"), read_table())
def test_outcome_of_the_three_questions(answers: dict[str, str], outcome: Outcome) -> None:
    assert decide_outcome(QUESTIONNAIRE, {**READY, **answers}) == outcome


NO_TO_ALL = {"fracture": "no", "age_related": "no", "stenosis_surgery": "no"}


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"screening_consent": "no"}, OutcomeKind.DECLINED),
        ({"screening_consent": "no", "screening_adult": "no"}, OutcomeKind.DECLINED),
        ({"screening_adult": "no"}, OutcomeKind.MINOR),
        ({"screening_adult": "no", "fracture": "yes"}, OutcomeKind.MINOR),
        ({"screening_danger": "yes"}, OutcomeKind.DANGER),
        ({"screening_danger": "yes", "fracture": "yes"}, OutcomeKind.DANGER),
        ({"screening_danger": "unknown"}, OutcomeKind.NOTHING_REPORTED),
        ({"screening_read_back": None}, OutcomeKind.INCOMPLETE),
        ({"screening_consent": None}, OutcomeKind.INCOMPLETE),
        ({"screening_subject": None}, OutcomeKind.INCOMPLETE),
        ({"screening_adult": None}, OutcomeKind.INCOMPLETE),
        ({"screening_danger": None}, OutcomeKind.INCOMPLETE),
        ({"fracture": None}, OutcomeKind.INCOMPLETE),
        ({"age_related": None}, OutcomeKind.INCOMPLETE),
        ({"stenosis_surgery": None}, OutcomeKind.INCOMPLETE),
        ({"fracture": "yes", "fracture_detail": None}, OutcomeKind.INCOMPLETE),
        ({"fracture": "no", "fracture_detail": None}, OutcomeKind.NOTHING_REPORTED),
    ],
)
def test_outcome_when_the_screening_ends_early(changed: dict[str, str | None], kind: OutcomeKind) -> None:
    assert decide_outcome(QUESTIONNAIRE, {**READY, **NO_TO_ALL, **changed}).kind is kind


def test_nothing_answered_is_incomplete() -> None:
    assert decide_outcome(QUESTIONNAIRE, {}).kind is OutcomeKind.INCOMPLETE


@pytest.mark.parametrize("kind", list(OutcomeKind))
def test_only_a_confirmed_screening_is_complete(kind: OutcomeKind) -> None:
    complete = {OutcomeKind.REPORTED, OutcomeKind.UNCLEAR, OutcomeKind.NOTHING_REPORTED}
    assert Outcome(kind).is_complete == (kind in complete)
