"""Legal holds: while one is in place, nothing of a conversation may be deleted, by anybody or by age."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from candidacy.records.console.tables import legal_holds
from candidacy.records.conversation_lock import lock_conversation
from candidacy.records.encryption import Cipher
from candidacy.records.staff_tables import staff_accounts


@dataclass(frozen=True)
class LegalHold:
    """A hold that is in place: who placed it, when and why."""

    id: int
    placed_by: str
    placed_at: datetime
    reason: str = field(repr=False)


def place_hold(
    session: Session, *, cipher: Cipher, conversation_id: str, staff_id: int, reason: str, now: datetime
) -> int:
    """Place a hold and return its id; several may be in place at once, and all must be lifted.

    Raises:
        ConversationUnknown, ConversationErased: see `lock_conversation`.
        ValueError: no reason is given.
    """
    if not reason.strip():
        raise ValueError("a hold must have a reason")
    lock_conversation(session, conversation_id=conversation_id)
    result = session.execute(
        insert(legal_holds).values(
            conversation_id=conversation_id,
            staff_id=staff_id,
            reason_encrypted=cipher.encrypt(reason.strip()),
            placed_at=now,
        )
    )
    return int(result.inserted_primary_key[0])


def lift_hold(session: Session, *, hold_id: int, staff_id: int, now: datetime) -> bool:
    """Lift a hold; returns False when it is not in place."""
    result = session.execute(
        update(legal_holds)
        .where(legal_holds.c.id == hold_id, legal_holds.c.lifted_at.is_(None))
        .values(lifted_by=staff_id, lifted_at=now)
    )
    return bool(result.rowcount)


def holds_on(session: Session, *, cipher: Cipher, conversation_id: str) -> list[LegalHold]:
    """The holds in place on a conversation, the oldest first."""
    rows = session.execute(
        select(legal_holds, staff_accounts.c.full_name)
        .join(staff_accounts, staff_accounts.c.id == legal_holds.c.staff_id)
        .where(legal_holds.c.conversation_id == conversation_id, legal_holds.c.lifted_at.is_(None))
        .order_by(legal_holds.c.id)
    )
    return [
        LegalHold(
            id=row.id, placed_by=row.full_name, placed_at=row.placed_at, reason=cipher.decrypt(row.reason_encrypted)
        )
        for row in rows
    ]
