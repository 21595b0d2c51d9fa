"""What a screening comes to: what the person said, and which of it the clinic will want to talk about. No verdict."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from candidacy.screening.questionnaire import (
    ADULT,
    CONSENT,
    DANGER,
    NO,
    READ_BACK,
    SKIPPED,
    UNKNOWN,
    YES,
    Questionnaire,
)


class OutcomeKind(str, Enum):
    """How a screening ended."""

    DECLINED = "declined"
    """No consent: nothing was asked."""
    MINOR = "minor"
    """The person is not an adult: the clinic is to be called."""
    DANGER = "danger"
    """A sign of danger was confirmed: the advice to seek help at once comes before everything."""
    INCOMPLETE = "incomplete"
    """An answer, or the yes to the read-back, is missing: nothing may be said to be done."""
    REPORTED = "reported"
    """At least one of the three was answered with yes."""
    UNCLEAR = "unclear"
    """No yes, and at least one of the three is not known."""
    NOTHING_REPORTED = "nothing_reported"
    """All three were answered with no."""


@dataclass(frozen=True)
class Outcome:
    """How a screening ended, and the ids of the clinical questions by what was said."""

    kind: OutcomeKind
    reported: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether the person answered everything and said that it was read back rightly."""
        return self.kind in (OutcomeKind.REPORTED, OutcomeKind.UNCLEAR, OutcomeKind.NOTHING_REPORTED)


def decide_outcome(questionnaire: Questionnaire, answers: Mapping[str, str | None]) -> Outcome:
    """The outcome of the answers given so far; every case is in tests/unit/screening/test_outcome.py."""
    if answers.get(CONSENT) == NO:
        return Outcome(OutcomeKind.DECLINED)
    if answers.get(ADULT) == NO:
        return Outcome(OutcomeKind.MINOR)
    if answers.get(DANGER) == YES:
        return Outcome(OutcomeKind.DANGER)
    if questionnaire.next_question(answers) is not None or answers.get(READ_BACK) != YES:
        return Outcome(OutcomeKind.INCOMPLETE)
    clinical = [question.id for question in questionnaire.clinical]
    reported = tuple(question for question in clinical if answers[question] == YES)
    unknown = tuple(question for question in clinical if answers[question] in (UNKNOWN, SKIPPED))
    if reported:
        return Outcome(OutcomeKind.REPORTED, reported, unknown)
    if unknown:
        return Outcome(OutcomeKind.UNCLEAR, reported, unknown)
    return Outcome(OutcomeKind.NOTHING_REPORTED)
