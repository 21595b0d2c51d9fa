"""Whose a thing is: the writer's, a relative's, or what a clinician says of the writer. Pure functions."""

from dataclasses import dataclass, replace

from candidacy.language.clause import Clause
from candidacy.language.concepts import Mention
from candidacy.language.terms import Mark

SELF, OTHER, ANOTHER = "self", "other", "another"

_GOES_ON = frozenset(("has", "had", "was", "is", "got", "broke", "needs", "wears", "suffers", "fractured", "then"))
"""A clause that begins so has the subject of the one before ("my wife is 60 and has a broken vertebra")."""


@dataclass(frozen=True)
class Speaking:
    """Of whom a message speaks at some point: the subject, and which other people it has named so far."""

    subject: str = SELF
    last: str = SELF
    """The subject of the clause before, also when that person only passed by."""
    other_named: bool = False
    clinician_named: bool = False


def subject_of(clause: Clause, mention: Mention, *, carried: Speaking) -> str:
    """Whose it is: the nearest person named before it, else what was carried from the clause before."""
    after = [cue for cue in clause.cued("other_after") if 0 <= cue.start - mention.end <= 1]
    named_after = [
        person for person in clause.people if "other" in person.labels and after and person.end >= after[0].end
    ]
    if named_after:
        return ANOTHER if "at_large" in named_after[0].labels else OTHER
    speaking = carried
    if clause.folded.split()[0] in _GOES_ON:
        speaking = replace(carried, subject=carried.last)
    for person in clause.people:
        if person.start < mention.end:
            speaking = _after_person(clause, person, so_far=speaking)
            if speaking.subject == SELF and _has_it(clause, person, mention):
                speaking = replace(speaking, subject=OTHER)
    return speaking.subject


def speaking_after(clause: Clause, *, carried: Speaking, for_another: bool) -> Speaking:
    """Of whom the message speaks at the end of a clause.

    A relative who only passes by ("my sister was crying") does not become the one that it is about.
    """
    speaking = carried
    for person in clause.people:
        speaking = _after_person(clause, person, so_far=speaking)
    newly_named = any("other" in person.labels for person in clause.people)
    passes_by = speaking.subject != SELF and newly_named and not clause.mentions and not for_another
    named = speaking.subject if clause.people else carried.last
    return replace(speaking, subject=carried.subject if passes_by else speaking.subject, last=named)


def persons_of(clause: Clause) -> tuple[list[Mark], list[Mark]]:
    """The other people named in a clause, and the words for the writer, the "my" of "my mother" aside."""
    others = [person for person in clause.people if "other" in person.labels]
    own = [
        person
        for person in clause.people
        if "self" in person.labels and all(other.start != person.end for other in others)
    ]
    return others, own


def _has_it(clause: Clause, person: Mark, mention: Mention) -> bool:
    """Whether it is a third person whom no list knows ("my boss has"); not "my spine has", "my doctor has said"."""
    between = [cue for cue in clause.cues if person.end <= cue.start and cue.end <= mention.start]
    has = [cue for cue in between if cue.text == "has"]
    if person.text != "my" or not has:
        return False
    things = (*clause.terms, *clause.cued("own_thing"))
    part_of_body = any(person.end <= term.start < has[0].start for term in things)
    acts = any(cue.start == has[0].end and "clinician_acts" in cue.labels for cue in clause.cues)
    return not part_of_body and not acts


def _after_person(clause: Clause, person: Mark, *, so_far: Speaking) -> Speaking:
    if "stranger" in person.labels and any(cue.start >= person.end for cue in clause.cued("clinician_acts")):
        return replace(so_far, clinician_named=True)
    if "other" in person.labels:
        owned = any("third_person" in owner.labels and owner.end == person.start for owner in clause.people)
        owned = owned and not any(
            "self" in writer.labels and 0 < person.start - writer.end <= 1 for writer in clause.people
        )
        at_large = "at_large" in person.labels
        return replace(so_far, subject=ANOTHER if owned or at_large else OTHER, other_named=True)
    if "clinician" in person.labels:
        return replace(so_far, clinician_named=True)
    if "self" in person.labels:
        return replace(so_far, subject=SELF)
    if "third_person" not in person.labels:
        return so_far
    if so_far.subject == ANOTHER:
        return so_far
    acts = any(0 <= cue.start - person.end <= 1 for cue in clause.cued("clinician_acts"))
    if so_far.other_named and not so_far.clinician_named:
        return replace(so_far, subject=OTHER)
    is_clinician = so_far.clinician_named and not so_far.other_named
    return so_far if acts or is_clinician else replace(so_far, subject=OTHER)
