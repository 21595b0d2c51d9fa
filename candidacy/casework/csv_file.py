"""Lists as CSV that no spreadsheet takes for formulas, with a mark of who took them out, when and why."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What makes a spreadsheet read a cell as a formula, in full width too; OWASP, "CSV Injection"."""
NEUTRALIZER = "'"
"""In front of a cell it makes a spreadsheet read text."""


@dataclass(frozen=True)
class ExportMark:
    """Who took something out of the console, when and why."""

    who: str
    at: datetime
    reason: str


def neutralized(cell: object) -> str:
    """A cell that no spreadsheet runs; nothing is an empty one."""
    text = "" if cell is None else str(cell)
    return NEUTRALIZER + text if text.lstrip(" \u00a0").startswith(_FORMULA_STARTS) else text


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]], *, mark: ExportMark) -> str:
    """The table as CSV (RFC 4180), its last line saying who took it, when and why."""
    target = io.StringIO()
    writer = csv.writer(target)
    for row in (header, *rows, ("exported", mark.who, mark.at.isoformat(), mark.reason)):
        writer.writerow([neutralized(cell) for cell in row])
    return target.getvalue()
