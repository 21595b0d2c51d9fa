"""What an evaluation has come to so far: marks, times and failures, and the rows out."""

import json
from dataclasses import dataclass, field
from typing import TextIO

from candidacy.assistant.texts import Texts
from candidacy.evaluation.labelled_file import LabelledRow
from candidacy.evaluation.scored import Exchange, Mark


@dataclass
class Results:
    """Collects the rows; writes each to `out`, if there is one, as soon as it is there."""

    texts: Texts
    out: TextIO | None = None
    marks: list[Mark] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    """The times of the turns that were answered."""
    failures: list[str] = field(default_factory=list)
    """The turns that were not, as they are told."""

    def take(self, row: LabelledRow, exchange: Exchange) -> None:
        """Score a row and write it out."""
        scored = row.case.scored(exchange, self.texts)
        self.marks += scored.marks
        if exchange.failure is None:
            self.seconds.append(exchange.seconds)
        else:
            self.failures.append(f"{row.path}, line {row.line}: the turn failed ({exchange.failure}): {row.case.text}")
        if self.out is not None:
            self.out.write(json.dumps(scored.row, ensure_ascii=False) + "\n")
            self.out.flush()
