"""Where the figures are written down as they come."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.side_by_side.figures import Outcome, Runs, outcome
from bench.side_by_side.rows import ROWS, Row


@dataclass
class Notebook:
    """The runs of every row so far, and the times that are plotted."""

    subjects: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    references: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    notes: dict[str, str] = field(default_factory=dict)
    series: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """Milliseconds by name."""

    def add(self, key: str, *, subject: float | None = None, reference: float | None = None) -> None:
        """Write down a figure of a run, or both, in the row's unit."""
        if subject is not None:
            self.subjects[key].append(subject)
        if reference is not None:
            self.references[key].append(reference)

    def remark(self, key: str, note: str) -> None:
        """Write down what must be known to read a row's figures."""
        self.notes[key] = note

    def keep(self, name: str, seconds: Sequence[float]) -> None:
        """Write down times that are plotted."""
        self.series[name].extend(1000 * value for value in seconds)

    def outcomes(self) -> list[Outcome]:
        """What came of each row that was measured."""
        return [outcome(row, self._runs(row)) for row in ROWS if self._is_measured(row)]

    def _runs(self, row: Row) -> Runs:
        subject, reference = self.subjects[row.key], self.references[row.key]
        return Runs(tuple(subject), tuple(reference), self.notes.get(row.key, ""))

    def _is_measured(self, row: Row) -> bool:
        return bool(self.subjects[row.key]) and (row.reference is None or bool(self.references[row.key]))
