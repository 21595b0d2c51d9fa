"""The result for programs: one JSON document."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.side_by_side.figures import Outcome, Spread

DIGITS = 4


def document(outcomes: Sequence[Outcome], *, about: Mapping[str, Any], series: Mapping[str, Any]) -> dict[str, Any]:
    """Everything that was measured.

    Args:
        outcomes: the rows.
        about: the machine, the time, and how it was measured.
        series: times that are plotted, in milliseconds, by name.
    """
    return {
        "about": dict(about),
        "rows": {outcome.row.key: _row(outcome) for outcome in outcomes},
        "series": {name: [rounded(value) for value in values] for name, values in series.items()},
    }


def write_document(path: Path, content: Mapping[str, Any]) -> None:
    """Write it, and the folder it is in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def rounded(value: float) -> float:
    """A figure with as many digits as mean something."""
    return float(f"{value:.{DIGITS}g}")


def _row(outcome: Outcome) -> dict[str, Any]:
    row = outcome.row
    return {
        "title": row.title,
        "unit": row.unit,
        "subject": {"of": row.subject, **_spread(outcome.subject), "runs": [*map(rounded, outcome.runs.subject)]},
        "reference": None
        if outcome.reference is None
        else {"of": row.reference, **_spread(outcome.reference), "runs": [*map(rounded, outcome.runs.reference)]},
        "ratio": None if outcome.ratio is None else _spread(outcome.ratio),
        "target": {
            name: value
            for name in ("ratio_at_most", "ratio_at_least", "at_most")
            if (value := getattr(row, name)) is not None
        },
        "reached": outcome.shortfall is None,
        "shortfall": outcome.shortfall,
        "note": outcome.runs.note,
    }


def _spread(spread: Spread) -> dict[str, float]:
    return {name: rounded(value) for name, value in asdict(spread).items()}
