"""Visitors' sessions: what a token opens, and until when."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from candidacy.records.console.waits import end_wait
from candidacy.records.conversation_lock import lock_conversation
from candidacy.records.tables import conversations
from candidacy.records.token import hash_token
from candidacy.records.wake_ups import note_news


@dataclass(frozen=True)
class VisitorSession:
    """What a token opens; `expires_at` is None where it has no end."""

    conversation_id: str
    expires_at: datetime | None

    def is_over(self, now: datetime) -> bool:
        """Whether its time has passed."""
        return self.expires_at is not None and self.expires_at <= now


# Composed once: to compose a statement takes longer than to have it done.
_FIND = select(conversations.c.id, conversations.c.session_expires_at).where(
    conversations.c.token_hash == bindparam("token_hash")
)


def find_session(session: Session, *, token: str) -> VisitorSession | None:
    """The session of a token, also one that is over or whose conversation was erased; None when there is none."""
    row = session.execute(_FIND, {"token_hash": hash_token(token)}).one_or_none()
    return None if row is None else VisitorSession(conversation_id=row.id, expires_at=row.session_expires_at)


def extend_session(session: Session, *, conversation_id: str, until: datetime) -> None:
    """Let the session last until then; one that the visitor ended stays so."""
    session.execute(
        update(conversations)
        .where(conversations.c.id == conversation_id, conversations.c.session_ended_at.is_(None))
        .values(session_expires_at=until)
    )


def end_session(session: Session, *, conversation_id: str, now: datetime) -> None:
    """End the session at the visitor's word: the token opens nothing any more, and nobody is awaited in vain.

    The messages stay. A message that waits for its turn still gets it, since the clinic may read the answer.

    Raises:
        ConversationUnknown: there is no such conversation.
    """
    lock_conversation(session, conversation_id=conversation_id, erased_allowed=True)
    end_wait(session, conversation_id=conversation_id, how="closed", now=now)
    session.execute(
        update(conversations)
        .where(conversations.c.id == conversation_id)
        .values(token_hash=None, state="closed", waiting_since=None, session_ended_at=now, last_activity_at=now)
    )
    note_news(session, conversation_id=conversation_id)
