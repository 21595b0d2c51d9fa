"""How what is said outside a turn reaches the visitor: on the website they fetch it, to a telephone it must be sent."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from candidacy.records.conversation_lock import ConversationUnknown
from candidacy.records.sms.texters import CHANNEL as TEXT_MESSAGES
from candidacy.records.tables import conversations, messages


def delivery_state(channel: str) -> str | None:
    """The delivery state of a new message on a channel, for `messages.say`: queued where it must be sent."""
    return "queued" if channel == TEXT_MESSAGES else None


def channel_of_visitor(session: Session, *, conversation_id: str) -> str:
    """Where a visitor is now, who may have gone on by text message: where they wrote last, or were last texted.

    A conversation in which nobody has written yet has its own channel. Raises ConversationUnknown where there is none.
    """
    latest = session.execute(
        select(messages.c.channel, messages.c.delivery_state)
        .where(
            messages.c.conversation_id == conversation_id,
            or_(messages.c.author == "visitor", messages.c.delivery_state.is_not(None)),
        )
        .order_by(messages.c.position.desc())
        .limit(1)
    ).one_or_none()
    if latest is not None and latest.delivery_state is not None:
        return TEXT_MESSAGES
    if latest is not None and latest.channel is not None:
        return str(latest.channel)
    statement = select(conversations.c.channel).where(conversations.c.id == conversation_id)
    own: str | None = session.execute(statement).scalar_one_or_none()
    if own is None:
        raise ConversationUnknown("there is no such conversation")
    return own
