"""Messages: what a visitor said, stored once, and what was said to the visitor, in one order."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import bindparam, exists, insert, select
from sqlalchemy.orm import Session

from candidacy.assistant.reply import Reply
from candidacy.casework.custody import Event, following
from candidacy.records.conversation_lock import LockedConversation, lock_conversation, take_positions
from candidacy.records.dialogue_states import find_dialogue_state
from candidacy.records.tables import messages, turn_is_pending
from candidacy.records.turn import Taker, Turn, holder
from candidacy.records.wake_ups import note_turn

SPEAKERS = ("assistant", "staff", "system")
"""The authors that speak to a visitor."""


# Composed once: to compose a statement takes longer than to have it done.
_INSERT = insert(messages)
_FIND_RECEIVED = select(messages.c.id, messages.c.position).where(
    messages.c.conversation_id == bindparam("of"), messages.c.client_id == bindparam("name")
)
_IS_TURN_OWED = select(exists().where(messages.c.conversation_id == bindparam("of"), turn_is_pending))
_AFTER = (
    select(messages)
    .where(messages.c.conversation_id == bindparam("of"), messages.c.position > bindparam("after"))
    .order_by(messages.c.position)
    .limit(bindparam("most"))
)


@dataclass(frozen=True)
class Received:
    """A visitor's message that is stored; `duplicate` when it had been stored before."""

    id: int
    position: int
    duplicate: bool
    turn: Turn | None = None
    """Its turn, where the one who would take it has it now."""


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
    taker: Taker | None = None,
    session_until: datetime | None = None,
    now: datetime,
) -> Received:
    """Store a visitor's message for a turn to answer; the same `client_id` again is the same message.

    A conversation that was closed is the assistant's again. Where a message waits or a turn is under way before it, it
    waits for its turn, also when there is a taker.

    Args:
        conversation_id: the conversation it belongs to.
        client_id: the client's own name for the message; without one, the message is always new.
        text: what the visitor wrote, or the title of the button that was pressed.
        payload: the payload of the button that was pressed.
        source_id: the channel provider's id of the message.
        channel: where it came from, when that is not the conversation's own channel.
        said_after: the responses that are said after its answer, by name.
        answered: it needs no turn: it is only kept for staff.
        taker: takes its turn at once.
        session_until: how long the visitor's session lasts now; one that the visitor ended stays so.
        now: when it was received.

    Raises:
        ConversationUnknown, ConversationErased: see `lock_conversation`.
    """
    conversation = lock_conversation(session, conversation_id=conversation_id)
    if client_id is not None:
        received = find_received(session, conversation_id=conversation_id, client_id=client_id)
        if received is not None:
            return received
    taken = taker is not None and not answered and _is_free(session, conversation=conversation, now=now)
    position = conversation.last_position + 1
    row = {
        "conversation_id": conversation_id,
        "position": position,
        "author": "visitor",
        "text": text,
        "payload": payload,
        "client_id": client_id,
        "source_id": source_id,
        "channel": channel,
        "said_after": list(said_after) or None,
        "turn_state": "done" if answered else "pending",
        "turn_attempts": int(taken),
        "delivery_attempts": 0,
        "created_at": now,
    }
    message_id = session.execute(_INSERT, row).inserted_primary_key[0]
    changes = _changes_by_visitor(conversation, session_until=session_until, now=now)
    turn = None
    if taker is not None and taken:
        turn = Turn(
            message_id=message_id,
            conversation_id=conversation_id,
            channel=channel or conversation.channel,
            state=changes.get("state", conversation.state),
            text=text,
            payload=payload,
            attempts=1,
            said_after=tuple(said_after),
            dialogue_state=find_dialogue_state(session, conversation_id=conversation_id),
        )
        changes.update(lease_owner=holder(turn, taker.owner), lease_until=taker.now() + taker.lease)
    take_positions(session, conversation=conversation, count=1, now=now, **changes)
    if turn is None and not answered:
        note_turn(session, conversation_id=conversation_id)
    return Received(id=message_id, position=position, duplicate=False, turn=turn)


def _is_free(session: Session, *, conversation: LockedConversation, now: datetime) -> bool:
    """Whether the next message has its turn at once."""
    return not conversation.is_leased(now) and not is_turn_owed(session, conversation_id=conversation.id)


def is_turn_owed(session: Session, *, conversation_id: str) -> bool:
    """Whether a message of a conversation waits for its turn, or has it now."""
    return bool(session.execute(_IS_TURN_OWED, {"of": conversation_id}).scalar_one())


def _changes_by_visitor(
    conversation: LockedConversation, *, session_until: datetime | None, now: datetime
) -> dict[str, Any]:
    """What changes of a conversation because the visitor wrote: it has started, and is closed no more."""
    changes: dict[str, Any] = {} if conversation.started else {"started_at": now}
    reopened = following(conversation.state, Event.VISITOR_WROTE)
    if reopened is not None:
        changes.update(state=reopened, assignee_id=None, claimed_at=None)
    if session_until is not None and not conversation.session_ended:
        changes["session_expires_at"] = session_until
    return changes


def find_received(session: Session, *, conversation_id: str, client_id: str) -> Received | None:
    """The message that the client already sent under this name, or None."""
    row = session.execute(_FIND_RECEIVED, {"of": conversation_id, "name": client_id}).one_or_none()
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
    return say_in(
        session,
        conversation=lock_conversation(session, conversation_id=conversation_id, erased_allowed=True),
        replies=replies,
        in_reply_to=in_reply_to,
        author=author,
        delivery_state=delivery_state,
        at_any_hour=at_any_hour,
        then_turn=then_turn,
        turn_channel=turn_channel,
        now=now,
    )


def say_in(
    session: Session,
    *,
    conversation: LockedConversation,
    replies: Sequence[Reply],
    in_reply_to: int | None = None,
    author: str = "assistant",
    delivery_state: str | None = None,
    at_any_hour: bool = False,
    then_turn: str | None = None,
    turn_channel: str | None = None,
    now: datetime,
    **changes: Any,
) -> list[int]:
    """As `say`, at least one message in a conversation that is locked, with `changes` of the conversation by column."""
    positions = take_positions(session, conversation=conversation, count=len(replies), now=now, **changes)
    common = {
        "conversation_id": conversation.id,
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
    session.execute(_INSERT, rows)
    if then_turn:
        note_turn(session, conversation_id=conversation.id)
    return list(positions)


def messages_after(session: Session, *, conversation_id: str, position: int = 0, limit: int = 200) -> list[MessageView]:
    """The messages after a position, oldest first, `limit` at most; none when there is no such conversation."""
    rows = session.execute(_AFTER, {"of": conversation_id, "after": position, "most": limit})
    return [_view(row) for row in rows]


def view_of_reply(reply: Reply, *, position: int, at: datetime) -> MessageView:
    """What `messages_after` shows of a reply of the assistant's that is stored."""
    return MessageView(
        id=position,
        author="assistant",
        kind=reply.kind,
        text=reply.text,
        buttons=tuple(
            ButtonView(id=_button_id(position, number), title=button.title)
            for number, button in enumerate(reply.buttons, start=1)
        ),
        topic=reply.topic,
        facts=reply.facts,
        at=at.astimezone(timezone.utc),
        client_id=None,
    )


def _columns(reply: Reply, position: int) -> dict[str, Any]:
    buttons = [
        {"id": _button_id(position, number), "title": button.title, "payload": button.payload}
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


def _button_id(position: int, number: int) -> str:
    return f"{position}-{number}"


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
