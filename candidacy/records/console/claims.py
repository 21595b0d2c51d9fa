"""Claims: of all who want a conversation one gets it, and the others see who; and the ways it is given back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from candidacy.assistant.reply import Reply
from candidacy.casework.custody import PERSON, Event, following, states_before
from candidacy.records.console.waits import end_wait
from candidacy.records.conversation_lock import lock_conversation
from candidacy.records.delivery import channel_of_visitor, delivery_state
from candidacy.records.messages import say
from candidacy.records.staff_tables import staff_accounts
from candidacy.records.tables import conversations, messages

HANDED_BACK = "/handed_back"
"""The payload of the turn in which the assistant goes on: it puts the form's question again, and reads no answer."""


@dataclass(frozen=True)
class Holder:
    """Who has a conversation, and since when."""

    staff_id: int
    name: str
    since: datetime


@dataclass(frozen=True)
class Claim:
    """What came of a claim: whether the conversation is the claimant's, and who has it now."""

    won: bool
    holder: Holder | None


def claim(session: Session, *, conversation_id: str, staff_id: int, notice: Reply, now: datetime) -> Claim:
    """Take a conversation that no person has; claiming one's own again changes nothing.

    Args:
        session: a session that may write.
        conversation_id: the conversation.
        staff_id: who takes it.
        notice: tells the visitor that a person is there.
        now: the present.

    Raises:
        ConversationUnknown, ConversationErased: see `lock_conversation`.
    """
    lock_conversation(session, conversation_id=conversation_id)
    taken = session.execute(
        update(conversations)
        .where(conversations.c.id == conversation_id, conversations.c.state.in_(states_before(Event.CLAIMED)))
        .values(state=PERSON, assignee_id=staff_id, claimed_at=now)
    )
    if taken.rowcount:
        end_wait(session, conversation_id=conversation_id, how="claimed", staff_id=staff_id, now=now)
        _tell(session, conversation_id, notice, now)
    holder = holder_of(session, conversation_id=conversation_id)
    return Claim(won=holder is not None and holder.staff_id == staff_id, holder=holder)


def take_from(session: Session, *, conversation_id: str, holder_id: int, staff_id: int, now: datetime) -> Claim:
    """Take a conversation from the person who has it, if that person still has it.

    Raises:
        ConversationUnknown, ConversationErased: see `lock_conversation`.
    """
    lock_conversation(session, conversation_id=conversation_id)
    session.execute(
        update(conversations).where(_held_by(conversation_id, holder_id)).values(assignee_id=staff_id, claimed_at=now)
    )
    holder = holder_of(session, conversation_id=conversation_id)
    return Claim(won=holder is not None and holder.staff_id == staff_id, holder=holder)


def hand_back(session: Session, *, conversation_id: str, staff_id: int, notice: Reply, now: datetime) -> bool:
    """Give a conversation back to the assistant, which goes on with the question it had put.

    What the visitor wrote meanwhile answers nothing: what no turn has looked at yet is only looked at for danger (see
    `handed_back_after`).

    Returns:
        False when this person does not have it; nothing is changed then.

    Raises:
        ConversationUnknown, ConversationErased: see `lock_conversation`.
    """
    lock_conversation(session, conversation_id=conversation_id)
    given = session.execute(
        update(conversations)
        .where(_held_by(conversation_id, staff_id))
        .values(state=following(PERSON, Event.HANDED_BACK), assignee_id=None, claimed_at=None)
    )
    if not given.rowcount:
        return False
    _tell(session, conversation_id, notice, now, then_turn=HANDED_BACK)
    return True


def handed_back_since(session: Session, *, conversation_id: str, since: datetime) -> bool:
    """Whether a person gave the conversation back after an instant; what was written before it was meant for them."""
    return _is_handed_back(session, conversation_id, messages.c.created_at > since)


def handed_back_after(session: Session, *, conversation_id: str, position: int) -> bool:
    """Whether a person gave the conversation back after a message, which was meant for them."""
    return _is_handed_back(session, conversation_id, messages.c.position > position)


def close(session: Session, *, conversation_id: str, staff_id: int, now: datetime) -> bool:
    """Close a conversation; it opens again when the visitor writes.

    Returns:
        False when another person has it, or it is closed already; nothing is changed then.

    Raises:
        ConversationUnknown, ConversationErased: see `lock_conversation`.
    """
    state = lock_conversation(session, conversation_id=conversation_id).state
    closed = following(state, Event.CLOSED)
    holder = holder_of(session, conversation_id=conversation_id)
    if closed is None or (holder is not None and holder.staff_id != staff_id):
        return False
    end_wait(session, conversation_id=conversation_id, how="closed", staff_id=staff_id, now=now)
    session.execute(update(conversations).where(conversations.c.id == conversation_id).values(state=closed))
    return True


def holder_of(session: Session, *, conversation_id: str) -> Holder | None:
    """The person who has a conversation; None when no person has it."""
    row = session.execute(
        select(conversations.c.assignee_id, conversations.c.claimed_at, staff_accounts.c.full_name)
        .outerjoin(staff_accounts, staff_accounts.c.id == conversations.c.assignee_id)
        .where(conversations.c.id == conversation_id, conversations.c.state == PERSON)
    ).one_or_none()
    if row is None or row.assignee_id is None:
        return None
    return Holder(staff_id=row.assignee_id, name=row.full_name or "", since=row.claimed_at)


def _is_handed_back(session: Session, conversation_id: str, later: ColumnElement) -> bool:
    given_back = exists().where(
        messages.c.conversation_id == conversation_id,
        messages.c.author == "system",
        messages.c.payload == HANDED_BACK,
        later,
    )
    return bool(session.execute(select(given_back)).scalar_one())


def _held_by(conversation_id: str, staff_id: int) -> object:
    return (
        (conversations.c.id == conversation_id)
        & (conversations.c.state == PERSON)
        & (conversations.c.assignee_id == staff_id)
    )


def _tell(
    session: Session, conversation_id: str, notice: Reply, now: datetime, *, then_turn: str | None = None
) -> None:
    channel = channel_of_visitor(session, conversation_id=conversation_id)
    say(
        session,
        conversation_id=conversation_id,
        replies=[notice],
        author="system",
        delivery_state=delivery_state(channel),
        then_turn=then_turn,
        turn_channel=channel,
        now=now,
    )
