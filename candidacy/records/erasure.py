"""Erasure: everything that is stored of a conversation is deleted, whoever asks for it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from candidacy.records.console.exports import doom_exports
from candidacy.records.console.tables import export_contents, legal_holds, search_purges_due
from candidacy.records.conversation_lock import lock_conversation
from candidacy.records.dialect_insert import dialect_insert
from candidacy.records.schema import metadata
from candidacy.records.sms.tables import texters
from candidacy.records.tables import conversations

_KEPT = frozenset({conversations.name, export_contents.name, search_purges_due.name, texters.name})
"""Tables that name a conversation and hold nothing of it; of a texter's row see `_begin_anew`."""

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

NEW = "new"
"""How far it is with the consent of a texter of whom nothing is known."""


class ConversationHeld(Exception):
    """A legal hold is on the conversation: nothing of it may be deleted."""


def erase_conversation(session: Session, *, conversation_id: str, now: datetime) -> tuple[str, ...]:
    """Delete what is stored of a conversation, and close it; erasing it again changes nothing but the messages since.

    Of somebody who texts, it is every conversation of their number; the number itself goes once they were told (see
    `sms.upkeep`).

    The conversation's own row stays, with its token, so that the visitor can read that it is done; so does the lease
    of a turn under way, which can still say so. Nothing else of it is left, and nothing new can be received in it. One
    position is left out, so that a page which still shows the messages sees a gap before the next one, and reads anew.
    Exported files with something of it are deleted by `exports.delete_doomed_exports`, the search index is written over
    by `search_upkeep.purge_search_index`.

    Returns:
        The ids of what was erased, this conversation's first.

    Raises:
        ConversationUnknown: there is no such conversation.
        ConversationHeld: a legal hold is on it, or on another one of the same number; nothing was deleted.
    """
    lock_conversation(session, conversation_id=conversation_id, erased_allowed=True)
    texter_key = _texter_key(session, conversation_id)
    together = _of_one_person(session, conversation_id, texter_key)
    for other in together[1:]:
        lock_conversation(session, conversation_id=other, erased_allowed=True)
    _erase(session, conversation_ids=together, now=now)
    if texter_key is not None:
        _begin_anew(session, texters.c.sender_key == texter_key)
    return together


def erase_conversation_alone(session: Session, *, conversation_id: str, now: datetime) -> None:
    """As `erase_conversation`, but of somebody who texts this one conversation: for what goes because it is old.

    Raises:
        ConversationUnknown: there is no such conversation.
        ConversationHeld: a legal hold is on it.
    """
    lock_conversation(session, conversation_id=conversation_id, erased_allowed=True)
    _erase(session, conversation_ids=[conversation_id], now=now)
    _begin_anew(session, texters.c.conversation_id == conversation_id)


def is_held(session: Session, *, conversation_id: str) -> bool:
    """Whether a legal hold keeps a conversation from being erased: one on it, or on another one of the same number."""
    texter_key = _texter_key(session, conversation_id)
    return _is_any_held(session, _of_one_person(session, conversation_id, texter_key))


def is_erased(session: Session, *, conversation_id: str) -> bool:
    """Whether a conversation was erased."""
    statement = select(conversations.c.erased_at).where(conversations.c.id == conversation_id)
    return session.execute(statement).scalar_one_or_none() is not None


def _texter_key(session: Session, conversation_id: str) -> str | None:
    statement = select(conversations.c.texter_key).where(conversations.c.id == conversation_id)
    key: str | None = session.execute(statement).scalar_one_or_none()
    return key


def _of_one_person(session: Session, conversation_id: str, texter_key: str | None) -> tuple[str, ...]:
    """A conversation, and the others of whoever texts in it that are not erased."""
    if texter_key is None:
        return (conversation_id,)
    others = select(conversations.c.id).where(
        conversations.c.texter_key == texter_key,
        conversations.c.id != conversation_id,
        conversations.c.erased_at.is_(None),
    )
    return (conversation_id, *session.execute(others.order_by(conversations.c.id)).scalars())


def _is_any_held(session: Session, conversation_ids: Sequence[str]) -> bool:
    held = exists().where(legal_holds.c.conversation_id.in_(conversation_ids), legal_holds.c.lifted_at.is_(None))
    return bool(session.execute(select(held)).scalar_one())


def _erase(session: Session, *, conversation_ids: Sequence[str], now: datetime) -> None:
    if _is_any_held(session, conversation_ids):
        raise ConversationHeld("a legal hold is on the conversation; nothing of it may be deleted")
    # Every table that names conversations, so that one made later is not forgotten; what hangs on its rows goes along.
    for table in reversed(metadata.sorted_tables):
        if "conversation_id" in table.columns and table.name not in _KEPT:
            session.execute(delete(table).where(table.c.conversation_id.in_(conversation_ids)))
    for conversation_id in conversation_ids:
        # After the deletes, which wait for an export under way.
        doom_exports(session, conversation_id=conversation_id, now=now)
        session.execute(
            dialect_insert(session, search_purges_due)
            .values(conversation_id=conversation_id, at=now)
            .on_conflict_do_nothing()
        )
    session.execute(
        update(conversations)
        .where(conversations.c.id.in_(conversation_ids))
        .values(
            state="closed",
            alarming=False,
            last_activity_at=now,
            erased_at=now,
            last_position=conversations.c.last_position + 1,
            **dict.fromkeys(_SUMMARY),
        )
    )


def _begin_anew(session: Session, of_texter: ColumnElement) -> None:
    """Leave nothing of a texter but the number, and that it may not be texted where it is so."""
    session.execute(
        update(texters).where(of_texter).values(conversation_id=None, consent=NEW, code_tries=0, code_tried_at=None)
    )
