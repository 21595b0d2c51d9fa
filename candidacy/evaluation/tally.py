"""Marks counted: by score, and in groups with the worst first."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from candidacy.evaluation.scored import RIGHT, Mark


@dataclass(frozen=True)
class Tally:
    """How often each score was given in a group of marks."""

    name: str
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many marks there are."""
        return sum(self.counts.values())

    @property
    def right(self) -> int:
        """How many of them are right."""
        return self.counts.get(RIGHT, 0)


def tally_all(marks: Sequence[Mark]) -> Tally:
    """All marks together."""
    return Tally("total", Counter(mark.score for mark in marks))


def tally_groups(marks: Sequence[Mark], table: str) -> tuple[Tally, ...]:
    """The groups of a table, the one with the smallest right share first; of equal ones the larger first."""
    groups: dict[str, Counter[str]] = {}
    for mark in marks:
        groups.setdefault(mark.groups[table], Counter())[mark.score] += 1
    tallies = [Tally(name, counts) for name, counts in groups.items()]
    return tuple(sorted(tallies, key=lambda tally: (tally.right / tally.total, -tally.total, tally.name)))


def percentile(values: Sequence[float], share: float) -> float:
    """The least value that at least this share of the values do not exceed (the nearest rank).

    Raises:
        ValueError: there are no values.
    """
    if not values:
        raise ValueError("no values have no percentile")
    return sorted(values)[max(math.ceil(share * len(values)), 1) - 1]
