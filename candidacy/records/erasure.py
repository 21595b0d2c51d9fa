"""Erasure: everything a visitor said or gave is deleted, at their word."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from candidacy.records.conversation_lock import lock_conversation
from candidacy.records.tables import (
    consents,
    consultation_requests,
    conversations,
    dialogue_states,
    messages,
    screening_answers,
    screenings,
)


def erase_conversation(session: Session, *, conversation_id: str, now: datetime) -> None:
    """Delete what is stored of a conversation, and close it; erasing it again changes nothing but the messages since.

    The conversation's own row stays, with its token, so that the visitor can read that it is done; so does the lease
    of a turn under way, which can still say so. Nothing else of it is left, and nothing new can be received in it. One
    position is left out, so that a page which still shows the messages sees a gap before the next one, and reads anew.

    Raises:
        ConversationUnknown: there is no such conversation.
    """
    lock_conversation(session, conversation_id=conversation_id, erased_allowed=True)
    of_conversation = select(screenings.c.id).where(screenings.c.conversation_id == conversation_id)
    session.execute(delete(screening_answers).where(screening_answers.c.screening_id.in_(of_conversation)))
    for table in (screenings, consents, consultation_requests, dialogue_states, messages):
        session.execute(delete(table).where(table.c.conversation_id == conversation_id))
    session.execute(
        update(conversations)
        .where(conversations.c.id == conversation_id)
        .values(
            state="closed",
            waiting_since=None,
            last_activity_at=now,
            erased_at=now,
            last_position=conversations.c.last_position + 1,
        )
    )
