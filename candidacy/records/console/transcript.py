"""A conversation as staff read it: the newest turns at once, older ones on demand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from candidacy.records.sms.texters import CHANNEL as TEXT_MESSAGES
from candidacy.records.staff_tables import staff_accounts
from candidacy.records.tables import conversations, messages

PAGE_TURNS = 50
MOST_MESSAGES = 400
"""The most messages of a page: a visitor's message rarely has more than two or three in reply."""


@dataclass(frozen=True)
class TranscriptMessage:
    """A message with all that is known of it; `buttons` are titles, `staff` is who wrote it for the clinic."""

    id: int
    position: int
    author: str
    staff: str | None
    kind: str | None
    topic: str | None
    facts: tuple[str, ...]
    text: str = field(repr=False)
    buttons: tuple[str, ...]
    pressed: bool
    """Whether the visitor pressed a button instead of typing."""
    in_reply_to: int | None
    at: datetime
    channel: str
    """The way it came or went: a person may begin on the website and go on by text message."""
    delivery_state: str | None
    delivery_error: str | None
    held_until: datetime | None
    """When a text goes out that is held back; None where it is not."""
    understanding: Mapping[str, Any] | None = field(repr=False)
    """What was understood of a visitor's message: intent, confidence, findings and the like."""


@dataclass(frozen=True)
class TranscriptPage:
    """Messages, the oldest first, and the position before which older ones go on; None where there are none."""

    messages: tuple[TranscriptMessage, ...]
    older_before: int | None


@dataclass(frozen=True)
class ConversationHeader:
    """How a conversation stands."""

    id: str
    channel: str
    state: str
    assignee_id: int | None
    assignee: str | None
    claimed_at: datetime | None
    waiting_since: datetime | None
    alarming: bool
    red_flag: str | None
    outcome: str | None
    created_at: datetime
    last_activity_at: datetime
    last_position: int
    visitor_left_at: datetime | None
    """When the visitor ended the chat; nothing said since reaches them."""
    erased_at: datetime | None


def conversation_header(session: Session, *, conversation_id: str) -> ConversationHeader | None:
    """How a conversation stands; None when there is no such conversation."""
    row = session.execute(
        select(conversations, staff_accounts.c.full_name)
        .outerjoin(staff_accounts, staff_accounts.c.id == conversations.c.assignee_id)
        .where(conversations.c.id == conversation_id)
    ).one_or_none()
    if row is None:
        return None
    return ConversationHeader(
        id=row.id,
        channel=row.channel,
        state=row.state,
        assignee_id=row.assignee_id,
        assignee=row.full_name,
        claimed_at=row.claimed_at,
        waiting_since=row.waiting_since,
        alarming=row.alarming,
        red_flag=row.red_flag,
        outcome=row.outcome,
        created_at=row.created_at,
        last_activity_at=row.last_activity_at,
        last_position=row.last_position,
        visitor_left_at=row.session_ended_at,
        erased_at=row.erased_at,
    )


def transcript_page(
    session: Session, *, conversation_id: str, before: int | None = None, turns: int = PAGE_TURNS
) -> TranscriptPage:
    """The newest turns before a position: each a visitor's message and what was said to it.

    Args:
        session: a session that reads.
        conversation_id: the conversation.
        before: the last page's `older_before`; None for the newest.
        turns: how many of the visitor's messages at most.
    """
    within = [messages.c.conversation_id == conversation_id]
    if before is not None:
        within.append(messages.c.position < before)
    first = session.execute(
        select(messages.c.position)
        .where(*within, messages.c.author == "visitor")
        .order_by(messages.c.position.desc())
        .offset(turns - 1)
        .limit(1)
    ).scalar_one_or_none()
    rows = _read(session, [*within, messages.c.position >= (first or 0)], newest=MOST_MESSAGES)
    older = bool(rows) and rows[0].position > 1 and _is_before(session, conversation_id, rows[0].position)
    return TranscriptPage(messages=rows, older_before=rows[0].position if older else None)


def transcript_after(session: Session, *, conversation_id: str, position: int) -> tuple[TranscriptMessage, ...]:
    """The messages after a position, the oldest first, `MOST_MESSAGES` at most: what is new to a reader."""
    statement = (
        _select()
        .where(messages.c.conversation_id == conversation_id, messages.c.position > position)
        .order_by(messages.c.position)
        .limit(MOST_MESSAGES)
    )
    return tuple(_message(row) for row in session.execute(statement))


def _read(session: Session, within: list[Any], *, newest: int) -> tuple[TranscriptMessage, ...]:
    statement = _select().where(*within).order_by(messages.c.position.desc()).limit(newest)
    return tuple(_message(row) for row in reversed(session.execute(statement).all()))


def _is_before(session: Session, conversation_id: str, position: int) -> bool:
    """Whether anything stands before a position; after an erasure the first ones are gone."""
    statement = (
        select(messages.c.id)
        .where(messages.c.conversation_id == conversation_id, messages.c.position < position)
        .limit(1)
    )
    return session.execute(statement).first() is not None


def _select() -> Any:
    # What was sent to a telephone has a delivery state; other messages say their channel where it is not the
    # conversation's own.
    channel = case(
        (messages.c.delivery_state.is_not(None), TEXT_MESSAGES),
        else_=func.coalesce(messages.c.channel, conversations.c.channel),
    )
    return (
        select(messages, staff_accounts.c.full_name, channel.label("way"))
        .join(conversations, conversations.c.id == messages.c.conversation_id)
        .outerjoin(staff_accounts, staff_accounts.c.id == messages.c.staff_id)
    )


def held_until(row: Any) -> datetime | None:
    """When a text goes out that is held back for the quiet hours (see `sms.outgoing`); None where it is not."""
    is_held = row.delivery_state == "queued" and row.delivery_attempts == 0 and row.next_attempt_at is not None
    return row.next_attempt_at if is_held and row.next_attempt_at > row.created_at else None


def _message(row: Any) -> TranscriptMessage:
    return TranscriptMessage(
        id=row.id,
        position=row.position,
        author=row.author,
        staff=row.full_name,
        kind=row.kind,
        topic=row.topic,
        facts=tuple(row.facts or ()),
        text=row.text,
        buttons=tuple(button["title"] for button in row.buttons or ()),
        pressed=row.payload is not None and row.author == "visitor",
        in_reply_to=row.in_reply_to,
        at=row.created_at,
        channel=row.way,
        delivery_state=row.delivery_state,
        delivery_error=row.delivery_error,
        held_until=held_until(row),
        understanding=row.understanding,
    )
