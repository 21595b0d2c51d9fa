"""Deleting a person at the clinic's hand, or because of age: everything goes, and the audit keeps that it did."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from candidacy.records.audit import Entry, append_entry
from candidacy.records.console.tables import legal_holds
from candidacy.records.console.telephone import with_number
from candidacy.records.encryption import Cipher
from candidacy.records.erasure import erase_conversation, erase_conversation_alone
from candidacy.records.tables import conversations

RETENTION_ACTOR = "retention"
RETENTION_REASON = "kept for as long as the clinic keeps conversations"
BATCH = 20
"""How many conversations are deleted by age in one transaction."""


def conversations_of_person(session: Session, *, cipher: Cipher, phone_e164: str) -> list[str]:
    """The conversations of a number, none that are erased, by request or text: what deleting a person is about."""
    return list(session.execute(with_number(cipher, phone_e164)).scalars())


def erase_person(
    session: Session,
    *,
    conversation_ids: Collection[str],
    actor: str,
    staff_id: int | None,
    reason: str,
    audit_key: bytes,
    now: datetime,
) -> None:
    """Delete some conversations of a person everywhere, all of them or none; of a texter, all of their number.

    Raises:
        ConversationUnknown: there is no such conversation.
        ConversationHeld: a legal hold is on one of them; nothing is deleted.
    """
    erased: dict[str, None] = {}
    for conversation_id in conversation_ids:
        if conversation_id not in erased:
            erased |= dict.fromkeys(erase_conversation(session, conversation_id=conversation_id, now=now))
    for conversation_id in erased:
        entry = _entry(conversation_id, actor=actor, staff_id=staff_id, reason=reason)
        append_entry(session, key=audit_key, entry=entry, now=now)


def erase_by_age(session: Session, *, inactive_since: datetime, audit_key: bytes, now: datetime) -> list[str]:
    """Delete conversations that nobody wrote in since then, `BATCH` at most, but none that a hold is on.

    What somebody who texts wrote since then, in another conversation, stays.

    Returns:
        Their ids; fewer than `BATCH` when there are no more.
    """
    held = exists().where(legal_holds.c.conversation_id == conversations.c.id, legal_holds.c.lifted_at.is_(None))
    ids = list(
        session.execute(
            select(conversations.c.id)
            .where(conversations.c.last_activity_at < inactive_since, conversations.c.erased_at.is_(None), ~held)
            .order_by(conversations.c.last_activity_at)
            .limit(BATCH)
            .with_for_update(skip_locked=True)
        ).scalars()
    )
    for conversation_id in ids:
        erase_conversation_alone(session, conversation_id=conversation_id, now=now)
        entry = _entry(conversation_id, actor=RETENTION_ACTOR, staff_id=None, reason=RETENTION_REASON)
        append_entry(session, key=audit_key, entry=entry, now=now)
    return ids


def _entry(conversation_id: str, *, actor: str, staff_id: int | None, reason: str) -> Entry:
    return Entry(
        action="conversation.erased",
        actor=actor,
        staff_id=staff_id,
        subject=f"conversation/{conversation_id}",
        reason=reason,
    )
