"""Turns a message, and the question that was put, into findings about a fracture, a condition and surgery."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from candidacy.language.answer_fit import Fit, fit, of_others
from candidacy.language.answers import AnswerReader
from candidacy.language.clause import Clause
from candidacy.language.clause_reading import (
    YES,
    denies_stenosis_as_reason,
    only_brought_up,
    statements_of,
    tells_of_spine,
)
from candidacy.language.concepts import (
    AGE_RELATED,
    FRACTURE,
    FRACTURE_ELSEWHERE,
    OTHER_SURGERY,
    SCREENING_CONCEPTS,
    STENOSIS_SURGERY,
    SURGERIES,
)
from candidacy.language.details import described
from candidacy.language.last_word import StatementsSoFar
from candidacy.language.marked_message import MarkedMessage, MessageMarker
from candidacy.language.reading import Finding, Reading
from candidacy.language.short_answers import ShortAnswer, short_answers
from candidacy.language.spelling import Spelling
from candidacy.language.subjects import OTHER, SELF, Speaking, speaking_after, subject_of

__all__ = ["Finding", "FindingsReader", "Reading"]

_ASIDE = 4
"""A clause no longer than "I'm 45" does not interrupt what is being told."""
_GENERAL_OF = {FRACTURE_ELSEWHERE: FRACTURE, OTHER_SURGERY: STENOSIS_SURGERY}


class FindingsReader:
    """Reads messages by the rules of a folder.

    Args:
        rules: The folder with ``findings.yml``, ``finding_cues.yml``, ``answers.yml``, ``sayings.yml`` and
            ``spelling.yml``.

    Raises:
        RuleError: a rule file is missing or malformed.
    """

    def __init__(self, *, rules: Path) -> None:
        spelling = Spelling(rules / "spelling.yml")
        self._answers = AnswerReader(path=rules / "answers.yml", spelling=spelling)
        self._marker = MessageMarker(rules=rules, spelling=spelling)

    def read(self, text: str, *, asked: str | None = None) -> Reading:
        """What a message says.

        Args:
            text: The message as written.
            asked: The concept of the screening question just put, if one was.

        Raises:
            ValueError: the screening does not ask about that concept.
        """
        if asked is not None and asked not in SCREENING_CONCEPTS:
            raise ValueError(f"asked must be one of {', '.join(SCREENING_CONCEPTS)}, not {asked!r}")
        return self._interpret(self._marker.marked(text), asked=asked)

    def read_for_questions(self, text: str, questions: Sequence[str]) -> Mapping[str | None, Reading]:
        """What a message says volunteered (None), and as the answer to each question; the matching is done once."""
        message = self._marker.marked(text)
        return {asked: self._interpret(message, asked=asked) for asked in (None, *questions)}

    def _interpret(self, message: MarkedMessage, *, asked: str | None) -> Reading:
        if asked is not None and "asking_back" in message.whole.kinds:
            return Reading(findings=(), answer=None)
        clauses = message.clauses
        said = StatementsSoFar()
        carried = Speaking()
        not_for_stenosis = any(denies_stenosis_as_reason(clause) for clause in clauses)
        for_another = "for_another" in message.whole.kinds
        told = False
        for place, clause in enumerate(clauses):
            stated = statements_of(
                clause, clause.mentions, carried=carried, asked=asked, not_for_stenosis=not_for_stenosis, told=told
            )
            told = bool(stated) or tells_of_spine(clause) or (told and clause.length <= _ASIDE)
            said.add(clause, stated, bare_answer=self._answers.whole(clause.folded), place=place)
            carried = speaking_after(clause, carried=carried, for_another=for_another)
        stated_at = said.places_of(asked, subject=OTHER if for_another else SELF)
        shorts = short_answers(clauses, self._answers, asked=asked, stated=stated_at)
        if asked is None:
            return Reading(tuple(one.finding for one in said.findings()), _agreed(shorts), (), for_another)
        return _answering(message, said, shorts, asked=asked, for_another=for_another)


def _agreed(shorts: Sequence[ShortAnswer]) -> str | None:
    values = {short.value for short in shorts if not short.counting}
    return values.pop() if len(values) == 1 else None


def _answering(
    message: MarkedMessage, said: StatementsSoFar, shorts: Sequence[ShortAnswer], *, asked: str, for_another: bool
) -> Reading:
    clauses = message.clauses
    placed = said.findings()
    subject = OTHER if for_another else SELF
    fitted = fit(shorts, placed, clauses, message.whole, asked=asked, subject=subject)
    findings = [one.finding for one in placed if one.finding not in fitted.dropped]
    if not any(finding.concept == asked for finding in findings):
        findings += [] if for_another else of_others(shorts, clauses, asked=asked)
        findings += _detailed(fitted, clauses, asked=asked, subject=subject)
    unclear = _unclear(message, findings, fitted, said, asked=asked)
    bearing = "bearing" in message.whole.kinds and "refusing" not in message.whole.kinds
    return Reading(tuple(findings), fitted.answer, unclear, for_another, bearing)


def _detailed(fitted: Fit, clauses: Sequence[Clause], *, asked: str, subject: str) -> list[Finding]:
    """A bare yes with a level or a date beside it ("yes, T12 in 2019") as a finding, which keeps the detail."""
    telling = [clause for clause in clauses if clause.details and not clause.is_question and not clause.mentions]
    if fitted.answer != YES or not telling:
        return []
    detail = described([part for clause in telling for part in (*clause.details.levels, *clause.details.times)])
    past = asked in SURGERIES or any(clause.details.times for clause in telling)
    return [Finding(asked, YES, subject, "past" if past else "now", detail, telling[0].text)]


def _unclear(
    message: MarkedMessage, findings: Sequence[Finding], fitted: Fit, said: StatementsSoFar, *, asked: str
) -> tuple[str, ...]:
    """The concepts that are spoken of without a clear value."""
    if "refusing" in message.whole.kinds:
        return ()
    clear = {finding.concept for finding in findings if finding.subject == SELF}
    if fitted.answer is not None:
        clear.add(asked)
    touched = set(said.contradictory())
    if fitted.contradicts:
        touched.add(asked)
    for clause in message.clauses:
        touched |= _touched(clause, asked)
    return tuple(concept for concept in SCREENING_CONCEPTS if concept in touched and concept not in clear)


def _touched(clause: Clause, asked: str) -> set[str]:
    if clause.is_question:
        return set()
    touched = {
        _GENERAL_OF.get(mention.concept, mention.concept) if mention.concept != asked else asked
        for mention in clause.mentions
        if (mention.concept == asked or not only_brought_up(clause, mention))
        and subject_of(clause, mention, carried=Speaking()) != OTHER
    }
    spine = any("spine_part" in term.labels for term in clause.terms)
    joint = any(term.names("condition_of_any_joint") for term in clause.terms)
    if (clause.sayings and spine) or (asked == AGE_RELATED and joint):
        touched.add(asked)
    return {concept for concept in touched if concept == asked or _names(clause, concept)}


def _names(clause: Clause, concept: str) -> bool:
    return any(mention.concept == concept and not mention.said_of_all for mention in clause.mentions)
