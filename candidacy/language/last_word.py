"""Puts the statements of a message's clauses together: details that follow, corrections, contradictions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from candidacy.language.clause import Clause
from candidacy.language.clause_reading import NO, UNKNOWN, YES, Statement
from candidacy.language.concepts import (
    AGE_RELATED,
    FRACTURE,
    FRACTURE_ELSEWHERE,
    OTHER_SURGERY,
    STENOSIS_SURGERY,
    Mention,
)
from candidacy.language.details import Details, described
from candidacy.language.reading import Finding
from candidacy.language.subjects import OTHER, SELF

_STRONGEST_FIRST = (YES, UNKNOWN, NO)


_ELSEWHERE = {
    FRACTURE: FRACTURE_ELSEWHERE,
    FRACTURE_ELSEWHERE: FRACTURE_ELSEWHERE,
    STENOSIS_SURGERY: OTHER_SURGERY,
    OTHER_SURGERY: OTHER_SURGERY,
}
"""What something becomes when it was of another part of the body."""
_ONCE_AND_FOR_ALL = (FRACTURE, STENOSIS_SURGERY)
"""What somebody has had or not: a yes and a later no about all of it contradict each other."""


@dataclass(frozen=True)
class Placed:
    """A finding, and the number of the clause that has the last word on it."""

    finding: Finding
    place: int
    general: bool = False
    """Whether it is only of "surgery", without saying which."""


@dataclass(frozen=True)
class _Entry:
    statement: Statement
    details: Details
    text: str
    place: int

    @property
    def group(self) -> tuple[str, str]:
        return self.statement.mention.concept, self.statement.subject

    @property
    def thing(self) -> tuple[object, ...]:
        """What is said something of: saying it again replaces what was said before."""
        mention = self.statement.mention
        return (*self.group, mention.name, mention.said_of_all, self.details.levels)


class StatementsSoFar:
    """Collects statements in the order of the message; the last word on a thing counts.

    Of different things under one concept, a yes is stronger than an unknown, and that than a no: "no scoliosis, but I
    have stenosis" is a yes. After a correction ("no wait", "I meant") or a result ("it turned out") the last statement
    replaces all before it.
    """

    def __init__(self) -> None:
        self._entries: list[_Entry] = []
        self._correcting = False
        self._resolving = False

    def add(self, clause: Clause, stated: Sequence[Statement], *, bare_answer: str | None, place: int) -> None:
        """Take in a clause: what it states, or what it adds to or takes back of the statements before."""
        self._correcting = self._correcting or bool(clause.cued("correction"))
        self._resolving = self._resolving or bool(clause.cued("resolved"))
        if self._correcting and self._was_elsewhere(clause):
            self._entries[-1:] = _corrected(self._entries[-1], clause, bare_answer=None)
            self._correcting = False
        if not stated:
            self._follow_up(clause, bare_answer=bare_answer)
            return
        entries = [_Entry(statement, clause.details, clause.text, place) for statement in stated]
        if self._correcting or self._resolving:
            replaced = {entry.group for entry in entries}
            self._entries = [entry for entry in self._entries if entry.group not in replaced]
            self._correcting = self._resolving = False
        self._entries.extend(entries)

    def findings(self) -> list[Placed]:
        """One finding for each concept and person that is clear, in the order in which they were first named."""
        return [
            Placed(
                _finding(entries, value),
                max(entry.place for entry in entries),
                general=all(entry.statement.mention.said_of_all for entry in entries),
            )
            for entries in self._by_group()
            if (value := _value(entries)) is not None
        ]

    def places_of(self, concept: str | None, *, subject: str) -> frozenset[int]:
        """The numbers of the clauses that state something of a concept about somebody."""
        return frozenset(entry.place for entry in self._entries if entry.group == (concept, subject))

    def contradictory(self) -> frozenset[str]:
        """The concepts of which both yes and no are said."""
        return frozenset(entries[0].group[0] for entries in self._by_group() if _value(entries) is None)

    def _by_group(self) -> list[list[_Entry]]:
        last = {entry.thing: entry for entry in self._entries}
        groups = dict.fromkeys(entry.group for entry in self._entries)
        return [sorted((e for e in last.values() if e.group == group), key=lambda e: e.place) for group in groups]

    @staticmethod
    def _tells_place(clause: Clause, latest: _Entry) -> bool:
        """Whether a clause only adds that it was another part of the body ("it was in my pelvis")."""
        labels = {label for term in clause.terms for label in term.labels}
        elsewhere = "elsewhere_part" in labels and "spine_part" not in labels
        begins = any(cue.start <= 1 for cue in clause.cued("that_was"))
        return elsewhere and begins and latest.statement.value == YES and not latest.details.levels

    def _was_elsewhere(self, clause: Clause) -> bool:
        """Whether a correction moves what was said last to another part of the body ("wait, that was my wrist")."""
        elsewhere = any("elsewhere_part" in term.labels for term in clause.terms)
        return bool(self._entries) and elsewhere and bool(clause.cued("that_was"))

    def _follow_up(self, clause: Clause, *, bare_answer: str | None) -> None:
        if not self._entries or clause.is_question:
            return
        latest = self._entries[-1]
        if latest.statement.subject == OTHER and clause.cued("me_too"):
            self._entries.append(replace(latest, statement=replace(latest.statement, subject=SELF), text=clause.text))
        elif self._tells_place(clause, latest):
            self._entries[-1:] = _corrected(latest, clause, bare_answer=None)
        elif self._correcting:
            self._entries[-1:] = _corrected(latest, clause, bare_answer=bare_answer)
            self._correcting = bool(clause.cued("correction")) and self._entries[-1:] == [latest]
        elif latest.statement.time == "planned" and _denies_having_had(clause):
            self._entries[-1] = replace(latest, statement=replace(latest.statement, time="now"))
        elif clause.details and latest.statement.value == YES:
            self._entries[-1] = replace(latest, details=_joined(latest.details, clause.details))


def _denies_having_had(clause: Clause) -> bool:
    return any(cue.text.endswith("had") for cue in clause.cued("never_had"))


def _corrected(latest: _Entry, clause: Clause, *, bare_answer: str | None) -> list[_Entry]:
    """The statement as a clause corrects it that names nothing new ("no, that was my brother", "I mean L2")."""
    statement = latest.statement
    if any("other" in person.labels for person in clause.people):
        return [replace(latest, statement=replace(statement, subject=OTHER))]
    if bare_answer is not None:
        return [replace(latest, statement=replace(statement, value=bare_answer), text=clause.text)]
    elsewhere = [term for term in clause.terms if "elsewhere_part" in term.labels]
    if elsewhere and statement.mention.concept not in _ELSEWHERE:
        return []
    if elsewhere:
        concept = _ELSEWHERE[statement.mention.concept]
        mention = Mention(concept, statement.mention.start, statement.mention.end, name=elsewhere[0].text)
        return [replace(latest, statement=replace(statement, mention=mention), text=clause.text)]
    if clause.details:
        kept = Details(
            levels=clause.details.levels or latest.details.levels, times=clause.details.times or latest.details.times
        )
        return [replace(latest, details=kept)]
    return [latest]


def _value(entries: Sequence[_Entry]) -> str | None:
    """What the statements come to, in the order of the message; None when they contradict each other."""
    values = [entry.statement.value for entry in entries]
    last = entries[-1]
    denies_all = last.statement.value == NO and (
        last.statement.mention.said_of_all or last.statement.mention.concept in _ONCE_AND_FOR_ALL
    )
    if YES not in values and denies_all:
        return NO
    if denies_all and last.statement.mention.said_of_all and last.statement.mention.concept in _ONCE_AND_FOR_ALL:
        earlier = [entry for entry in entries if entry.statement.value == YES and entry.place < last.place]
        return None if earlier else YES
    return next(value for value in _STRONGEST_FIRST if value in values)


def _finding(entries: Sequence[_Entry], value: str) -> Finding:
    telling = [entry for entry in entries if entry.statement.value == value]
    latest = telling[-1]
    return Finding(
        concept=latest.statement.mention.concept,
        value=value,
        subject=latest.statement.subject,
        time=_time(telling),
        detail=described(list(_parts(telling))),
        text=latest.text,
    )


def _time(entries: Sequence[_Entry]) -> str:
    """A fracture with a date is past; surgery carries its own time; a condition lasts."""
    latest = entries[-1].statement
    broken = latest.mention.concept in (FRACTURE, FRACTURE_ELSEWHERE) and latest.value == YES
    return "past" if broken and any(entry.details.times for entry in entries) else latest.time


def _parts(entries: Iterable[_Entry]) -> Iterable[str]:
    for entry in entries:
        mention = entry.statement.mention
        if mention.name and not (mention.concept == AGE_RELATED and mention.said_of_all):
            yield mention.name
        if entry.statement.value == YES:
            yield from entry.details.levels
            yield from entry.details.times


def _joined(first: Details, second: Details) -> Details:
    return Details(levels=first.levels + second.levels, times=first.times + second.times)
