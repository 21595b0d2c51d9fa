"""Key rotation in small steps: looking at some rows, and writing those anew that are not under the newest key.

Nothing waits for a row that somebody else has at the moment: it is left for another round. So rotation is safe beside
running processes, and may be killed at any instant: whatever is under the newest key already is done.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from candidacy.records.encryption import Cipher
from candidacy.records.keys.encrypted_tables import EncryptedTable, Position

STEP_ROWS = 200
"""How many rows are looked at, and written at most, in one transaction: some hundredths of a second."""

NO_KEY = None
"""In place of a key where none opens a value."""


@dataclass(frozen=True)
class Look:
    """What some rows are encrypted with.

    Attributes:
        rows: how many were looked at.
        by_key: how many rows use which key, by its place (0 is the newest), or `NO_KEY`; a row may use several.
        old: the rows that rotation writes anew.
        end: where the next look goes on; None where this was the last.
    """

    rows: int
    by_key: Counter[int | None]
    old: tuple[Position, ...]
    end: Position | None


@dataclass(frozen=True)
class Written:
    """How many rows were written anew, and how many were left: to another transaction, or because no key opens them."""

    rotated: int
    left: int


def look(session: Session, *, cipher: Cipher, table: EncryptedTable, after: Position | None) -> Look:
    """Look at the next rows of a table, `STEP_ROWS` at most, after a position or from the beginning."""
    rows = table.rows_after(session, after=after, limit=STEP_ROWS)
    by_key: Counter[int | None] = Counter()
    old = []
    for row in rows:
        keys = {cipher.key_of(value) for value in row.values.values()}
        by_key.update(keys)
        if keys - {0, NO_KEY}:
            old.append(row.position)
    end = rows[-1].position if len(rows) == STEP_ROWS else None
    return Look(rows=len(rows), by_key=by_key, old=tuple(old), end=end)


def rotate(session: Session, *, cipher: Cipher, table: EncryptedTable, positions: Sequence[Position]) -> Written:
    """Write some rows anew under the newest key."""
    rotated = 0
    rows = table.lock_rows(session, positions=positions)
    for row in rows:
        old = {name: value for name, value in row.values.items() if cipher.key_of(value) not in (0, NO_KEY)}
        if old:
            table.write(session, position=row.position, values={name: cipher.rotate(old[name]) for name in old})
        rotated += 1
    return Written(rotated=rotated, left=len(positions) - rotated)
