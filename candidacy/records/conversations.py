"""Conversations: their start, and who has them."""

import uuid
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from candidacy.casework.custody import Event, following
from candidacy.records.conversation_lock import lock_conversation
from candidacy.records.dialect_insert import dialect_insert
from candidacy.records.tables import conversations
from candidacy.records.token import hash_token, new_token


def start_conversation(
    session: Session, *, channel: str, now: datetime, expires_at: datetime | None = None
) -> tuple[str, str]:
    """Begin a conversation; returns its id and the token that opens it, of which only a hash is kept.

    Args:
        channel: where the visitor is.
        now: the present.
        expires_at: until when the token opens it, unless it is extended; None for no end.
    """
    conversation_id = str(uuid.uuid4())
    token = new_token()
    session.execute(
        insert(conversations).values(
            id=conversation_id,
            channel=channel,
            state="assistant",
            token_hash=hash_token(token),
            last_position=0,
            created_at=now,
            last_activity_at=now,
            session_expires_at=expires_at,
        )
    )
    return conversation_id, token


def ensure_conversation(session: Session, *, conversation_id: str, channel: str, now: datetime) -> None:
    """Make sure that a conversation of this id exists, without a token: for Rasa's own shell and tests."""
    session.execute(
        dialect_insert(session, conversations)
        .values(
            id=conversation_id,
            channel=channel,
            state="assistant",
            last_position=0,
            created_at=now,
            last_activity_at=now,
        )
        .on_conflict_do_nothing(index_elements=["id"])
    )


def conversation_state(session: Session, *, conversation_id: str) -> str | None:
    """Who has the conversation (one of `tables.STATES`); None when there is no such conversation."""
    statement = select(conversations.c.state).where(conversations.c.id == conversation_id)
    state: str | None = session.execute(statement).scalar_one_or_none()
    return state


def request_person(session: Session, *, conversation_id: str, now: datetime) -> bool:
    """Have the conversation wait for a person; returns False when it waits already or a person has it.

    Raises:
        ConversationUnknown, ConversationErased: see `lock_conversation`.
    """
    conversation = lock_conversation(session, conversation_id=conversation_id)
    waiting = following(conversation.state, Event.PERSON_WANTED)
    if waiting is None:
        return False
    session.execute(
        update(conversations)
        .where(conversations.c.id == conversation_id)
        .values(state=waiting, waiting_since=now, assignee_id=None, last_activity_at=now)
    )
    return True
