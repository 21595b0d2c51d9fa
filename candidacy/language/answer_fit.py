"""Puts the short answers of a message and its findings together: what counts as the answer to the question put.

What contradicts itself is nobody's answer: it is left unclear, to be confirmed, rather than stored the wrong way.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from candidacy.language.clause import Clause
from candidacy.language.clause_reading import NO, UNKNOWN, YES
from candidacy.language.concepts import (
    AGE_RELATED,
    FRACTURE,
    FRACTURE_ELSEWHERE,
    OTHER_SURGERY,
    SCREENING_CONCEPTS,
    STENOSIS_SURGERY,
)
from candidacy.language.last_word import Placed
from candidacy.language.reading import Finding
from candidacy.language.sayings import InMessage
from candidacy.language.short_answers import ShortAnswer
from candidacy.language.subjects import OTHER, SELF, persons_of

_SOMETHING_ELSE = {FRACTURE: FRACTURE_ELSEWHERE, STENOSIS_SURGERY: OTHER_SURGERY}
_IN_ADDITION = frozenset(("also", "too", "plus", "and", "well", "either", "neither", "nor", "or"))
_TOO = frozenset(("too", "also", "well"))
_HAPPENED = frozenset(("did", "had", "done", "have"))
_PLAIN = frozenset(("no", "nope", "nah", "naw", "never", "n", "none"))


@dataclass(frozen=True)
class Fit:
    """What a message comes to for one question.

    ``dropped`` are findings that the rest of the message takes back; ``contradicts`` says that it was not clear.
    """

    answer: str | None
    dropped: tuple[Finding, ...] = ()
    contradicts: bool = False


def fit(
    shorts: Sequence[ShortAnswer],
    placed: Sequence[Placed],
    clauses: Sequence[Clause],
    message: InMessage,
    *,
    asked: str,
    subject: str = SELF,
) -> Fit:
    """The answer to the question put, from what the message says of it in short and in full about one subject."""
    own = [one for one in placed if one.finding.subject == subject]
    same = next((one for one in own if one.finding.concept == asked), None)
    if message.conclusion is not None:
        outdone = same is not None and same.finding.value != message.conclusion
        return Fit(message.conclusion, dropped=(same.finding,) if same and outdone else ())
    if "refusing" in message.kinds:
        return Fit(None)
    if "disagreeing" in message.kinds:
        doubtful = same is not None and same.finding.value != UNKNOWN
        return Fit(None, dropped=(same.finding,) if same and doubtful else (), contradicts=not same or doubtful)
    mine = [short for short in shorts if short.subject == subject or (subject == OTHER and not short.of_writer)]
    latest = _latest(mine, clauses)
    if same is not None and same.finding.value == YES and _is_doubted_later(clauses, after=same.place):
        return Fit(None, dropped=(same.finding,), contradicts=True)
    if same is not None:
        return _beside_finding(latest, same, clauses)
    if latest is None:
        listed = "complete" in message.kinds and _has_something_else([one.finding for one in own], asked)
        return Fit(NO if listed else None, contradicts=bool(mine))
    return _from_short(latest, shorts, own, clauses, message, asked=asked, subject=subject)


def _from_short(
    latest: ShortAnswer,
    shorts: Sequence[ShortAnswer],
    own: Sequence[Placed],
    clauses: Sequence[Clause],
    message: InMessage,
    *,
    asked: str,
    subject: str,
) -> Fit:
    """The short answer, when nothing beside it gives it another meaning."""
    findings = [one.finding for one in own]
    closer = [one.finding for one in own if not one.general]
    if latest.value == YES and _means_another_thing(clauses, closer, message, asked=asked, subject=subject):
        return Fit(None, contradicts=True)
    if latest.value == NO and _has_happened_after_all(clauses, shorts):
        return Fit(None, contradicts=True)
    if latest.value == NO and _belongs_elsewhere(clauses[latest.place], findings, message, asked=asked):
        return Fit(None, contradicts=True)
    understood = {short.place for short in shorts if short.firm}
    doubted = any(_doubts(clause) for place, clause in enumerate(clauses) if place not in understood)
    if latest.value != UNKNOWN and doubted and not latest.final:
        return Fit(UNKNOWN) if latest.value == YES else Fit(None, contradicts=True)
    return Fit(latest.value)


def _latest(mine: Sequence[ShortAnswer], clauses: Sequence[Clause]) -> ShortAnswer | None:
    """The short answer that counts: the conclusion, the one after a correction, or the one that all agree on."""
    telling = [short for short in mine if not short.counting] or list(mine)
    if not telling:
        return None
    if telling[-1].value in (YES, NO) and telling[-1].firm:
        # "They thought so" is overtaken by what came out.
        telling = [s for s in telling if s.value != UNKNOWN or not clauses[s.place].cued("past_belief")]
    final = [short for short in telling if short.final]
    if final:
        return final[-1]
    corrections = [
        place for place, clause in enumerate(clauses) if clause.cued("correction") or clause.cued("resolved")
    ]
    if corrections:
        after = [short for short in telling if short.place >= corrections[-1]]
        telling = after or telling
    values = {short.value for short in telling}
    if values == {YES, NO, UNKNOWN} and telling[-1].value == UNKNOWN:
        return telling[-1]
    return telling[-1] if len(values) == 1 and telling[-1].value else None


def _beside_finding(latest: ShortAnswer | None, same: Placed, clauses: Sequence[Clause]) -> Fit:
    """A finding outweighs a short answer before it ("no I have a herniated disk"); after it, they must agree."""
    said = same.finding.value
    if latest is None or latest.value == said:
        return Fit(said if latest is not None else None)
    if latest.final or (latest.place > same.place and _corrects(clauses, after=same.place)):
        return Fit(latest.value, dropped=(same.finding,))
    doubted = latest.value == YES and said == UNKNOWN and latest.place < same.place
    if doubted and _doubts_name_alone(clauses[same.place]):
        return Fit(YES, dropped=(same.finding,))
    if latest.place <= same.place or (said == YES and _is_fine_again(clauses[latest.place])):
        return Fit(None)
    if said == UNKNOWN:
        return Fit(latest.value, dropped=(same.finding,)) if latest.value == NO else Fit(None)
    if latest.value == UNKNOWN:
        not_known = same.finding.time == "planned" or same.general
        return Fit(UNKNOWN, dropped=(same.finding,)) if not_known else Fit(None)
    return Fit(None, dropped=(same.finding,), contradicts=True)


def _doubts_name_alone(clause: Clause) -> bool:
    """Whether a "yes" before makes an "I think" one of the name or the place ("yes, I think it was L3")."""
    of_a_name = {cue.start for cue in clause.cued("of_a_name")}
    return all(cue.start in of_a_name for cue in clause.cued("uncertain")) and not clause.cued("fearing")


def _is_fine_again(clause: Clause) -> bool:
    """Whether a clause says that the spine is fine: what was broken once may be."""
    return any("healthy:no" in saying.labels for saying in clause.sayings)


def _corrects(clauses: Sequence[Clause], *, after: int) -> bool:
    return any(clause.cued("correction") or clause.cued("resolved") for clause in clauses[after:])


def _is_doubted_later(clauses: Sequence[Clause], *, after: int) -> bool:
    return any(clause.cued("doubting_it") and not clause.mentions for clause in clauses[after + 1 :])


def _has_happened_after_all(clauses: Sequence[Clause], shorts: Sequence[ShortAnswer]) -> bool:
    """Whether a clause that nobody understood says that something did happen ("not now, but I did in 2010")."""
    understood = {short.place for short in shorts}
    return any(
        place not in understood
        and not clause.is_question
        and not clause.mentions
        and clause.details.times
        and not clause.cued("not_before")
        and bool(_HAPPENED & set(clause.folded.split()))
        for place, clause in enumerate(clauses)
    )


def _has_something_else(findings: Sequence[Finding], asked: str) -> bool:
    return any(finding.concept == _SOMETHING_ELSE.get(asked) and finding.value == YES for finding in findings)


def _means_another_thing(
    clauses: Sequence[Clause], own: Sequence[Finding], message: InMessage, *, asked: str, subject: str
) -> bool:
    if _has_something_else(own, asked):
        return True
    if asked == STENOSIS_SURGERY and any(clause.cued("planned") for clause in clauses):
        return True
    if asked == FRACTURE and any("elsewhere_part" in term.labels for clause in clauses for term in clause.terms):
        return True
    if asked == AGE_RELATED and any(_only_elsewhere(clause) for clause in clauses):
        return True
    others = subject == SELF and any(_speaks_of_others_alone(clause) for clause in clauses)
    if others and not _TOO & message.words and not any(clause.cued("me_too") for clause in clauses):
        return True
    another = [finding for finding in own if finding.concept in SCREENING_CONCEPTS and finding.value != NO]
    return bool(another) and not _IN_ADDITION & message.words


def _belongs_elsewhere(clause: Clause, own: Sequence[Finding], message: InMessage, *, asked: str) -> bool:
    """Whether a plain "no" only begins a denial of another thing: "no, never had surgery"."""
    denied = [finding for finding in own if finding.concept in SCREENING_CONCEPTS and finding.value == NO]
    plain = set(clause.folded.replace(",", " ").replace(".", " ").split()) <= _PLAIN
    return bool(denied) and plain and not _IN_ADDITION & message.words


def _only_elsewhere(clause: Clause) -> bool:
    """Whether a clause names other joints than those of the spine, and not the spine."""
    labels = {label for term in clause.terms for label in term.labels}
    return "elsewhere_part" in labels and "spine_part" not in labels


def _speaks_of_others_alone(clause: Clause) -> bool:
    others, own = persons_of(clause)
    return bool(others) and not own


def _doubts(clause: Clause) -> bool:
    """Whether a clause is in doubt about nothing else than the answer."""
    return bool(clause.cued("uncertain")) and not clause.is_question and not clause.mentions


def of_others(shorts: Sequence[ShortAnswer], clauses: Sequence[Clause], *, asked: str) -> list[Finding]:
    """What the short answers about somebody else say: "she's had one", "my brother never did"."""
    about = [short for short in shorts if short.subject == OTHER and short.value is not None]
    if len({short.value for short in about}) != 1:
        return []
    latest = about[-1]
    return [Finding(asked, str(latest.value), OTHER, "now", None, clauses[latest.place].text)]
