"""Buttons: which of those offered can still be pressed, since a yes must never answer another question."""

from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import Session

from candidacy.assistant.reply import Button
from candidacy.records.conversation_lock import lock_conversation
from candidacy.records.messages import Received, find_received, receive
from candidacy.records.tables import messages, turn_is_pending
from candidacy.records.turn import Taker

_in_conversation = messages.c.conversation_id == bindparam("of")
_last_said = (
    select(messages.c.position)
    .where(_in_conversation, messages.c.author == "visitor")
    .order_by(messages.c.position.desc())
    .limit(1)
    .scalar_subquery()
)
# Composed once: to compose a statement takes longer than to have it done.
_OFFERED = select(messages.c.buttons).where(_in_conversation, messages.c.position == bindparam("at"))
# What the assistant has said since the visitor last wrote.
_SINCE_VISITOR = (
    select(messages.c.position, messages.c.in_reply_to)
    .where(
        _in_conversation,
        messages.c.author == "assistant",
        messages.c.position > func.coalesce(_last_said, 0),
        ~exists().where(_in_conversation, turn_is_pending),
    )
    .order_by(messages.c.position.desc())
)


@dataclass(frozen=True)
class StaleButton:
    """A button that was offered, but whose question is over."""

    title: str


def press_button(
    session: Session,
    *,
    conversation_id: str,
    client_id: str | None,
    button_id: str,
    taker: Taker | None = None,
    session_until: datetime | None = None,
    now: datetime,
) -> Received | StaleButton | None:
    """Store the press of a button as the visitor's message, its title as the text; None when there is no such button.

    See `messages.receive` for who takes its turn and how long the session lasts then.

    The same `client_id` again is the same message, also when the button is no longer live. Of two presses at once,
    one is stored and the other finds the button stale.

    Raises:
        ConversationUnknown, ConversationErased: see `lock_conversation`.
    """
    # Locked before the look, so that of two posts of one press the second finds the first.
    lock_conversation(session, conversation_id=conversation_id)
    if client_id is not None:
        received = find_received(session, conversation_id=conversation_id, client_id=client_id)
        if received is not None:
            return received
    button = live_button(session, conversation_id=conversation_id, button_id=button_id)
    if not isinstance(button, Button):
        return button
    return receive(
        session,
        conversation_id=conversation_id,
        client_id=client_id,
        text=button.title,
        payload=button.payload,
        taker=taker,
        session_until=session_until,
        now=now,
    )


def live_button(session: Session, *, conversation_id: str, button_id: str) -> Button | StaleButton | None:
    """The offered button, or that it is stale, or None when it was never offered in this conversation.

    Which are live says `live_messages`. Where the conversation is locked, a message received in the same transaction is
    surely the first after it.
    """
    position, _, number = button_id.partition("-")
    if not (position.isascii() and position.isdecimal() and len(position) < 10 and number):
        return None
    row = session.execute(_OFFERED, {"of": conversation_id, "at": int(position)}).one_or_none()
    offered = next((button for button in (row.buttons or ()) if button["id"] == button_id), None) if row else None
    if row is None or offered is None:
        return None
    if int(position) not in live_messages(session, conversation_id=conversation_id):
        return StaleButton(title=offered["title"])
    return Button(title=offered["title"], payload=offered["payload"])


def live_buttons(session: Session, *, conversation_id: str) -> tuple[Button, ...]:
    """The buttons of the newest message that has some which can be pressed now."""
    live = live_messages(session, conversation_id=conversation_id)
    rows = session.execute(
        select(messages.c.buttons)
        .where(messages.c.conversation_id == conversation_id, messages.c.position.in_(live))
        .order_by(messages.c.position.desc())
    )
    offered = next((row.buttons for row in rows if row.buttons), ())
    return tuple(Button(title=button["title"], payload=button["payload"]) for button in offered)


def live_messages(session: Session, *, conversation_id: str) -> frozenset[int]:
    """The positions of the messages whose buttons can be pressed now.

    They belong to the newest turn of the assistant, and the visitor has said nothing that comes after them or is still
    to be answered.
    """
    since = session.execute(_SINCE_VISITOR, {"of": conversation_id}).all()
    return frozenset(row.position for row in takewhile(lambda row: row.in_reply_to == since[0].in_reply_to, since))
