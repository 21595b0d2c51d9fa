"""Decides how the things named in one clause are meant: denied, in doubt, whose, when. Pure functions, no matching.

The method is ConText's (Harkema and others 2009, J Biomed Inform 42:839-851): a cue has a direction and reaches to the
end of its clause, or to a word that stops it. What is not clearly said is left out.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from candidacy.language.concepts import (
    AGE_RELATED,
    FRACTURE,
    FRACTURE_ELSEWHERE,
    OTHER_SURGERY,
    STENOSIS_SURGERY,
    SURGERIES,
    Mention,
)
from candidacy.language.details import Details
from candidacy.language.terms import Mark

YES, NO, UNKNOWN = "yes", "no", "unknown"
SELF, OTHER = "self", "other"

_GENERAL_OF = {FRACTURE_ELSEWHERE: FRACTURE, OTHER_SURGERY: STENOSIS_SURGERY}
_BARE_LENGTH = 12
_RIGHT_AFTER = 2
_QUESTION = re.compile(
    r"""^\W*(?:(?:and|so|but|ok|okay|also|hi|hello|well|then|please|wait|um)\W+)*(?:
        (?:what|whats|why|how|hows|which|who|whos)\b (?!\s(?:i\shave|i\shad|they\sdid|they\ssaid|was|is\scalled|i\sgot))
        | (?:when|where)\b (?!\s(?:i|im|my|they|we|he|she|the)\b)
        | (?:is|are|does|can|could|will|would|should|may|might)\b
        | (?:do|did|am|was|were)\s(?:i|you|he|she|it|they|we|this|that|there|the|your|people|anyone)\b
        | (?:has|have|had)\s(?:i|you|he|she|they|we|people|anyone)\b
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Clause:
    """A clause with everything that was marked in it; positions are tokens of the folded clause."""

    text: str
    folded: str
    length: int
    commas: tuple[int, ...]
    joiners: tuple[int, ...]
    terms: tuple[Mark, ...]
    cues: tuple[Mark, ...]
    people: tuple[Mark, ...]
    details: Details = field(default=Details())
    blanks: frozenset[int] = frozenset()

    def cued(self, label: str) -> list[Mark]:
        """The cues of a kind, in order."""
        return [cue for cue in self.cues if label in cue.labels]

    @property
    def is_question(self) -> bool:
        """Whether the clause asks."""
        return "?" in self.folded or _QUESTION.match(self.folded) is not None


@dataclass(frozen=True)
class Statement:
    """What a clause says of one mention."""

    mention: Mention
    value: str
    subject: str
    time: str


def statements_of(clause: Clause, mentions: Sequence[Mention], *, carried: str, asked: str | None) -> list[Statement]:
    """What a clause states; nothing for a question, a supposition, or a thing merely named.

    Args:
        clause: The clause.
        mentions: The things named in it.
        carried: Whom the message was speaking of before ("self" or "other").
        asked: The concept of the question just put; a bare "compression fracture" then answers it.
    """
    if clause.is_question:
        return []
    stated: list[Statement] = []
    for mention in mentions:
        subject = subject_of(clause, mention, carried=carried)
        for concept_of in _with_what_follows(clause, mention, asked):
            meant = _value(clause, concept_of, asked=asked)
            if meant is not None:
                stated.append(Statement(concept_of, meant, subject, _time(clause, concept_of, meant)))
    return stated


def subject_of(clause: Clause, mention: Mention, *, carried: str) -> str:
    """Whose it is: the nearest person named before it, else what was carried from the clause before."""
    after = [cue for cue in clause.cued("other_after") if 0 <= cue.start - mention.end <= 1]
    if after and any("other" in person.labels for person in clause.people if person.end >= after[0].end):
        return OTHER
    subject = carried
    for person in clause.people:
        if person.start < mention.end:
            subject = _person(clause, person, so_far=subject)
            if subject == SELF and _has_it(clause, person, mention):
                subject = OTHER
    return subject


def subject_after(clause: Clause, *, carried: str) -> str:
    """Whom the message is speaking of at the end of a clause."""
    subject = carried
    for person in clause.people:
        subject = _person(clause, person, so_far=subject)
    return subject


def _has_it(clause: Clause, person: Mark, mention: Mention) -> bool:
    """Whether it is a third person whom no list knows ("my boss has"); not "my spine has", "my doctor has said"."""
    between = [cue for cue in clause.cues if person.end <= cue.start and cue.end <= mention.start]
    has = [cue for cue in between if cue.text == "has"]
    if person.text != "my" or not has:
        return False
    part_of_body = any(person.end <= term.start < has[0].start for term in clause.terms)
    acts = any(cue.start == has[0].end and "clinician_acts" in cue.labels for cue in clause.cues)
    return not part_of_body and not acts


def _person(clause: Clause, person: Mark, *, so_far: str) -> str:
    if "other" in person.labels:
        return OTHER
    if "self" in person.labels:
        return SELF
    if "third_person" not in person.labels:
        return so_far
    acts = any(0 <= cue.start - person.end <= 1 for cue in clause.cued("clinician_acts"))
    return so_far if acts else OTHER


def _with_what_follows(clause: Clause, mention: Mention, asked: str | None) -> Iterable[Mention]:
    """The mention, and for "only my wrist" or "never any surgery" the concept that this settles."""
    yield mention
    general = _GENERAL_OF.get(mention.concept)
    if general is None:
        return
    if mention.said_of_all or (general == asked and clause.cued("only")):
        yield Mention(general, mention.start, mention.end, said_of_all=True)


def _value(clause: Clause, mention: Mention, *, asked: str | None) -> str | None:
    if _only_brought_up(clause, mention):
        return None
    if mention.said_of_all:
        return _value_of_all(clause, mention, asked=asked)
    if mention.concept in SURGERIES and _only_planned(clause, mention):
        return NO
    if _reached(clause.cued("not_not"), mention, clause):
        return YES
    if _owned(clause, mention):
        return YES
    if clause.cued("uncertain"):
        return UNKNOWN
    if _denied(clause, mention):
        if not _unclear_list(clause, mention):
            return NO
        return YES if _dated_event(clause, mention) else None
    if not _stated(clause, mention, asked=asked):
        return None
    if mention.place_unclear:
        return UNKNOWN if mention.concept in (asked, FRACTURE) else None
    return YES


def _owned(clause: Clause, mention: Mention) -> bool:
    """ "My stenosis": whoever calls it theirs has it, whatever else the clause denies or doubts."""
    if mention.concept != AGE_RELATED or mention.place_unclear or clause.cued("not_after"):
        return False
    if any(mention.start <= cue.start < mention.end for cue in _denials(clause)):
        return False
    return any(person.text == "my" and person.end == mention.start for person in clause.people)


def _value_of_all(clause: Clause, mention: Mention, *, asked: str | None) -> str | None:
    """Words for any fracture, condition or surgery: a denial counts, a "yes" only says that something was."""
    only = mention.concept == asked and bool(clause.cued("only"))
    if clause.cued("planned") and mention.concept in SURGERIES:
        return None
    if clause.cued("uncertain"):
        return UNKNOWN if mention.concept in (asked,) and mention.concept != STENOSIS_SURGERY else None
    if _denied(clause, mention):
        settled = (
            mention.concept in (asked, FRACTURE)
            or bool(clause.cued("never_had"))
            or _answered_after(clause, mention) == NO
        )
        return NO if settled else None
    if not _stated(clause, mention, asked=asked):
        return None
    if mention.concept == FRACTURE:
        return NO if only and _names_other_bone(clause) else (YES if asked == FRACTURE else None)
    if mention.concept == STENOSIS_SURGERY:
        return NO if only and not _names_spine_surgery_only(clause) else None
    return YES if mention.concept == OTHER_SURGERY else None


def _names_other_bone(clause: Clause) -> bool:
    return any("elsewhere_part" in term.labels for term in clause.terms)


def _names_spine_surgery_only(clause: Clause) -> bool:
    """Whether the surgery is not named closer than "back surgery", which may well have been for stenosis."""
    return not any("other_surgery" in term.labels for term in clause.terms)


def _only_brought_up(clause: Clause, mention: Mention) -> bool:
    """Asked about, read about, supposed: no statement."""
    for label in ("asking", "hypothetical"):
        for cue in clause.cued(label):
            if cue.start < mention.end and not _part_of_doubt(clause, cue):
                return True
    return False


def _part_of_doubt(clause: Clause, cue: Mark) -> bool:
    """ "I don't know if I have stenosis" is doubt, not a supposition."""
    return cue.text == "if" and any(doubt.end <= cue.start for doubt in clause.cued("uncertain"))


def _denied(clause: Clause, mention: Mention) -> bool:
    directly_after = _answered_after(clause, mention)
    if directly_after is not None:
        return directly_after == NO
    if any(cue.start >= mention.end for cue in clause.cued("not_after") if len(cue.text.split()) > 1):
        return True
    return _reached(_denials(clause), mention, clause)


def _only_planned(clause: Clause, mention: Mention) -> bool:
    """Whether an operation has not happened: planned, advised, cancelled; not "had one and may need another"."""
    if _denied_outright(clause, mention):
        return False
    planned = clause.cued("planned")
    done = [cue for cue in clause.cued("done") if cue.start < mention.start]
    if not planned or not done:
        return bool(planned)
    before = [cue for cue in planned if cue.start < mention.start]
    right_after = [cue for cue in planned if 0 <= cue.start - mention.end <= _RIGHT_AFTER]
    return bool(before or right_after)


def _denied_outright(clause: Clause, mention: Mention) -> bool:
    """ "Never had a laminectomy" beside a plan."""
    return _reached(clause.cued("never_had"), mention, clause)


def _denials(clause: Clause) -> list[Mark]:
    """The denials that reach forward; the "no" of "fracture: no, stenosis ..." belongs to what stands before it."""
    denials = [cue for cue in clause.cues if cue.labels & {"not_before", "never_had"}]
    return [cue for cue in denials if not _answers_label(clause, cue)]


def _answers_label(clause: Clause, cue: Mark) -> bool:
    if cue.text not in ("no", "nope", "none", "never", "negative", "nah"):
        return False
    return any(
        term.end + _gap(clause, term.end, cue.start) == cue.start and term.end <= cue.start for term in clause.terms
    )


def _answered_after(clause: Clause, mention: Mention) -> str | None:
    """The answer written right behind a thing: "fracture: no", "stenosis yes"."""
    for cue in clause.cues:
        if cue.start < mention.end or cue.start - mention.end > _gap(clause, mention.end, cue.start):
            continue
        if "yes_after" in cue.labels:
            return YES
        if cue.text in ("no", "nope", "none", "never", "negative", "nah"):
            return NO
    return None


def _gap(clause: Clause, start: int, end: int) -> int:
    """How many tokens from start to end are punctuation, if all of them are; otherwise -1."""
    between = range(start, end)
    return len(between) if all(position in clause.blanks for position in between) else -1


def _reached(cues: Sequence[Mark], mention: Mention, clause: Clause) -> bool:
    """Whether a forward cue reaches the mention before a stopping word does."""
    for cue in cues:
        if cue.start >= mention.end:
            continue
        stops = [stop for stop in clause.cued("stops") if cue.end <= stop.start < mention.start]
        if not stops:
            return True
    return False


def _unclear_list(clause: Clause, mention: Mention) -> bool:
    """Whether a denial stands before a comma or an "and" that may end it ("no fracture, laminectomy 2019")."""
    denial = [cue for cue in _denials(clause) if cue.start < mention.end]
    if not denial or clause.cued("not_after"):
        return False
    last = denial[-1].end
    divided = any(last <= position < mention.start for position in (*clause.commas, *_ands(clause)))
    joined = any(position > last for position in clause.joiners if position not in _ands(clause))
    return divided and not joined


def _dated_event(clause: Clause, mention: Mention) -> bool:
    """Whether a date stands with it: what has a date has happened."""
    return mention.concept in (*SURGERIES, FRACTURE) and bool(clause.details.times)


def _ands(clause: Clause) -> tuple[int, ...]:
    words = clause.folded.split()
    return clause.joiners if "and" in words and "or" not in words and "nor" not in words else ()


def _stated(clause: Clause, mention: Mention, *, asked: str | None) -> bool:
    """Whether the clause says that it is so, as opposed to naming it; a short clause suffices for what was asked."""
    said = clause.cued("stating") or clause.cued("done")
    if said or mention.complete or clause.details or _answered_after(clause, mention) == YES:
        return True
    return asked is not None and clause.length <= _BARE_LENGTH


def _time(clause: Clause, mention: Mention, value: str) -> str:
    if mention.concept in SURGERIES:
        if value == NO and _only_planned(clause, mention):
            return "planned"
        return "past" if value == YES else "now"
    return "now"
