"""Which encryption keys are in use, and everything that is encrypted brought under the newest."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from candidacy.keys.steps import Steps
from candidacy.records.encryption import Cipher
from candidacy.records.keys.encrypted_tables import EncryptedTable, encrypted_tables
from candidacy.records.keys.rotation import NO_KEY, Look, look, rotate

ROUNDS = 5
"""How often everything is looked through: what somebody else had at the moment comes again."""

Seen = Callable[[int], None]
"""Told how many rows were looked at."""


@dataclass(frozen=True)
class Usage:
    """How many rows use which encryption key, by its place (0 is the newest), or `NO_KEY`, and where no key opens them.

    A row with several encrypted values may use several keys.
    """

    rows: Counter[int | None]
    unreadable_in: tuple[str, ...]

    @property
    def old(self) -> int:
        """How many rows are under older keys."""
        return sum(count for place, count in self.rows.items() if place not in (0, NO_KEY))


@dataclass(frozen=True)
class Rotation:
    """How many rows were written anew, and how everything stands now."""

    rotated: int
    usage: Usage

    @property
    def is_whole(self) -> bool:
        """Whether everything is under the newest key."""
        return self.usage.old == 0 and not self.usage.unreadable_in


def count_rows(steps: Steps) -> int:
    """How many rows there are to look at."""
    return sum(steps.read(table.count) for table in encrypted_tables())


def key_usage(steps: Steps, *, cipher: Cipher, seen: Seen) -> Usage:
    """Which encryption keys are in use.

    Raises:
        KeysError: the database cannot be used.
    """
    return _walk(steps, cipher=cipher, seen=seen, found=lambda table, step: None)


def rotate_all(steps: Steps, *, cipher: Cipher, seen: Seen) -> Rotation:
    """Bring everything under the newest key, beside running processes; may be stopped at any instant and begun again.

    Raises:
        KeysError: the database cannot be used.
    """
    rotated = 0

    def found(table: EncryptedTable, step: Look) -> None:
        nonlocal rotated
        if step.old:
            written = steps.write(partial(rotate, cipher=cipher, table=table, positions=step.old))
            rotated += written.rotated

    # The last round finds nothing old: what was found was found before it was written anew.
    usage = _walk(steps, cipher=cipher, seen=seen, found=found)
    for _ in range(ROUNDS):
        if usage.old == 0:
            break
        steps.pause()
        usage = _walk(steps, cipher=cipher, seen=lambda rows: None, found=found)
    return Rotation(rotated=rotated, usage=usage)


def _walk(steps: Steps, *, cipher: Cipher, seen: Seen, found: Callable[[EncryptedTable, Look], None]) -> Usage:
    rows: Counter[int | None] = Counter()
    unreadable = []
    for table in encrypted_tables():
        after = None
        while True:
            step = steps.read(partial(look, cipher=cipher, table=table, after=after))
            rows += step.by_key
            if step.by_key[NO_KEY]:
                unreadable.append(table.name)
            found(table, step)
            seen(step.rows)
            if step.end is None:
                break
            after = step.end
    return Usage(rows=rows, unreadable_in=tuple(dict.fromkeys(unreadable)))
