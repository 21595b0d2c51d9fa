"""Decides which things of interest a clause names: pure functions over the marks of its terms."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from candidacy.language.terms import Mark

FRACTURE = "fracture"
AGE_RELATED = "age_related"
STENOSIS_SURGERY = "stenosis_surgery"
FRACTURE_ELSEWHERE = "fracture_elsewhere"
OTHER_SURGERY = "other_surgery"

SCREENING_CONCEPTS = (FRACTURE, AGE_RELATED, STENOSIS_SURGERY)
"""The concepts that the screening asks about."""
SURGERIES = (STENOSIS_SURGERY, OTHER_SURGERY)

_PART_REACH = 5
_SUBJECT_REACH = 6
_LIST_REACH = 4
_ADJACENT = 3


@dataclass(frozen=True)
class Mention:
    """One thing named in a clause.

    ``name`` is the condition's or the operation's; ``said_of_all`` marks words for any fracture, condition or surgery,
    where only a denial says something; ``place_unclear`` marks words which may be of another part of the body;
    ``complete`` marks words that say by themselves that it happened.
    """

    concept: str
    start: int
    end: int
    name: str | None = None
    said_of_all: bool = False
    place_unclear: bool = False
    complete: bool = False


def mentions_of(marks: Sequence[Mark], *, of_stenosis: bool = False) -> list[Mention]:
    """The things that the terms of a clause name, in order; "surgery for it" is for stenosis if that was named."""
    found = [*_fractures(marks), *_conditions(marks), *_surgeries(marks, of_stenosis=of_stenosis)]
    return sorted(found, key=lambda mention: (mention.start, mention.end))


def _fractures(marks: Sequence[Mark]) -> Iterable[Mention]:
    parts = [mark for mark in marks if mark.labels & {"spine_part", "spine_part_unclear", "elsewhere_part"}]
    breaking = [mark for mark in marks if mark.labels & {"breaking", "any_fracture", "spine_fracture"}]
    used: list[Mark] = []
    for mark in breaking:
        broken = _parts_broken(mark, [part for part in parts if part not in used], breaking)
        used += [part for part in broken if part.start >= mark.end]
        if "spine_fracture" in mark.labels:
            elsewhere = [
                part for part in broken if "elsewhere_part" in part.labels and part.start - mark.end < _ADJACENT
            ]
            concept = FRACTURE_ELSEWHERE if elsewhere and elsewhere[0].start >= mark.end else FRACTURE
            yield Mention(concept, mark.start, mark.end)
            continue
        if not broken:
            yield Mention(FRACTURE, mark.start, mark.end, said_of_all=True)
        for part in broken:
            yield _broken_part(mark, part)


def _broken_part(mark: Mark, part: Mark) -> Mention:
    start, end = min(mark.start, part.start), max(mark.end, part.end)
    if "elsewhere_part" in part.labels:
        return Mention(FRACTURE_ELSEWHERE, start, end, name=part.text)
    unclear = "spine_part_unclear" in part.labels
    return Mention(FRACTURE, start, end, name=part.text if unclear else None, place_unclear=unclear, complete=True)


def _parts_broken(mark: Mark, parts: Sequence[Mark], breaking: Sequence[Mark]) -> list[Mark]:
    """The parts that go with a word for breaking: right before it ("L1 is broken"), else after it, else before it."""
    following = min((other.start for other in breaking if other.start >= mark.end), default=10_000)
    before = [part for part in parts if 0 <= mark.start - part.end <= _SUBJECT_REACH]
    if before and mark.start - before[-1].end < _ADJACENT and not mark.text.startswith(("broke ", "break ")):
        return before[-1:]
    after: list[Mark] = []
    edge, reach = mark.end, _PART_REACH
    for part in parts:
        if mark.end <= part.start < following and part.start - edge <= reach:
            after.append(part)
            edge, reach = part.end, _LIST_REACH
    return after or before[-1:]


def _conditions(marks: Sequence[Mark]) -> Iterable[Mention]:
    spine = [mark for mark in marks if "spine_part" in mark.labels]
    elsewhere = [mark for mark in marks if "elsewhere_part" in mark.labels]
    of_spine = bool(spine) or any(mark.names("condition") for mark in marks)
    for mark in marks:
        for name in mark.names("condition"):
            yield Mention(AGE_RELATED, mark.start, mark.end, name=name)
        for name in mark.names("condition_of_any_joint"):
            if _of_other_joint(mark, spine, elsewhere):
                yield from _also_of_spine(mark, spine, name)
            elif of_spine:
                yield Mention(AGE_RELATED, mark.start, mark.end, name=name)
            elif not elsewhere:
                yield Mention(AGE_RELATED, mark.start, mark.end, name=name, place_unclear=True)
        if "any_condition" in mark.labels:
            yield Mention(AGE_RELATED, mark.start, mark.end, said_of_all=True)


def _of_other_joint(mark: Mark, spine: Sequence[Mark], elsewhere: Sequence[Mark]) -> bool:
    """Whether the part that is named next is another joint ("arthritis in my hands")."""
    following = [part for part in (*spine, *elsewhere) if 0 <= part.start - mark.end <= _PART_REACH]
    return bool(following) and min(following, key=lambda part: part.start) in elsewhere


def _of_other_part(mark: Mark, marks: Sequence[Mark]) -> bool:
    """Whether an operation was of another part of the body ("a decompression on my wrist")."""
    spine = [part for part in marks if "spine_part" in part.labels]
    elsewhere = [part for part in marks if "elsewhere_part" in part.labels]
    return "stenosis" not in mark.text and _of_other_joint(mark, spine, elsewhere)


def _also_of_spine(mark: Mark, spine: Sequence[Mark], name: str) -> Iterable[Mention]:
    """What is said of the spine after another joint: it reaches from the condition to the part, over any "not"."""
    after = [part for part in spine if part.start >= mark.end]
    if after:
        yield Mention(AGE_RELATED, mark.start, after[0].end, name=name)


def _surgeries(marks: Sequence[Mark], *, of_stenosis: bool) -> Iterable[Mention]:
    for_stenosis = False
    for mark in marks:
        if "stenosis_surgery" in mark.labels and _of_other_part(mark, marks):
            yield Mention(OTHER_SURGERY, mark.start, mark.end, name=mark.text)
        elif mark.labels & {"stenosis_surgery", "stenosis_surgery_done"}:
            for_stenosis = True
            yield Mention(STENOSIS_SURGERY, mark.start, mark.end, complete="stenosis_surgery_done" in mark.labels)
        elif "surgery_for_it" in mark.labels and of_stenosis:
            for_stenosis = True
            yield Mention(STENOSIS_SURGERY, mark.start, mark.end)
        elif "other_surgery" in mark.labels:
            yield Mention(OTHER_SURGERY, mark.start, mark.end, name=mark.text)
    if for_stenosis:
        return
    for mark in marks:
        if mark.labels & {"any_surgery", "surgery_for_it"}:
            yield Mention(OTHER_SURGERY, mark.start, mark.end, name=mark.text, said_of_all=True)
