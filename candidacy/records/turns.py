"""Turns: each visitor's message is answered by one turn at a time, in order, also after a crash.

A turn is claimed with a lease on its conversation. Whoever loses the lease (by being late) can no longer write
anything, so a message is answered once, however often it was tried.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.orm import Session

from candidacy.assistant.reply import Reply
from candidacy.casework.custody import PERSON
from candidacy.casework.turn_marks import DANGER_KINDS, marks_of
from candidacy.records.console.claims import handed_back_after
from candidacy.records.console.marks import marks_left
from candidacy.records.conversation_lock import (
    ConversationUnknown,
    LockedConversation,
    change_conversation,
    lock_conversation,
)
from candidacy.records.dialogue_states import find_dialogue_state, save_dialogue_state
from candidacy.records.messages import say_in
from candidacy.records.tables import conversations, messages, turn_is_pending
from candidacy.records.turn import Turn, holder

# Composed once: to compose a statement takes longer than to have it done.
_ANSWERED = update(messages).where(messages.c.id == bindparam("of"))


@dataclass(frozen=True)
class Finished:
    """A turn that is finished: the conversation as it was before, and what was said in it."""

    conversation: LockedConversation
    said: tuple[Reply, ...]
    at: datetime


def claim_turn(
    session: Session, *, owner: str, now: datetime, lease: timedelta, conversation_id: str | None = None
) -> Turn | None:
    """Take the oldest message that waits for its turn, in a conversation where no turn is under way.

    Args:
        owner: who takes it; different for each process.
        now: the present.
        lease: how long the owner has the conversation for itself; after it, others may take the turn.
        conversation_id: look in this conversation only.

    Returns:
        The turn, or None when none can be taken now.
    """
    while (conversation := _lock_waiting_conversation(session, now=now, conversation_id=conversation_id)) is not None:
        message = _oldest_pending(session, conversation_id=conversation.id)
        # Another claimant can have answered it between the search and the lock.
        if message is not None:
            return _lease(session, conversation=conversation, message=message, owner=owner, until=now + lease)
    return None


def extend_lease(session: Session, *, turn: Turn, owner: str, now: datetime, lease: timedelta) -> bool:
    """Keep the conversation for longer, from now on; returns False when the lease was lost."""
    return _change_lease(session, turn=turn, owner=owner, lease_owner=holder(turn, owner), lease_until=now + lease)


def release_turn(session: Session, *, turn: Turn, owner: str) -> bool:
    """Give the turn back unanswered, so that it can be claimed again at once; returns False when the lease was lost."""
    return _change_lease(session, turn=turn, owner=owner, lease_owner=None, lease_until=None)


def finish_turn(
    session: Session,
    *,
    turn: Turn,
    owner: str,
    replies: Sequence[Reply],
    understanding: Mapping[str, Any] | None,
    dialogue_state: bytes | None = None,
    delivery_state: str | None = None,
    now: datetime,
) -> Finished | None:
    """Store the replies and the dialogue state, mark the message answered and free the conversation: all, or nothing.

    Where the conversation was erased during the turn, the replies stand alone. Where a person took the conversation
    during the turn, danger advice is still said, and nothing else. Without a dialogue state the one before stays.

    Returns:
        None when the lease was lost: another owner answers the message, and nothing was written.
    """
    try:
        conversation = lock_conversation(session, conversation_id=turn.conversation_id, erased_allowed=True)
    except ConversationUnknown:
        return None
    if conversation.lease_owner != holder(turn, owner):
        return None
    if conversation.state == PERSON:
        replies = [reply for reply in replies if reply.kind in DANGER_KINDS]
    kept = {"turn_state": "done", "understanding": None if understanding is None else dict(understanding)}
    is_there = bool(session.execute(_ANSWERED, {"of": turn.message_id, **kept}).rowcount)
    if dialogue_state is not None and not conversation.erased:
        save_dialogue_state(session, conversation_id=conversation.id, state=dialogue_state, now=now)
    changes: dict[str, Any] = {"lease_owner": None, "lease_until": None}
    if is_there:
        changes |= marks_left(
            session,
            conversation_id=conversation.id,
            message_id=turn.message_id,
            marks=marks_of(understanding, replies),
            now=now,
        )
    if not replies:
        change_conversation(session, conversation_id=conversation.id, **changes)
        return Finished(conversation=conversation, said=(), at=now)
    say_in(
        session,
        conversation=conversation,
        replies=replies,
        in_reply_to=turn.message_id if is_there else None,
        delivery_state=delivery_state,
        at_any_hour=delivery_state is not None and turn.of_visitor,
        now=now,
        **changes,
    )
    return Finished(conversation=conversation, said=tuple(replies), at=now)


def _lock_waiting_conversation(session: Session, *, now: datetime, conversation_id: str | None) -> Any:
    # Where there are statistics, SQLite reads all conversations into a filter for an inner join, at every search.
    outer = session.get_bind().dialect.name == "sqlite"
    statement = (
        select(conversations.c.id, conversations.c.channel, conversations.c.state)
        .select_from(messages)
        .join(conversations, messages.c.conversation_id == conversations.c.id, isouter=outer)
        .where(turn_is_pending, or_(conversations.c.lease_until.is_(None), conversations.c.lease_until <= now))
        .order_by(messages.c.id)
        .limit(1)
        .with_for_update(of=conversations, skip_locked=True)
    )
    if conversation_id is not None:
        statement = statement.where(conversations.c.id == conversation_id)
    return session.execute(statement).one_or_none()


def _oldest_pending(session: Session, *, conversation_id: str) -> Any:
    return session.execute(
        select(
            messages.c.id,
            messages.c.position,
            messages.c.author,
            messages.c.text,
            messages.c.payload,
            messages.c.turn_attempts,
            messages.c.channel,
            messages.c.said_after,
        )
        .where(messages.c.conversation_id == conversation_id, turn_is_pending)
        .order_by(messages.c.id)
        .limit(1)
    ).one_or_none()


def _lease(session: Session, *, conversation: Any, message: Any, owner: str, until: datetime) -> Turn:
    given_back = handed_back_after(session, conversation_id=conversation.id, position=message.position)
    turn = Turn(
        message_id=message.id,
        conversation_id=conversation.id,
        channel=message.channel or conversation.channel,
        state=PERSON if given_back else conversation.state,
        text=message.text,
        payload=message.payload,
        attempts=message.turn_attempts + 1,
        of_visitor=message.author == "visitor",
        said_after=tuple(message.said_after or ()),
        dialogue_state=find_dialogue_state(session, conversation_id=conversation.id),
    )
    session.execute(update(messages).where(messages.c.id == turn.message_id).values(turn_attempts=turn.attempts))
    session.execute(
        update(conversations)
        .where(conversations.c.id == turn.conversation_id)
        .values(lease_owner=holder(turn, owner), lease_until=until)
    )
    return turn


def _change_lease(
    session: Session, *, turn: Turn, owner: str, lease_owner: str | None, lease_until: datetime | None
) -> bool:
    result = session.execute(
        update(conversations)
        .where(conversations.c.id == turn.conversation_id, conversations.c.lease_owner == holder(turn, owner))
        .values(lease_owner=lease_owner, lease_until=lease_until)
    )
    return bool(result.rowcount)
