"""Decides whether a bare answer may be taken as the answer to the question put: a yes must never mean another thing."""

from collections.abc import Sequence

from candidacy.language.clause_reading import NO, SELF, UNKNOWN, YES, Clause
from candidacy.language.concepts import (
    FRACTURE,
    FRACTURE_ELSEWHERE,
    OTHER_SURGERY,
    SCREENING_CONCEPTS,
    STENOSIS_SURGERY,
    mentions_of,
)
from candidacy.language.reading import Finding

_SOMETHING_ELSE = {FRACTURE: FRACTURE_ELSEWHERE, STENOSIS_SURGERY: OTHER_SURGERY}
_IN_ADDITION = frozenset(("also", "too", "plus", "and", "well"))


def fitting_answer(
    answer: str, clauses: Sequence[Clause], findings: Sequence[Finding], *, asked: str | None
) -> str | None:
    """The answer as it may be used: ``unknown`` when the rest doubts it, None when it may mean another thing.

    Args:
        answer: The bare answer that was read: yes, no or unknown.
        clauses: The whole message.
        findings: What the message says besides.
        asked: The concept that was asked about; without it nothing can be compared and the answer stands.
    """
    if asked is None:
        return answer
    own = [finding for finding in findings if finding.subject == SELF]
    same = [finding.value for finding in own if finding.concept == asked]
    if same:
        return answer if same == [answer] else None
    if answer != UNKNOWN and any(_doubts(clause) for clause in clauses):
        return UNKNOWN
    if answer == YES and _means_another_thing(clauses, own, asked=asked):
        return None
    return answer


def _means_another_thing(clauses: Sequence[Clause], own: Sequence[Finding], *, asked: str) -> bool:
    if any(finding.concept == _SOMETHING_ELSE.get(asked) for finding in own):
        return True
    if asked == STENOSIS_SURGERY and any(clause.cued("planned") for clause in clauses):
        return True
    if asked == FRACTURE and any("elsewhere_part" in term.labels for clause in clauses for term in clause.terms):
        return True
    if any(_names_somebody_else_only(clause) for clause in clauses):
        return True
    another = [finding for finding in own if finding.concept in SCREENING_CONCEPTS and finding.value != NO]
    return bool(another) and not any(_IN_ADDITION & set(clause.folded.split()) for clause in clauses)


def _names_somebody_else_only(clause: Clause) -> bool:
    """Whether a clause is about a relative ("my mother has it"), the "my" of "my mother" aside."""
    others = [person for person in clause.people if "other" in person.labels]
    own = [
        person
        for person in clause.people
        if "self" in person.labels and all(other.start != person.end for other in others)
    ]
    return bool(others) and not own


def _doubts(clause: Clause) -> bool:
    """Whether a clause is in doubt about nothing else than the answer."""
    return bool(clause.cued("uncertain")) and not clause.is_question and not mentions_of(clause.terms)
