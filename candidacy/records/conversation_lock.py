"""The conversation's row, which every writer of a conversation takes first: so its messages have one order."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
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
    state: str
    last_position: int
    erased: bool


def lock_conversation(session: Session, *, conversation_id: str, erased_allowed: bool = False) -> LockedConversation:
    """Take the conversation's row until the transaction ends.

    On PostgreSQL it is the row's lock; on SQLite the write transaction has the whole file already.

    Raises:
        ConversationUnknown: there is no such conversation.
        ConversationErased: it was deleted, and the caller did not say that this is allowed.
    """
    row = session.execute(
        select(conversations.c.state, conversations.c.last_position, conversations.c.erased_at)
        .where(conversations.c.id == conversation_id)
        .with_for_update()
    ).one_or_none()
    if row is None:
        raise ConversationUnknown("there is no such conversation")
    if row.erased_at is not None and not erased_allowed:
        raise ConversationErased("the conversation was deleted")
    return LockedConversation(
        id=conversation_id, state=row.state, last_position=row.last_position, erased=row.erased_at is not None
    )


def take_positions(session: Session, *, conversation: LockedConversation, count: int, now: datetime) -> range:
    """The next positions of a locked conversation, counted from 1; also notes that it was active now and has news.

    To be called once a lock: the positions are counted from what the lock read.
    """
    last_position = conversation.last_position + count
    session.execute(
        update(conversations)
        .where(conversations.c.id == conversation.id)
        .values(last_position=last_position, last_activity_at=now)
    )
    note_news(session, conversation_id=conversation.id)
    return range(conversation.last_position + 1, last_position + 1)
