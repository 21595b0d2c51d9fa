"""Reads what a clause answers without naming anything: a bare yes, "never had such a thing", "the scan was clear"."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from candidacy.language.answers import AnswerReader
from candidacy.language.clause import Clause
from candidacy.language.clause_reading import NO, YES, is_reason
from candidacy.language.concepts import AGE_RELATED, FRACTURE, SCREENING_CONCEPTS, STENOSIS_SURGERY
from candidacy.language.sayings import value_of
from candidacy.language.subjects import OTHER, SELF, persons_of

_PICTURES_ANSWER = (FRACTURE, AGE_RELATED)
_MOST_WORDS = 8
_BEGINNINGS = frozenset(("so", "yes", "yeah", "yep", "yup", "no", "nope", "nah", "naw"))
_QUOTING = frozenset(("say", "says", "said", "saying", "told"))
_ENDINGS = frozenset(("yes", "yeah", "yep", "yup", "no", "nope", "nah"))
_CONCLUDE = ("so", "anyway", "anyways", "therefore", "thus", "hence", "basically", "bottom", "overall", "altogether")


@dataclass(frozen=True)
class ShortAnswer:
    """What one clause answers.

    Attributes:
        value: yes, no or unknown; None when the clause contradicts itself.
        subject: Of whom: ``self``, unless the clause speaks of others alone.
        place: The clause's number in the message.
        final: Whether the clause draws the conclusion of the message ("so no, never").
        counting: Whether it only says how often ("twice"), which is a yes beside nothing else.
        of_writer: Whether the clause names the writer ("not me").
        firm: Whether the whole clause was understood, and not only how it begins.
    """

    value: str | None
    subject: str
    place: int
    final: bool = False
    counting: bool = False
    of_writer: bool = False
    firm: bool = False


def short_answers(
    clauses: Sequence[Clause], reader: AnswerReader, *, asked: str | None, stated: Collection[int] = ()
) -> list[ShortAnswer]:
    """The short answers of a message, in order; questions have none.

    Args:
        clauses: The message.
        reader: Knows the bare answers.
        asked: The concept of the question just put.
        stated: The numbers of the clauses that state something of that concept in full.
    """
    answers: list[ShortAnswer] = []
    told = [place for place, clause in enumerate(clauses) if not clause.is_question]
    for place in told:
        clause = clauses[place]
        if reader.only_counts(clause.folded):
            answers.append(ShortAnswer(YES, SELF, place, counting=True))
            continue
        if answers and answers[-1].subject == OTHER and clause.cued("me_too"):
            answers.append(ShortAnswer(answers[-1].value, SELF, place, firm=True, of_writer=True))
            continue
        read = _read(clause, reader, asked=asked, first=place == told[0], in_full=place in stated)
        if read is not None:
            _, own = persons_of(clause)
            concludes = place > 0 and clause.folded.split()[0].strip(",") in _CONCLUDE
            answers.append(
                ShortAnswer(
                    read.value,
                    _subject(clause),
                    place,
                    final=concludes and read.value is not None,
                    of_writer=bool(own),
                    firm=read.firm,
                )
            )
    return answers


@dataclass(frozen=True)
class _Read:
    value: str | None
    firm: bool


def _read(clause: Clause, reader: AnswerReader, *, asked: str | None, first: bool, in_full: bool) -> _Read | None:
    if clause.cued("clear_pictures") and asked in _PICTURES_ANSWER:
        return _Read(NO, firm=True)
    if asked == STENOSIS_SURGERY and clause.cued("not_for"):
        return None
    whole = reader.whole(clause.folded) or reader.whole(_with_pronoun(clause))
    if whole is not None:
        return _Read(whole, firm=True)
    opens = clause.folded.split()[0].strip(",.!") in _BEGINNINGS
    may_begin = first or (opens and not _names_another_thing(clause, asked))
    beginning = _beginning(clause, reader) if may_begin else None
    begun = None if beginning is None else _Read(beginning, firm=False)
    if asked is None or in_full or _names_another_thing(clause, asked):
        return begun
    said, contradicts = value_of(clause.sayings, asked=asked)
    if said is None and begun is None and not contradicts:
        return _from_level_or_end(clause, reader)
    if said is None:
        return begun or _Read(None, firm=False)
    if said == YES and (_is_of_another_part(clause) or _is_denied(clause)):
        return _Read(None, firm=False)
    return _Read(said if beginning in (None, said) else None, firm=True)


def _beginning(clause: Clause, reader: AnswerReader) -> str | None:
    """The answer that a clause begins with, up to the first comma or as far as it is known ("I did, at the top")."""
    begun = reader.beginning(clause.folded)
    before, comma, _ = clause.folded.partition(",")
    return begun or (reader.whole(before) if comma else None)


def _from_level_or_end(clause: Clause, reader: AnswerReader) -> _Read | None:
    """A bare "L4, 2019" names what was asked about; "that is it, yes" answers at its end."""
    rest = clause.folded
    for start, end in sorted((*clause.details.level_spans, *clause.details.time_spans), reverse=True):
        rest = f"{rest[:start]} {rest[end:]}"
    if clause.details.levels and reader.says_nothing(rest):
        return _Read(YES, firm=True)
    reasons_alone = all(is_reason(clause, mention) for mention in clause.mentions)
    if not reasons_alone or any("elsewhere_part" in term.labels for term in clause.terms):
        return None
    words = clause.folded.strip(" .!").split()
    ends = 1 < len(words) <= _MOST_WORDS and words[-1] in _ENDINGS and words[-2] not in _QUOTING
    ending = reader.whole(words[-1]) if ends else None
    return None if ending is None or clause.cued("uncertain") else _Read(ending, firm=False)


def _is_denied(clause: Clause) -> bool:
    """Whether a denial stands before what is said ("never saw one") and is not part of it ("can't say I haven't")."""
    affirmed = [saying for saying in clause.sayings if any(label.endswith(":yes") for label in saying.labels)]
    denials = [cue for cue in clause.cues if cue.labels & {"not_before", "never_had"}]
    return bool(affirmed) and all(any(cue.end <= saying.start for cue in denials) for saying in affirmed)


def _is_of_another_part(clause: Clause) -> bool:
    labels = {label for term in clause.terms for label in term.labels}
    return "elsewhere_part" in labels and "spine_part" not in labels


def _names_another_thing(clause: Clause, asked: str | None) -> bool:
    return any(
        mention.concept in SCREENING_CONCEPTS
        and mention.concept != asked
        and not (asked == STENOSIS_SURGERY and is_reason(clause, mention))
        for mention in clause.mentions
    )


def _with_pronoun(clause: Clause) -> str:
    """The clause with "she" for the relative that it begins with, so that "my mother did" reads as "she did"."""
    others, _ = persons_of(clause)
    if not others or len(clause.folded.split()) > _MOST_WORDS:
        return ""
    before, named, after = clause.folded.partition(others[0].text)
    return f"she{after}" if named and before.strip() in ("", "my", "our", "her", "his", "the") else ""


def _subject(clause: Clause) -> str:
    others, own = persons_of(clause)
    if own:
        return SELF
    third = [person for person in clause.people if "third_person" in person.labels]
    acts = any(0 <= cue.start - person.end <= 1 for person in third for cue in clause.cued("clinician_acts"))
    return OTHER if others or (third and not acts) else SELF
