"""Messages: what a visitor said, stored once, and what was said to the visitor, in one order."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from candidacy.assistant.reply import Reply
from candidacy.casework.custody import Event, following
from candidacy.records.conversation_lock import LockedConversation, lock_conversation, take_positions
from candidacy.records.tables import conversations, messages
from candidacy.records.wake_ups import note_turn

SPEAKERS = ("assistant", "staff", "system")
"""The authors that speak to a visitor."""


@dataclass(frozen=True)
class Received:
    """A visitor's message that is stored; `duplicate` when it had been stored before."""

    id: int
    position: int
    duplicate: bool


@dataclass(frozen=True)
class ButtonView:
    """A button as a visitor sees it: without its payload."""

    id: str
    title: str


@dataclass(frozen=True)
class MessageView:
    """A message as a visitor sees it; its `id` is its position in the conversation, counted from 1."""

    id: int
    author: str
    kind: str | None
    text: str = field(repr=False)
    buttons: tuple[ButtonView, ...]
    topic: str | None
    facts: tuple[str, ...]
    at: datetime
    client_id: str | None


def receive(
    session: Session,
    *,
    conversation_id: str,
    client_id: str | None,
    text: str,
    payload: str | None = None,
    source_id: str | None = None,
    channel: str | None = None,
    said_after: Sequence[str] = (),
    answered: bool = False,
    now: datetime,
) -> Received:
    """Store a visitor's message for a turn to answer; the same `client_id` again is the same message.

    A conversation that was closed is the assistant's again.

    Args:
        conversation_id: the conversation it belongs to.
        client_id: the client's own name for the message; without one, the message is always new.
        text: what the visitor wrote, or the title of the button that was pressed.
        payload: the payload of the button that was pressed.
        source_id: the channel provider's id of the message.
        channel: where it came from, when that is not the conversation's own channel.
        said_after: the responses that are said after its answer, by name.
        answered: it needs no turn: it is only kept for staff.
        now: when it was received.

    Raises:
        ConversationUnknown, ConversationErased: see `lock_conversation`.
    """
    conversation = lock_conversation(session, conversation_id=conversation_id)
    if client_id is not None:
        received = find_received(session, conversation_id=conversation_id, client_id=client_id)
        if received is not None:
            return received
    (position,) = take_positions(session, conversation=conversation, count=1, now=now)
    _note_visitor(session, conversation=conversation, now=now)
    result = session.execute(
        insert(messages).values(
            conversation_id=conversation_id,
            position=position,
            author="visitor",
            text=text,
            payload=payload,
            client_id=client_id,
            source_id=source_id,
            channel=channel,
            said_after=list(said_after) or None,
            turn_state="done" if answered else "pending",
            turn_attempts=0,
            delivery_attempts=0,
            created_at=now,
        )
    )
    if not answered:
        note_turn(session, conversation_id=conversation_id)
    return Received(id=result.inserted_primary_key[0], position=position, duplicate=False)


def _note_visitor(session: Session, *, conversation: LockedConversation, now: datetime) -> None:
    """Have the conversation know that the visitor wrote: it has started, and is closed no more."""
    values: dict[str, Any] = {"started_at": func.coalesce(conversations.c.started_at, now)}
    reopened = following(conversation.state, Event.VISITOR_WROTE)
    if reopened is not None:
        values.update(state=reopened, assignee_id=None, claimed_at=None)
    session.execute(update(conversations).where(conversations.c.id == conversation.id).values(**values))


def find_received(session: Session, *, conversation_id: str, client_id: str) -> Received | None:
    """The message that the client already sent under this name, or None."""
    row = session.execute(
        select(messages.c.id, messages.c.position).where(
            messages.c.conversation_id == conversation_id, messages.c.client_id == client_id
        )
    ).one_or_none()
    return None if row is None else Received(id=row.id, position=row.position, duplicate=True)


def say(
    session: Session,
    *,
    conversation_id: str,
    replies: Sequence[Reply],
    in_reply_to: int | None = None,
    author: str = "assistant",
    delivery_state: str | None = None,
    at_any_hour: bool = False,
    then_turn: str | None = None,
    turn_channel: str | None = None,
    now: datetime,
) -> list[int]:
    """Store messages to the visitor, in their order; returns their positions.

    Args:
        conversation_id: the conversation, which may be erased: the visitor is still told that it was.
        replies: what is said.
        in_reply_to: the database id of the visitor's message that is answered.
        author: one of `SPEAKERS`.
        delivery_state: "queued" where a channel has to send them; None where the visitor fetches them.
        at_any_hour: whether what has to be sent goes out at once also in quiet hours, as an answer does; see
            `sms.outgoing`.
        then_turn: a payload that the assistant answers next, as if the visitor had pressed a button: so it goes on by
            itself after what was said.
        turn_channel: where that turn's answer goes, when that is not the conversation's own channel.
        now: when they were said.

    Raises:
        ConversationUnknown: there is no such conversation.
        ValueError: the author is none of `SPEAKERS`.
    """
    if author not in SPEAKERS:
        raise ValueError(f"the author of a message to a visitor must be one of {', '.join(SPEAKERS)}")
    if not replies:
        return []
    conversation = lock_conversation(session, conversation_id=conversation_id, erased_allowed=True)
    positions = take_positions(session, conversation=conversation, count=len(replies), now=now)
    common = {
        "conversation_id": conversation_id,
        "author": author,
        "in_reply_to": in_reply_to,
        "turn_attempts": 0,
        "delivery_state": delivery_state,
        "delivery_attempts": 0,
        "next_attempt_at": now if at_any_hour else None,
        "created_at": now,
    }
    rows = [{**common, **_columns(reply, position)} for reply, position in zip(replies, positions, strict=True)]
    without_turn = {"turn_state": None, "payload": None, "channel": None}
    waits_for_turn = {"turn_state": "pending", "payload": then_turn, "channel": turn_channel}
    rows = [{**row, **(waits_for_turn if then_turn and row is rows[-1] else without_turn)} for row in rows]
    session.execute(insert(messages), rows)
    if then_turn:
        note_turn(session, conversation_id=conversation_id)
    return list(positions)


def messages_after(session: Session, *, conversation_id: str, position: int = 0, limit: int = 200) -> list[MessageView]:
    """The messages after a position, oldest first, `limit` at most; none when there is no such conversation."""
    rows = session.execute(
        select(messages)
        .where(messages.c.conversation_id == conversation_id, messages.c.position > position)
        .order_by(messages.c.position)
        .limit(limit)
    )
    return [_view(row) for row in rows]


def _columns(reply: Reply, position: int) -> dict[str, Any]:
    buttons = [
        {"id": f"{position}-{number}", "title": button.title, "payload": button.payload}
        for number, button in enumerate(reply.buttons, start=1)
    ]
    return {
        "position": position,
        "text": reply.text,
        "kind": reply.kind,
        "topic": reply.topic,
        "facts": list(reply.facts),
        "buttons": buttons,
    }


def _view(row: Any) -> MessageView:
    return MessageView(
        id=row.position,
        author=row.author,
        kind=row.kind,
        text=row.text,
        buttons=tuple(ButtonView(id=button["id"], title=button["title"]) for button in row.buttons or ()),
        topic=row.topic,
        facts=tuple(row.facts or ()),
        at=row.created_at,
        client_id=row.client_id,
    )
