"""The chain that holds the audit together: each entry's hash covers the entry and the hash before it. Pure.

The hash is keyed (HMAC-SHA256, RFC 2104) and the key is not in the database: whoever can write there, and even drop the
triggers, cannot make a chain that fits. What no chain shows by itself is that its newest entries are gone; for that a
head which was noted elsewhere is looked for in it.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

FIRST_PREVIOUS_HASH = "0" * 64
"""What stands before the first entry."""


@dataclass(frozen=True)
class ChainedEntry:
    """One entry of the audit as it is stored."""

    sequence: int
    """1 for the first, then one more each."""
    at: datetime
    actor: str
    """Who, as it was written then: a sign-in name, or where the command was given."""
    staff_id: int | None
    action: str
    subject: str | None
    outcome: str
    reason: str | None = field(repr=False)
    detail: Mapping[str, Any] | None = field(repr=False)
    previous_hash: str
    hash: str


@dataclass(frozen=True)
class ChainHead:
    """The newest entry: enough to find out later whether the chain still holds it."""

    sequence: int
    hash: str

    @classmethod
    def parse(cls, text: str) -> "ChainHead":
        """Read a head as `str` writes it; raises ValueError when it is not one."""
        sequence, colon, digits = text.strip().partition(":")
        if not colon or not sequence.isdecimal() or len(digits) != len(FIRST_PREVIOUS_HASH):
            raise ValueError("a head of the audit is written like 1234:9f3c…, a number and 64 hexadecimal digits")
        return cls(sequence=int(sequence), hash=digits.lower())

    def __str__(self) -> str:
        return f"{self.sequence}:{self.hash}"


EMPTY_HEAD = ChainHead(sequence=0, hash=FIRST_PREVIOUS_HASH)
"""The head while nothing has been entered."""


@dataclass(frozen=True)
class ChainBreak:
    """A place where the chain does not hold."""

    sequence: int
    what: str


def entry_hash(key: bytes, entry: ChainedEntry) -> str:
    """What the entry's hash must be: 64 hexadecimal digits."""
    content = json.dumps(
        [
            entry.sequence,
            entry.at.astimezone(timezone.utc).isoformat(timespec="microseconds"),
            entry.actor,
            entry.staff_id,
            entry.action,
            entry.subject,
            entry.outcome,
            entry.reason,
            entry.detail,
            entry.previous_hash,
        ],
        sort_keys=True,
        separators=(",", ":"),
    )
    return hmac.new(key, content.encode(), hashlib.sha256).hexdigest()


def chain_breaks(entries: Iterable[ChainedEntry], *, key: bytes, noted: ChainHead = EMPTY_HEAD) -> Iterator[ChainBreak]:
    """Every place where the entries, in their order from the first on, are not as they were written.

    Args:
        entries: the whole audit.
        key: the key it was written with.
        noted: a head that was read from it before; it must still be there.
    """
    last, held = EMPTY_HEAD, noted == EMPTY_HEAD
    for entry in entries:
        yield from _breaks_at(entry, last=last, key=key)
        last = ChainHead(sequence=entry.sequence, hash=entry.hash)
        held = held or last == noted
    if not held:
        yield ChainBreak(
            noted.sequence, "the head that was noted is not in the audit: entries are gone, or were replaced"
        )


def _breaks_at(entry: ChainedEntry, *, last: ChainHead, key: bytes) -> Iterator[ChainBreak]:
    if entry.sequence != last.sequence + 1:
        yield ChainBreak(entry.sequence, f"entries are missing or out of order: before it stands {last.sequence}")
    elif entry.previous_hash != last.hash:
        yield ChainBreak(entry.sequence, "it does not follow the entry before it")
    if not hmac.compare_digest(entry_hash(key, entry), entry.hash):
        yield ChainBreak(entry.sequence, "it was changed, or written with another key")
