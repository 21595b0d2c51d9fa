"""Puts the statements of a message's clauses together: details that follow, corrections, contradictions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from candidacy.language.clause_reading import NO, OTHER, UNKNOWN, YES, Clause, Statement
from candidacy.language.concepts import AGE_RELATED, FRACTURE, FRACTURE_ELSEWHERE, Mention
from candidacy.language.details import Details, described
from candidacy.language.reading import Finding

_STRONGEST_FIRST = (YES, UNKNOWN, NO)


@dataclass(frozen=True)
class _Entry:
    statement: Statement
    details: Details
    text: str

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
    have stenosis" is a yes. After a correction ("no wait", "I meant") the last statement replaces all before it.
    """

    def __init__(self) -> None:
        self._entries: list[_Entry] = []
        self._correcting = False

    def add(self, clause: Clause, stated: Sequence[Statement], *, bare_answer: str | None) -> None:
        """Take in a clause: what it states, or what it adds to or takes back of the statements before."""
        self._correcting = self._correcting or bool(clause.cued("correction"))
        if not stated:
            self._follow_up(clause, bare_answer=bare_answer)
            return
        entries = [_Entry(statement, clause.details, clause.text) for statement in stated]
        if self._correcting:
            replaced = {entry.group for entry in entries}
            self._entries = [entry for entry in self._entries if entry.group not in replaced]
            self._correcting = False
        self._entries.extend(entries)

    def findings(self) -> tuple[Finding, ...]:
        """One finding for each concept and person, in the order in which they were first named."""
        last = {entry.thing: entry for entry in self._entries}
        groups = dict.fromkeys(entry.group for entry in self._entries)
        return tuple(_finding([entry for entry in last.values() if entry.group == group]) for group in groups)

    def _follow_up(self, clause: Clause, *, bare_answer: str | None) -> None:
        if not self._entries or clause.is_question:
            return
        latest = self._entries[-1]
        if self._correcting:
            self._entries[-1:] = _corrected(latest, clause, bare_answer=bare_answer)
            self._correcting = bool(clause.cued("correction")) and self._entries[-1:] == [latest]
        elif clause.details and latest.statement.value == YES:
            self._entries[-1] = replace(latest, details=_joined(latest.details, clause.details))


def _corrected(latest: _Entry, clause: Clause, *, bare_answer: str | None) -> list[_Entry]:
    """The statement as a clause corrects it that names nothing new ("no, that was my brother", "I mean L2")."""
    statement = latest.statement
    if any("other" in person.labels for person in clause.people):
        return [replace(latest, statement=replace(statement, subject=OTHER))]
    if bare_answer is not None:
        return [replace(latest, statement=replace(statement, value=bare_answer), text=clause.text)]
    elsewhere = [term for term in clause.terms if "elsewhere_part" in term.labels]
    if elsewhere and statement.mention.concept == FRACTURE:
        mention = Mention(FRACTURE_ELSEWHERE, statement.mention.start, statement.mention.end, name=elsewhere[0].text)
        return [replace(latest, statement=replace(statement, mention=mention), text=clause.text)]
    if clause.details:
        kept = Details(
            levels=clause.details.levels or latest.details.levels, times=clause.details.times or latest.details.times
        )
        return [replace(latest, details=kept)]
    return [latest]


def _finding(entries: Sequence[_Entry]) -> Finding:
    value = next(value for value in _STRONGEST_FIRST if any(entry.statement.value == value for entry in entries))
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
