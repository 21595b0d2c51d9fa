"""The conversation's row, which every writer of a conversation takes first: so its messages have one order."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from candidacy.records.tables import conversations
from candidacy.records.wake_ups import note_news


class ConversationError(Exception):
    """Nothing can be written to this conversation."""


class ConversationUnknown(ConversationError):
    """There is no such conversation."""


class ConversationErased(ConversationError):
    """The visitor had the conversation deleted; nothing new may be stored in it."""


@dataclass(frozen=True)
class LockedConversation:
    """A conversation that no other transaction can write to until this one ends."""

    id: str
    channel: str
    state: str
    last_position: int
    erased: bool
    started: bool
    """Whether the visitor has written."""
    session_ended: bool
    """Whether the visitor ended the session."""
    session_expires_at: datetime | None
    """When the session ends by itself; None where it has no end."""
    lease_owner: str | None
    lease_until: datetime | None

    def is_leased(self, now: datetime) -> bool:
        """Whether a turn is under way in it."""
        return self.lease_until is not None and self.lease_until > now


# Composed once: to compose a statement takes longer than to have it done.
_LOCK = (
    select(
        conversations.c.channel,
        conversations.c.state,
        conversations.c.last_position,
        conversations.c.erased_at,
        conversations.c.started_at,
        conversations.c.session_ended_at,
        conversations.c.session_expires_at,
        conversations.c.lease_owner,
        conversations.c.lease_until,
    )
    .where(conversations.c.id == bindparam("of"))
    .with_for_update()
)
_CHANGE = update(conversations).where(conversations.c.id == bindparam("of"))


def lock_conversation(session: Session, *, conversation_id: str, erased_allowed: bool = False) -> LockedConversation:
    """Take the conversation's row until the transaction ends.

    On PostgreSQL it is the row's lock; on SQLite the write transaction has the whole file already.

    Raises:
        ConversationUnknown: there is no such conversation.
        ConversationErased: it was deleted, and the caller did not say that this is allowed.
    """
    row = session.execute(_LOCK, {"of": conversation_id}).one_or_none()
    if row is None:
        raise ConversationUnknown("there is no such conversation")
    if row.erased_at is not None and not erased_allowed:
        raise ConversationErased("the conversation was deleted")
    return LockedConversation(
        id=conversation_id,
        channel=row.channel,
        state=row.state,
        last_position=row.last_position,
        erased=row.erased_at is not None,
        started=row.started_at is not None,
        session_ended=row.session_ended_at is not None,
        session_expires_at=row.session_expires_at,
        lease_owner=row.lease_owner,
        lease_until=row.lease_until,
    )


def take_positions(
    session: Session, *, conversation: LockedConversation, count: int, now: datetime, **changes: Any
) -> range:
    """The next positions of a locked conversation, counted from 1; also notes that it was active now and has news.

    To be called once a lock: the positions are counted from what the lock read.

    Args:
        session: a session that may write.
        conversation: the conversation.
        count: how many.
        now: the present.
        changes: what else changes of the conversation with it, by column.
    """
    last_position = conversation.last_position + count
    change_conversation(
        session, conversation_id=conversation.id, last_position=last_position, last_activity_at=now, **changes
    )
    note_news(session, conversation_id=conversation.id)
    return range(conversation.last_position + 1, last_position + 1)


def change_conversation(session: Session, *, conversation_id: str, **changes: Any) -> None:
    """Write values into the conversation's row, by column."""
    session.execute(_CHANGE, {"of": conversation_id, **changes})
