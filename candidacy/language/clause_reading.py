"""Decides how the things named in one clause are meant: denied, in doubt, whose, when. Pure functions, no matching.

The method is ConText's (Harkema and others 2009, J Biomed Inform 42:839-851): a cue has a direction and reaches to the
end of its clause, or to a word that stops it. What is not clearly said is left out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from candidacy.language.clause import Clause
from candidacy.language.concepts import (
    AGE_RELATED,
    FRACTURE,
    FRACTURE_ELSEWHERE,
    OTHER_SURGERY,
    STENOSIS_SURGERY,
    SURGERIES,
    Mention,
)
from candidacy.language.subjects import Speaking, subject_of
from candidacy.language.terms import Mark

YES, NO, UNKNOWN = "yes", "no", "unknown"

_GENERAL_OF = {FRACTURE_ELSEWHERE: FRACTURE, OTHER_SURGERY: STENOSIS_SURGERY}
_BARE_LENGTH = 30
_LIST_LENGTH = 8
_CONTRAST = 4
"""A clause no longer than "not for the stenosis" says what an operation was not for."""
_RIGHT_AFTER = 2
_STENOSIS = "spinal stenosis"


@dataclass(frozen=True)
class Statement:
    """What a clause says of one mention."""

    mention: Mention
    value: str
    subject: str
    time: str


def statements_of(
    clause: Clause,
    mentions: Sequence[Mention],
    *,
    carried: Speaking,
    asked: str | None,
    not_for_stenosis: bool = False,
    told: bool = False,
) -> list[Statement]:
    """What a clause states; nothing for a question, a supposition, or a thing merely named.

    Args:
        clause: The clause.
        mentions: The things named in it.
        carried: Whom the message was speaking of before.
        asked: The concept of the question just put; a bare "compression fracture" then answers it.
        told: Whether the clause before told something; a bare "some disk degeneration" then goes on with it.
        not_for_stenosis: Whether the message says that it was not for stenosis: then a decompression is other surgery.
    """
    if clause.is_question:
        return []
    stated: list[Statement] = []
    undecided: set[str] = set()
    for named in mentions:
        mention = _by_reason(clause, named, mentions, not_for_stenosis=not_for_stenosis)
        subject = subject_of(clause, mention, carried=carried)
        for concept_of in _with_what_follows(clause, mention, asked):
            meant = _value(clause, concept_of, asked=asked, told=told)
            if meant is not None:
                stated.append(Statement(concept_of, meant, subject, _time(clause, concept_of, meant)))
            elif _denied(clause, concept_of) and _unclear_list(clause, concept_of):
                undecided.add(concept_of.concept)
    # "Not arthritis, stenosis": the second may be denied too, or be what it is instead.
    return [one for one in stated if one.value != NO or one.mention.concept not in undecided]


def denies_stenosis_as_reason(clause: Clause) -> bool:
    """Whether a clause says that something, presumably an operation, was not for stenosis."""
    cues = clause.cued("not_for")
    stenosis = [term for term in clause.terms if "stenosis" in term.text or "narrowing" in term.text]
    if any(cue.start < term.end for cue in cues for term in stenosis):
        return True
    reasons = [mention for mention in clause.mentions if is_reason(clause, mention)]
    return any(_answered_after(clause, mention) == NO for mention in reasons)


def _by_reason(clause: Clause, mention: Mention, mentions: Sequence[Mention], *, not_for_stenosis: bool) -> Mention:
    """An operation as what it was for makes it: surgery "for my stenosis" is, a decompression that was not is not."""
    if mention.concept == OTHER_SURGERY and not not_for_stenosis:
        return _for_stenosis(clause, mention, mentions)
    if mention.concept != STENOSIS_SURGERY or not (not_for_stenosis or denies_stenosis_as_reason(clause)):
        return mention
    named = next((term.text for term in clause.terms if term.start == mention.start), None)
    starts = [cue.start for cue in clause.cued("not_for") if cue.start > mention.start]
    return Mention(OTHER_SURGERY, mention.start, min([mention.end, *starts]), name=named)


def _for_stenosis(clause: Clause, mention: Mention, mentions: Sequence[Mention]) -> Mention:
    for condition in mentions:
        reasons = [cue for cue in clause.cued("reason") if mention.end <= cue.start < condition.start]
        if condition.name == _STENOSIS and reasons and not clause.cued("not_for"):
            return Mention(STENOSIS_SURGERY, mention.start, mention.end)
    return mention


def _with_what_follows(clause: Clause, mention: Mention, asked: str | None) -> Iterable[Mention]:
    """The mention, and for "only my wrist" or "never any surgery" the concept that this settles."""
    yield mention
    general = _GENERAL_OF.get(mention.concept)
    if general is None:
        return
    if mention.said_of_all or (general == asked and clause.cued("only")):
        yield Mention(general, mention.start, mention.end, said_of_all=True)


def tells_of_spine(clause: Clause) -> bool:
    """Whether a clause tells how the writer's or a patient's spine is, so that a list may follow."""
    spine = any("spine_part" in term.labels for term in clause.terms)
    return spine and bool(clause.people) and not clause.is_question


def _value(clause: Clause, mention: Mention, *, asked: str | None, told: bool) -> str | None:
    if only_brought_up(clause, mention) or (asked == STENOSIS_SURGERY and is_reason(clause, mention)):
        return None
    if mention.said_of_all:
        return _value_of_all(clause, mention, asked=asked)
    if mention.concept in SURGERIES and _only_planned(clause, mention):
        return NO
    if _reached(clause.cued("not_not"), mention, clause):
        return YES
    if _owned(clause, mention):
        return YES
    if _is_healthy(clause, mention):
        return NO
    if _in_doubt(clause, mention):
        return None if mention.place_unclear and mention.concept == AGE_RELATED != asked else UNKNOWN
    if (
        asked == STENOSIS_SURGERY
        and mention.concept == AGE_RELATED
        and _only_contrasts(clause)
        and _denied(clause, mention)
    ):
        return None
    if _denied(clause, mention):
        if not _unclear_list(clause, mention):
            return NO
        return YES if _dated_event(clause, mention) else None
    goes_on = told and clause.length <= _LIST_LENGTH
    if not goes_on and not _stated(clause, mention, asked=asked):
        return None
    if mention.place_unclear:
        return _value_if_place_unclear(clause, mention, asked=asked)
    return YES


def _only_contrasts(clause: Clause) -> bool:
    """Whether a short clause only says what an operation was not for ("not the stenosis")."""
    return clause.length <= _CONTRAST and not any(mention.concept in SURGERIES for mention in clause.mentions)


def _value_if_place_unclear(clause: Clause, mention: Mention, *, asked: str | None) -> str | None:
    """The tailbone may or may not count as the spine; arthritis does when that was asked about, or beside a "yes"."""
    if mention.concept == FRACTURE:
        return UNKNOWN
    return YES if mention.concept == asked or clause.cued("affirming") else None


def _in_doubt(clause: Clause, mention: Mention) -> bool:
    """Whether a clause doubts the thing; a doubt about what it is called ("called listhesis, I think") is none."""
    if any(cue.start < mention.end for cue in clause.cued("fearing")):
        return True
    doubts = clause.cued("uncertain")
    if clause.cued("naming"):
        of_a_name = {cue.start for cue in clause.cued("of_a_name")}
        doubts = [cue for cue in doubts if cue.start not in of_a_name]
    return bool(doubts)


def _is_healthy(clause: Clause, mention: Mention) -> bool:
    """Whether the part that is said to be broken is said to be fine ("I broke the ankle only, the spine is good")."""
    if mention.concept != FRACTURE:
        return False
    fine = [saying for saying in clause.sayings if "healthy:no" in saying.labels]
    return any(mention.start < saying.start < mention.end for saying in fine)


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
    if _in_doubt(clause, mention):
        return UNKNOWN if mention.concept == asked and mention.concept != STENOSIS_SURGERY else None
    if _denied(clause, mention):
        settled = (
            mention.concept in (asked, FRACTURE)
            or bool(clause.cued("never_had") or clause.cued("lifelong"))
            or _is_all_there_is(clause, mention)
            or _listed_with_another(clause, mention)
            or _answered_after(clause, mention) == NO
        )
        return NO if settled else None
    if not _stated(clause, mention, asked=asked):
        return None
    if mention.concept == FRACTURE:
        if only:
            return NO if _names_other_bone(clause) else None
        return YES if asked == FRACTURE else None
    if mention.concept == STENOSIS_SURGERY:
        if mention.concept == asked and _affirmed(clause, mention) and not denies_stenosis_as_reason(clause):
            return YES
        return NO if only and not _names_spine_surgery_only(clause) else None
    return YES if mention.concept == OTHER_SURGERY else None


def _affirmed(clause: Clause, mention: Mention) -> bool:
    """Whether a plain yes goes with the very thing that was asked about ("yes to surgery", "surgery: yes")."""
    before = any(cue.text == "yes to" and cue.end == mention.start for cue in clause.cued("affirming"))
    return before or _answered_after(clause, mention) == YES


def _listed_with_another(clause: Clause, mention: Mention) -> bool:
    """Whether it stands in a denied list of what the screening asks about ("no arthritis or surgery")."""
    others = [other for other in clause.mentions if other.concept in (FRACTURE, AGE_RELATED) and other != mention]
    return bool(others) and bool(clause.joiners) and _reached(_denials(clause), mention, clause)


def _is_all_there_is(clause: Clause, mention: Mention) -> bool:
    """Whether the clause is the denial and nothing else ("no surgery"), as in a list of answers."""
    denials = [cue for cue in _denials(clause) if cue.end == mention.start]
    return bool(denials) and len(denials[0].text.split()) + mention.end - mention.start >= clause.length - 1


def _names_other_bone(clause: Clause) -> bool:
    return any("elsewhere_part" in term.labels for term in clause.terms)


def _names_spine_surgery_only(clause: Clause) -> bool:
    """Whether the surgery is not named closer than "back surgery", which may well have been for stenosis."""
    return not any("other_surgery" in term.labels for term in clause.terms)


def is_reason(clause: Clause, mention: Mention) -> bool:
    """Whether a condition is only named as what an operation was for ("yes, for stenosis")."""
    before = [cue for cue in clause.cued("reason") if cue.start < mention.start]
    mine = any(person.text == "my" and person.end == mention.start for person in clause.people)
    return mention.concept == AGE_RELATED and bool(before) and not mine


def only_brought_up(clause: Clause, mention: Mention) -> bool:
    """Asked about, read about, supposed: no statement."""
    for label in ("asking", "hypothetical", "not_for"):
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
    """Whether a forward cue reaches the mention before a stopping word does.

    The "no" of "no cushion left in my spine" is part of the thing itself.
    """
    itself = [term for term in clause.terms if term.start == mention.start and term.text.startswith("no ")]
    for cue in cues:
        if cue.start >= mention.end or (itself and cue.start == mention.start):
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
