"""The set of screening answers: what is stored of a message, compared with what it says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from candidacy.assistant.texts import Texts
from candidacy.evaluation.labelled_set import LabelledSet
from candidacy.evaluation.labels import one_of
from candidacy.evaluation.scored import FAILED, RIGHT, Exchange, Mark, Scored
from candidacy.evaluation.screening_replies import CONCEPTS, confirming_in
from candidacy.screening.questionnaire import NO, OTHER, SELF, SUBJECT, UNKNOWN, YES

VOLUNTEERED = "none"
NOTHING = "-"
VALUES = (YES, NO, UNKNOWN)

UNSAID = "nothing"
OF_ANOTHER = "another's"
"""Classes of values beside the values themselves."""

CONFIRM = "confirm"
SOFTENED = "softened"
MISSED = "missed"
INVENTED = "invented"
FLIP = "flip"
SCORES = (RIGHT, CONFIRM, SOFTENED, MISSED, INVENTED, FLIP, FAILED)
"""From the best to the worst."""


@dataclass(frozen=True)
class ScreeningCase:
    """What is said to a question of the screening, or before it."""

    text: str
    asked: str | None
    expected: Mapping[str, str]
    subject: str

    def scored(self, exchange: Exchange, texts: Texts) -> Scored:
        """The row out with its worst score, and a mark a value."""
        stored = stored_by(exchange)
        confirming = confirming_in(exchange, self.asked)
        scores = {
            concept: FAILED
            if exchange.failure
            else score_value(
                expected=self.expected[concept],
                stored=stored[concept],
                confirming=concept in confirming,
                of_another=self.subject == OTHER,
                for_another=exchange.after.get(SUBJECT) == OTHER,
            )
            for concept in CONCEPTS
        }
        row: dict[str, Any] = {
            "asked": self.asked or VOLUNTEERED,
            "text": self.text,
            "expected": dict(self.expected),
            "stored": stored,
            "confirming": list(confirming),
            "replies": exchange.texts,
            "score": max(scores.values(), key=SCORES.index),
        }
        marks = tuple(self._mark(concept, score, stored[concept]) for concept, score in scores.items())
        return Scored(row, marks)

    def _mark(self, concept: str, score: str, stored: str) -> Mark:
        expected = _expected_class(self.expected[concept], self.subject)
        given = score if score in (CONFIRM, FAILED) else _class_of(stored)
        said = expected if expected in (UNSAID, OF_ANOTHER) else "said"
        groups = {"said": said, "asked": f"{self.asked or VOLUNTEERED}: {said}", "value": f"{concept}: {expected}"}
        return Mark(score, expected, given, groups)


def read_case(fields: Mapping[str, str]) -> ScreeningCase:
    """A row of a file; raises ValueError when a field is wrong."""
    asked = one_of(fields["asked"], (*CONCEPTS, VOLUNTEERED), "asked")
    expected = {concept: one_of(fields[concept], (*VALUES, NOTHING), concept) for concept in CONCEPTS}
    subject = one_of(fields["subject"], (SELF, OTHER), "subject")
    return ScreeningCase(fields["text"], None if asked == VOLUNTEERED else asked, expected, subject)


def stored_by(exchange: Exchange) -> dict[str, str]:
    """What the message stored: the answers that it changed. A skipped question has no answer."""
    return {concept: _change(exchange.before.get(concept), exchange.after.get(concept)) for concept in CONCEPTS}


def _change(before: str | None, after: str | None) -> str:
    return NOTHING if after is None or after == before or after not in VALUES else after


def score_value(*, expected: str, stored: str, confirming: bool, of_another: bool, for_another: bool) -> str:
    """What a value is worth.

    Args:
        expected: the value that the message says, or that it says nothing.
        stored: the value that it stored, or that it stored nothing.
        confirming: whether the assistant asks to confirm that very thing.
        of_another: whether the message describes another person; then nothing need be stored.
        for_another: whether the screening is for another person by now; then another's value may be.
    """
    if stored == NOTHING:
        if of_another or expected == NOTHING:
            return RIGHT
        return CONFIRM if confirming else MISSED
    if expected == NOTHING or (of_another and not for_another):
        return INVENTED
    if stored == expected:
        return RIGHT
    return SOFTENED if stored == UNKNOWN else FLIP


def _expected_class(value: str, subject: str) -> str:
    if subject == OTHER:
        return OF_ANOTHER
    return _class_of(value)


def _class_of(value: str) -> str:
    return UNSAID if value == NOTHING else value


SCREENING = LabelledSet(
    name="screening",
    columns=("asked", "text", *CONCEPTS, "subject", "note"),
    read=read_case,
    scores=SCORES,
    note="Each row counts three times, once a value. Flips must be zero.",
)
