"""What is made of the runs: medians, the spread, the ratio, and whether the target is reached."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from bench.side_by_side.rows import Row


@dataclass(frozen=True)
class Runs:
    """What several runs of one row gave, in the row's unit and in the order of the runs."""

    subject: tuple[float, ...]
    reference: tuple[float, ...] = ()
    note: str = ""
    """What must be known to read the figures."""


@dataclass(frozen=True)
class Spread:
    """The median of several runs, and the least and the most of them."""

    median: float
    least: float
    most: float


@dataclass(frozen=True)
class Outcome:
    """A row with what was measured."""

    row: Row
    runs: Runs
    subject: Spread
    reference: Spread | None
    ratio: Spread | None
    """The ratio of the medians. Its least and most are of the runs, where both figures have as many: those of one run
    were taken next to each other."""
    shortfall: str | None
    """By how much the target is missed, in words; None where it is reached."""


def outcome(row: Row, runs: Runs) -> Outcome:
    """What came of a row; its runs hold at least one figure, and of the reference too where the row has one."""
    subject = spread(runs.subject)
    reference = spread(runs.reference) if row.reference is not None else None
    ratio = _ratio(runs, subject, reference) if reference is not None else None
    return Outcome(row, runs, subject, reference, ratio, shortfall(row, subject, ratio))


def spread(values: Sequence[float]) -> Spread:
    """The median, the least and the most."""
    return Spread(statistics.median(values), min(values), max(values))


def percentile_95(values: Sequence[float]) -> float:
    """What 95 of 100 values stay below; of at least two."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def shortfall(row: Row, subject: Spread, ratio: Spread | None) -> str | None:
    """By how much the medians miss the row's target, in words."""
    missed = []
    if ratio is not None and row.ratio_at_most is not None and ratio.median > row.ratio_at_most:
        missed.append(f"{ratio.median / row.ratio_at_most:.2f} times the ratio aimed at")
    if ratio is not None and row.ratio_at_least is not None and ratio.median < row.ratio_at_least:
        missed.append(f"{ratio.median / row.ratio_at_least:.2f} of the ratio aimed at")
    if row.at_most is not None and subject.median > row.at_most:
        missed.append(f"{subject.median - row.at_most:.3g} {row.unit} too much")
    return " and ".join(missed) or None


def _ratio(runs: Runs, subject: Spread, reference: Spread) -> Spread:
    of_medians = subject.median / reference.median
    if len(runs.subject) == len(runs.reference):
        each = [one / other for one, other in zip(runs.subject, runs.reference, strict=True)]
    else:
        each = [one / reference.median for one in runs.subject]
    return Spread(of_medians, min(each), max(each))
