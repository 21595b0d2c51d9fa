"""Which index keys are in use, and every number and name found under the newest."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from candidacy.keys.errors import KeysError
from candidacy.keys.rotation import ROUNDS, Seen
from candidacy.keys.steps import Steps
from candidacy.records.encryption import Cipher, EncryptionKeyError
from candidacy.records.keys.reindexing import INDEXED_TABLES, Indexed, IndexedTable


@dataclass(frozen=True)
class IndexUsage:
    """How many rows are found under which index key, by its place (0 is the newest), or under none (None).

    Attributes:
        rows: those whose value can be read, and so be indexed anew.
        old: how many of them are to be: under an older key, or with another name than they are found by.
        kept: how many are known by a fingerprint alone, under a key that nobody can tell.
    """

    rows: Counter[int | None]
    old: int
    kept: int


@dataclass(frozen=True)
class Reindexing:
    """How many rows were indexed anew, and how everything stands now."""

    reindexed: int
    usage: IndexUsage

    @property
    def is_whole(self) -> bool:
        """Whether everything that can be is under the newest key."""
        return self.usage.old == 0


def count_indexed(steps: Steps) -> int:
    """How many rows there are to look at."""
    return sum(steps.read(table.count) for table in INDEXED_TABLES)


def index_usage(steps: Steps, *, cipher: Cipher, seen: Seen) -> IndexUsage:
    """Which index keys are in use.

    Raises:
        KeysError: the database cannot be used, or no encryption key opens what is indexed.
    """
    return _walk(steps, cipher=cipher, seen=seen, found=lambda table, step: None)


def reindex_all(steps: Steps, *, cipher: Cipher, seen: Seen) -> Reindexing:
    """Have everything found under the newest index key, beside running processes; may be stopped and begun again.

    Raises:
        KeysError: the database cannot be used, or no encryption key opens what is indexed.
    """
    reindexed = 0

    def found(table: IndexedTable, step: Indexed) -> None:
        nonlocal reindexed
        if step.old:
            reindexed += steps.write(partial(_reindex, table=table, cipher=cipher, rows=step.old))

    usage = _walk(steps, cipher=cipher, seen=seen, found=found)
    for _ in range(ROUNDS):
        if usage.old == 0:
            break
        steps.pause()
        usage = _walk(steps, cipher=cipher, seen=lambda rows: None, found=found)
    return Reindexing(reindexed=reindexed, usage=usage)


def _reindex(session: Session, *, table: IndexedTable, cipher: Cipher, rows: Sequence[Any]) -> int:
    return sum(table.reindex(session, cipher=cipher, row=row) for row in rows)


def _walk(steps: Steps, *, cipher: Cipher, seen: Seen, found: Callable[[IndexedTable, Indexed], None]) -> IndexUsage:
    rows: Counter[int | None] = Counter()
    old = kept = 0
    for table in INDEXED_TABLES:
        after = None
        while True:
            try:
                step = steps.read(partial(table.look, cipher=cipher, after=after))
            except EncryptionKeyError:
                raise KeysError(
                    f"In {table.name} there are rows that none of the encryption keys opens: "
                    "bring back the key that belongs to them."
                ) from None
            rows += step.by_key
            old += len(step.old)
            kept += step.kept
            found(table, step)
            seen(step.rows)
            if step.end is None:
                break
            after = step.end
    return IndexUsage(rows=rows, old=old, kept=kept)
