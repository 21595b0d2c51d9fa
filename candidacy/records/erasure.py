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
    link_codes,
    messages,
    screening_answers,
    screenings,
    texters,
)

NEW = "new"
"""How far it is with the consent of a texter of whom nothing is known."""


def erase_conversation(session: Session, *, conversation_id: str, now: datetime) -> None:
    """Delete what is stored of a conversation, and close it; erasing it again changes nothing but the messages since.

    Of somebody who texts, it is every conversation of their number; the number itself goes once they were told (see
    `sms.upkeep`).

    The conversation's own row stays, with its token, so that the visitor can read that it is done; so does the lease
    of a turn under way, which can still say so. Nothing else of it is left, and nothing new can be received in it. One
    position is left out, so that a page which still shows the messages sees a gap before the next one, and reads anew.

    Raises:
        ConversationUnknown: there is no such conversation.
    """
    lock_conversation(session, conversation_id=conversation_id, erased_allowed=True)
    _erase(session, conversation_id=conversation_id, now=now)
    texter_key = session.execute(
        select(conversations.c.texter_key).where(conversations.c.id == conversation_id)
    ).scalar_one()
    if texter_key is not None:
        _erase_texter(session, sender_key=texter_key, now=now)


def _erase_texter(session: Session, *, sender_key: str, now: datetime) -> None:
    others = select(conversations.c.id).where(
        conversations.c.texter_key == sender_key, conversations.c.erased_at.is_(None)
    )
    for conversation_id in session.execute(others.order_by(conversations.c.id)).scalars().all():
        _erase(session, conversation_id=conversation_id, now=now)
    session.execute(
        update(texters)
        .where(texters.c.sender_key == sender_key)
        .values(conversation_id=None, consent=NEW, code_tries=0, code_tried_at=None)
    )


def _erase(session: Session, *, conversation_id: str, now: datetime) -> None:
    of_conversation = select(screenings.c.id).where(screenings.c.conversation_id == conversation_id)
    session.execute(delete(screening_answers).where(screening_answers.c.screening_id.in_(of_conversation)))
    for table in (screenings, consents, consultation_requests, dialogue_states, link_codes, messages):
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
