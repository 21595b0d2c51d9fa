"""Notes: what staff tell each other of a conversation, encrypted, in a table that nothing reads but the console."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from candidacy.records.console.tables import notes
from candidacy.records.conversation_lock import lock_conversation
from candidacy.records.encryption import Cipher
from candidacy.records.staff_tables import staff_accounts


@dataclass(frozen=True)
class Note:
    """A note and who wrote it."""

    id: int
    staff_id: int
    author: str
    text: str = field(repr=False)
    at: datetime


def add_note(session: Session, *, cipher: Cipher, conversation_id: str, staff_id: int, text: str, now: datetime) -> int:
    """Store a note and return its id; it does not count as activity of the conversation.

    Raises:
        ConversationUnknown, ConversationErased: see `lock_conversation`.
        ValueError: there is nothing in the text.
    """
    if not text.strip():
        raise ValueError("a note must say something")
    lock_conversation(session, conversation_id=conversation_id)
    result = session.execute(
        insert(notes).values(
            conversation_id=conversation_id, staff_id=staff_id, text_encrypted=cipher.encrypt(text.strip()), at=now
        )
    )
    return int(result.inserted_primary_key[0])


def notes_of(session: Session, *, cipher: Cipher, conversation_id: str) -> list[Note]:
    """The notes of a conversation, the oldest first; raises EncryptionKeyError when no key opens one."""
    rows = session.execute(
        select(notes, staff_accounts.c.full_name)
        .join(staff_accounts, staff_accounts.c.id == notes.c.staff_id)
        .where(notes.c.conversation_id == conversation_id)
        .order_by(notes.c.id)
    )
    return [
        Note(
            id=row.id,
            staff_id=row.staff_id,
            author=row.full_name,
            text=cipher.decrypt(row.text_encrypted),
            at=row.at,
        )
        for row in rows
    ]
