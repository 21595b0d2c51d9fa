"""Weighs what the written rules read in a statement against what was learnt from examples."""

from dataclasses import dataclass, replace

from candidacy.language.reading import Finding, Reading
from candidacy.language.statement_classifier import Opinion, Opinions
from candidacy.language.statement_examples import NOTHING
from candidacy.language.subjects import SELF


@dataclass(frozen=True, kw_only=True)
class OpinionGates:
    """From which probability, 0 to 1, an opinion counts.

    Attributes:
        doubt: What the rules read as the answer stands if it is at least so likely among yes, no and unknown; otherwise
            it is confirmed.
        doubt_volunteered: The same for what is said of something that was not asked.
        store: An answer that the rules did not read is taken if it is at least so likely.
        said: If it is at least so likely that the question is answered, though not how, the answer is confirmed;
            if it has words that bear on one ("purple" has none), and tells of nothing else that the screening asks.
    """

    doubt: float = 0.7
    doubt_volunteered: float = 0.15
    store: float = 0.9
    said: float = 0.8

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if not 0 <= value <= 1:
                raise ValueError(f"{name} must lie between 0 and 1, not {value!r}")


def weighed(reading: Reading, opinions: Opinions, *, asked: str | None, gates: OpinionGates) -> Reading:
    """The reading with what is doubtful left to be confirmed, and with the answer that the rules did not see.

    A message written for somebody else is left to the rules: whose history it tells is not learnt.
    """
    if reading.for_another:
        return reading
    doubted = tuple(finding for finding in reading.findings if _is_doubted(finding, opinions, asked, gates))
    reading = replace(
        reading,
        findings=tuple(finding for finding in reading.findings if finding not in doubted),
        unclear=_with(reading.unclear, *(finding.concept for finding in doubted)),
    )
    if asked is None:
        return reading
    opinion = opinions[asked]
    found = any(finding.concept == asked and finding.subject == SELF for finding in reading.findings)
    if reading.answer is not None and _among_stated(opinion, reading.answer) < gates.doubt:
        return replace(reading, answer=None, unclear=_with(reading.unclear, asked))
    if found or reading.answer is not None or asked in (finding.concept for finding in doubted):
        return reading
    likeliest = max(opinion, key=lambda value: opinion[value])
    if likeliest != NOTHING and opinion[likeliest] >= gates.store:
        return replace(reading, answer=likeliest, unclear=tuple(c for c in reading.unclear if c != asked))
    if reading.bearing and not reading.findings and 1 - opinion[NOTHING] >= gates.said:
        return replace(reading, unclear=_with(reading.unclear, asked))
    return reading


def _is_doubted(finding: Finding, opinions: Opinions, asked: str | None, gates: OpinionGates) -> bool:
    if finding.subject != SELF or finding.concept not in opinions:
        return False
    opinion = opinions[finding.concept]
    if finding.concept == asked:
        return _among_stated(opinion, finding.value) < gates.doubt
    return opinion[finding.value] < gates.doubt_volunteered


def _among_stated(opinion: Opinion, value: str) -> float:
    """How likely a value is, given that something is said: a question beside an answer makes it no less clear."""
    stated = 1 - opinion[NOTHING]
    return opinion[value] / stated if stated else 0.0


def _with(concepts: tuple[str, ...], *more: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*concepts, *more)))
