"""Codes that take a conversation from the web chat to text messages; only their hashes are kept."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from candidacy.records.conversation_lock import lock_conversation
from candidacy.records.sms.tables import link_codes
from candidacy.records.tables import conversations


@dataclass(frozen=True)
class StoredCode:
    """A code that was given."""

    conversation_id: str
    issued_at: datetime
    used: bool


def store_code(session: Session, *, conversation_id: str, code: str, now: datetime) -> None:
    """Keep a new code of a conversation; the ones before it work no more.

    Raises:
        ConversationUnknown, ConversationErased: see `lock_conversation`.
    """
    lock_conversation(session, conversation_id=conversation_id)
    session.execute(delete(link_codes).where(link_codes.c.conversation_id == conversation_id))
    session.execute(
        insert(link_codes).values(code_hash=hash_code(code), conversation_id=conversation_id, issued_at=now)
    )


def find_code(session: Session, *, code: str) -> StoredCode | None:
    """The code as it was given, or None when there is none, or its conversation takes no messages any more."""
    row = session.execute(
        select(link_codes)
        .join(conversations, conversations.c.id == link_codes.c.conversation_id)
        .where(
            link_codes.c.code_hash == hash_code(code),
            conversations.c.erased_at.is_(None),
            conversations.c.session_ended_at.is_(None),
        )
    ).one_or_none()
    if row is None:
        return None
    return StoredCode(conversation_id=row.conversation_id, issued_at=row.issued_at, used=row.used_at is not None)


def use_code(session: Session, *, code: str, now: datetime) -> bool:
    """Mark a code used; False when another use came first."""
    result = session.execute(
        update(link_codes)
        .where(link_codes.c.code_hash == hash_code(code), link_codes.c.used_at.is_(None))
        .values(used_at=now)
    )
    return bool(result.rowcount)


def hash_code(code: str) -> str:
    """What is kept of a code, however it is written: with hyphens or without, in capitals or not."""
    return hashlib.sha256("".join(filter(str.isalnum, code.upper())).encode()).hexdigest()
