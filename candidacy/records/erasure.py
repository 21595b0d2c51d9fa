"""Erasure: everything that is stored of a conversation is deleted, whoever asks for it."""

from datetime import datetime

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from candidacy.records.console.exports import doom_exports
from candidacy.records.console.tables import export_contents, legal_holds, search_purges_due
from candidacy.records.conversation_lock import lock_conversation
from candidacy.records.dialect_insert import dialect_insert
from candidacy.records.schema import metadata
from candidacy.records.tables import conversations

_KEPT = frozenset({conversations.name, export_contents.name, search_purges_due.name})
"""Tables that name a conversation and hold nothing of it."""

_SUMMARY = (
    "waiting_since",
    "assignee_id",
    "claimed_at",
    "red_flag",
    "low_confidence_at",
    "unanswered_at",
    "outcome",
    "last_question",
    "started_at",
    "consented_at",
    "finished_at",
    "requested_at",
)
"""What the conversation's own row tells of it."""


class ConversationHeld(Exception):
    """A legal hold is on the conversation: nothing of it may be deleted."""


def erase_conversation(session: Session, *, conversation_id: str, now: datetime) -> None:
    """Delete what is stored of a conversation, and close it; erasing it again changes nothing but the messages since.

    The conversation's own row stays, with its token, so that the visitor can read that it is done; so does the lease
    of a turn under way, which can still say so. Nothing else of it is left, and nothing new can be received in it.
    Exported files with something of it are deleted by `exports.delete_doomed_exports`, the search index is written over
    by `search_upkeep.purge_search_index`.

    Raises:
        ConversationUnknown: there is no such conversation.
        ConversationHeld: a legal hold is on it.
    """
    lock_conversation(session, conversation_id=conversation_id, erased_allowed=True)
    if is_held(session, conversation_id=conversation_id):
        raise ConversationHeld("a legal hold is on the conversation; nothing of it may be deleted")
    # Every table that names conversations, so that one made later is not forgotten; what hangs on its rows goes along.
    for table in reversed(metadata.sorted_tables):
        if "conversation_id" in table.columns and table.name not in _KEPT:
            session.execute(delete(table).where(table.c.conversation_id == conversation_id))
    # After the deletes, which wait for an export under way.
    doom_exports(session, conversation_id=conversation_id, now=now)
    session.execute(
        update(conversations)
        .where(conversations.c.id == conversation_id)
        .values(state="closed", alarming=False, last_activity_at=now, erased_at=now, **dict.fromkeys(_SUMMARY))
    )
    session.execute(
        dialect_insert(session, search_purges_due)
        .values(conversation_id=conversation_id, at=now)
        .on_conflict_do_nothing()
    )


def is_held(session: Session, *, conversation_id: str) -> bool:
    """Whether a legal hold is on a conversation."""
    held = exists().where(legal_holds.c.conversation_id == conversation_id, legal_holds.c.lifted_at.is_(None))
    return bool(session.execute(select(held)).scalar_one())
