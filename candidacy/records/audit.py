"""The audit: who did what, when, to what and why; entries are added, and nothing ever changes or deletes one.

An entry names conversations and accounts by their ids. It holds no words of a visitor's, since it outlives what they
have deleted.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from candidacy.records.audit_chain import EMPTY_HEAD, ChainBreak, ChainedEntry, ChainHead, chain_breaks, entry_hash
from candidacy.records.staff_tables import audit_entries

ADVISORY_LOCK = 7_446_202
"""The number under which PostgreSQL lets one transaction after the other add entries."""
READ_AT_ONCE = 1000


@dataclass(frozen=True)
class Entry:
    """What is to be entered."""

    action: str
    """What was to be done, as a dotted name: ``conversation.view``."""
    actor: str
    """Who did it: a sign-in name, or where the command was given."""
    staff_id: int | None = None
    subject: str | None = None
    """To what, as kind and id: ``conversation/4f2a``, ``staff/7``."""
    outcome: str = "done"
    """``done``, or ``refused``."""
    reason: str | None = field(default=None, repr=False)
    """Why, in the words of who did it, where a reason is asked for."""
    detail: Mapping[str, Any] | None = field(default=None, repr=False)
    """More about it in numbers, ids and names of settings."""


@dataclass(frozen=True)
class AuditReport:
    """What looking through the whole audit found."""

    head: ChainHead
    breaks: tuple[ChainBreak, ...]


def append_entry(session: Session, *, key: bytes, entry: Entry, now: datetime) -> int:
    """Add an entry within the transaction that does what it tells of; gives its number.

    Transactions that add entries follow one after the other, so add it near the transaction's end.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": ADVISORY_LOCK})
    last = audit_head(session)
    chained = ChainedEntry(
        sequence=last.sequence + 1,
        at=now,
        actor=entry.actor,
        staff_id=entry.staff_id,
        action=entry.action,
        subject=entry.subject,
        outcome=entry.outcome,
        reason=entry.reason,
        detail=None if entry.detail is None else dict(entry.detail),
        previous_hash=last.hash,
        hash="",
    )
    session.execute(insert(audit_entries).values({**vars(chained), "hash": entry_hash(key, chained)}))
    return chained.sequence


def audit_head(session: Session) -> ChainHead:
    """The newest entry."""
    row = session.execute(
        select(audit_entries.c.sequence, audit_entries.c.hash).order_by(audit_entries.c.sequence.desc()).limit(1)
    ).one_or_none()
    return EMPTY_HEAD if row is None else ChainHead(sequence=row.sequence, hash=row.hash)


def audit_page(
    session: Session, *, before: int | None = None, subject: str | None = None, limit: int = 50
) -> list[ChainedEntry]:
    """Entries, newest first.

    Args:
        session: the transaction.
        before: only those older than this number.
        subject: only those about this.
        limit: how many at most.
    """
    query = select(audit_entries).order_by(audit_entries.c.sequence.desc()).limit(limit)
    if before is not None:
        query = query.where(audit_entries.c.sequence < before)
    if subject is not None:
        query = query.where(audit_entries.c.subject == subject)
    return [_entry(row) for row in session.execute(query)]


def verify_audit(session: Session, *, key: bytes, noted: ChainHead = EMPTY_HEAD) -> AuditReport:
    """Look through the whole audit for entries that were changed, taken out, put in or cut off.

    Args:
        session: the transaction.
        key: the key the audit is written with.
        noted: a head that was read before; it must still be in the audit.
    """
    breaks = tuple(chain_breaks(_all_entries(session), key=key, noted=noted))
    return AuditReport(head=audit_head(session), breaks=breaks)


def _all_entries(session: Session) -> Iterator[ChainedEntry]:
    query = select(audit_entries).order_by(audit_entries.c.sequence)
    for row in session.execute(query.execution_options(yield_per=READ_AT_ONCE)):
        yield _entry(row)


def _entry(row: Any) -> ChainedEntry:
    return ChainedEntry(**row._mapping)
