"""Red flags: alarming until somebody of the staff acknowledges them by name."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from candidacy.records.console.tables import red_flags
from candidacy.records.conversation_lock import lock_conversation
from candidacy.records.staff_tables import staff_accounts
from candidacy.records.tables import conversations


@dataclass(frozen=True)
class RedFlagRow:
    """Danger that a message spoke of, and who has seen it."""

    level: str
    category: str | None
    message_id: int | None
    at: datetime
    acknowledged_by: str | None
    acknowledged_at: datetime | None


def acknowledge(session: Session, *, conversation_id: str, staff_id: int, now: datetime) -> int:
    """Take note, by name, of every red flag of a conversation; returns how many were open.

    Raises:
        ConversationUnknown, ConversationErased: see `lock_conversation`.
    """
    lock_conversation(session, conversation_id=conversation_id)
    acknowledged = session.execute(
        update(red_flags)
        .where(red_flags.c.conversation_id == conversation_id, red_flags.c.acknowledged_at.is_(None))
        .values(acknowledged_by=staff_id, acknowledged_at=now)
    )
    session.execute(update(conversations).where(conversations.c.id == conversation_id).values(alarming=False))
    return int(acknowledged.rowcount)


def red_flags_of(session: Session, *, conversation_id: str) -> list[RedFlagRow]:
    """The red flags of a conversation, the newest first."""
    rows = session.execute(
        select(red_flags, staff_accounts.c.full_name)
        .outerjoin(staff_accounts, staff_accounts.c.id == red_flags.c.acknowledged_by)
        .where(red_flags.c.conversation_id == conversation_id)
        .order_by(red_flags.c.id.desc())
    )
    return [
        RedFlagRow(
            level=row.level,
            category=row.category,
            message_id=row.message_id,
            at=row.at,
            acknowledged_by=row.full_name,
            acknowledged_at=row.acknowledged_at,
        )
        for row in rows
    ]
