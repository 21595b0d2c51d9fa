"""What staff say to a visitor: through the same messages as the assistant's, each once."""

from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from candidacy.records.console.claims import Holder, holder_of
from candidacy.records.conversation_lock import lock_conversation, take_positions
from candidacy.records.delivery import channel_of_visitor, delivery_state
from candidacy.records.sms.outgoing import release_held
from candidacy.records.tables import messages

_CLIENT_PREFIX = "staff:"


class NotTheirs(Exception):
    """The conversation is not this person's to answer; `holder` is who has it, or None where no person does."""

    def __init__(self, holder: Holder | None) -> None:
        super().__init__("the conversation must be claimed before it can be answered")
        self.holder = holder


def send(
    session: Session,
    *,
    conversation_id: str,
    staff_id: int,
    client_id: str,
    text: str,
    at_any_hour: bool = False,
    now: datetime,
) -> int:
    """Say something to the visitor in a conversation one has; returns its position. The same `client_id` says it once.

    Args:
        session: a session that may write.
        conversation_id: the conversation.
        staff_id: who says it.
        client_id: the page's own name of the message, random and new for each.
        text: what is said.
        at_any_hour: whether a text goes out at once also in quiet hours, with all that is held back there.
        now: the present.

    Raises:
        ConversationUnknown, ConversationErased: see `lock_conversation`.
        NotTheirs: this person does not have the conversation.
        ValueError: there is nothing in the text.
    """
    if not text.strip():
        raise ValueError("a message must say something")
    conversation = lock_conversation(session, conversation_id=conversation_id)
    said = _said(session, conversation_id, client_id)
    if said is not None:
        return said
    holder = holder_of(session, conversation_id=conversation_id)
    if holder is None or holder.staff_id != staff_id:
        raise NotTheirs(holder)
    (position,) = take_positions(session, conversation=conversation, count=1, now=now)
    channel = channel_of_visitor(session, conversation_id=conversation_id)
    session.execute(
        insert(messages).values(
            conversation_id=conversation_id,
            position=position,
            author="staff",
            staff_id=staff_id,
            text=text.strip(),
            client_id=_CLIENT_PREFIX + client_id,
            turn_attempts=0,
            delivery_state=delivery_state(channel),
            delivery_attempts=0,
            created_at=now,
        )
    )
    if at_any_hour:
        release_held(session, conversation_id=conversation_id, now=now)
    return position


def _said(session: Session, conversation_id: str, client_id: str) -> int | None:
    position: int | None = session.execute(
        select(messages.c.position).where(
            messages.c.conversation_id == conversation_id, messages.c.client_id == _CLIENT_PREFIX + client_id
        )
    ).scalar_one_or_none()
    return position
