"""What is said of the keys at the terminal: by their fingerprints, never themselves."""

from collections import Counter
from collections.abc import Sequence

from candidacy.keys.reindexing import IndexUsage
from candidacy.keys.rotation import Usage
from candidacy.records.keys.rotation import NO_KEY


def usage_lines(usage: Usage, *, fingerprints: Sequence[str], source: str) -> list[str]:
    """How many rows each encryption key has.

    Args:
        usage: what was counted.
        fingerprints: of the keys, newest first.
        source: where the keys come from.
    """
    unused = "no longer in use: it can be taken away"
    lines = [f"Encryption keys in {source}, newest first:", *_counted(usage.rows, fingerprints, unused=unused)]
    if usage.unreadable_in:
        lines.append(f"Rows that none of the keys opens are in: {', '.join(usage.unreadable_in)}.")
    return lines


def index_lines(usage: IndexUsage, *, fingerprints: Sequence[str], source: str) -> list[str]:
    """How many rows are found under each index key."""
    unused = "numbers known by it alone may be left" if usage.kept else "no longer in use: it can be taken away"
    lines = [f"Index keys in {source}, newest first:", *_counted(usage.rows, fingerprints, unused=unused)]
    if usage.kept:
        lines.append(
            f"{usage.kept} numbers that stopped texts and whose data was deleted are known by a fingerprint alone. "
            "Without the index key that made it they would be texted again: keep every index key."
        )
    return lines


def _counted(rows: Counter[int | None], fingerprints: Sequence[str], *, unused: str) -> list[str]:
    lines = []
    for place, fingerprint in enumerate(fingerprints):
        said = "in use" if place == 0 else "still in use" if rows[place] else unused
        lines.append(f"  {fingerprint}  {rows[place]:>9,} rows  {said}")
    if rows[NO_KEY]:
        lines.append(f"  {'no key':8}  {rows[NO_KEY]:>9,} rows")
    return lines
