"""What is new in a conversation, for those who follow it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session

from candidacy.casework.custody import PERSON
from candidacy.records.buttons import live_messages
from candidacy.records.messages import MessageView, Received, messages_after, view_of_reply
from candidacy.records.tables import conversations, messages, turn_is_pending
from candidacy.records.turn import Turn
from candidacy.records.turns import Finished

PAGE_LENGTH = 200
"""The most messages that are read at once."""

LOOK_LENGTH = 500
"""The most conversations that one statement asks for; SQLite takes at most 999 values in some builds."""


@dataclass(frozen=True)
class News:
    """What there is after a position, and how the conversation stands."""

    after: int
    """The position after which it was looked."""
    messages: Sequence[MessageView]
    live: frozenset[int]
    """The messages whose buttons can be pressed."""
    owed: bool
    """Whether a message waits for its turn, or has it now."""
    with_person: bool
    """Whether a person has the conversation."""
    ended: bool
    """Whether the visitor ended the session."""
    expires_at: datetime | None
    """When the session ends by itself; None where it has no end."""

    @property
    def working(self) -> bool:
        """Whether the assistant owes an answer; never while a person has the conversation."""
        return self.owed and not self.with_person

    @property
    def last(self) -> int:
        """The position of the last message that was found; where there is none, that after which it was looked."""
        return self.messages[-1].id if self.messages else self.after

    @property
    def more(self) -> bool:
        """Whether there may be more messages than were read."""
        return len(self.messages) == PAGE_LENGTH


# Composed once: to compose a statement takes longer than to have it done.
_STANDING = select(
    conversations.c.state,
    conversations.c.session_ended_at,
    conversations.c.session_expires_at,
    exists().where(messages.c.conversation_id == bindparam("of"), turn_is_pending).label("owed"),
).where(conversations.c.id == bindparam("of"))


def read_news(session: Session, *, conversation_id: str, position: int) -> News:
    """The messages after a position, `PAGE_LENGTH` at most, and how the conversation stands.

    In a transaction that has the conversation locked, it is what everybody sees once that is committed.
    """
    views = messages_after(session, conversation_id=conversation_id, position=position, limit=PAGE_LENGTH)
    offered = any(view.buttons for view in views)
    standing = session.execute(_STANDING, {"of": conversation_id}).one_or_none()
    return News(
        after=position,
        messages=views,
        live=live_messages(session, conversation_id=conversation_id) if offered else frozenset(),
        owed=bool(standing and standing.owed),
        with_person=bool(standing and standing.state == PERSON),
        ended=bool(standing and standing.session_ended_at),
        expires_at=standing.session_expires_at if standing else None,
    )


def news_of_message(
    received: Received, *, turn: Turn, client_id: str | None, expires_at: datetime | None, now: datetime
) -> News:
    """What `read_news` reads after the position before a visitor's message in the transaction that stored it.

    Args:
        received: the message, which is new.
        turn: its turn, which was taken at once: so no other message waits.
        client_id: the client's own name for it.
        expires_at: when the session ends now.
        now: when it was received.
    """
    view = MessageView(
        id=received.position,
        author="visitor",
        kind=None,
        text=turn.text,
        buttons=(),
        topic=None,
        facts=(),
        at=now.astimezone(timezone.utc),
        client_id=client_id,
    )
    return News(
        after=received.position - 1,
        messages=[view],
        live=frozenset(),
        owed=True,
        with_person=turn.state == PERSON,
        ended=False,
        expires_at=expires_at,
    )


def news_of_turn(finished: Finished, *, owed: bool) -> News:
    """What `read_news` reads after the position before a turn's replies in the transaction that finished it.

    Args:
        finished: the turn, in which something was said.
        owed: whether another message waits for its turn now.
    """
    conversation = finished.conversation
    views = [
        view_of_reply(reply, position=position, at=finished.at)
        for position, reply in enumerate(finished.said, start=conversation.last_position + 1)
    ]
    # As `buttons.live_messages` says: nothing comes after the newest turn, unless something is still to be answered.
    live = frozenset[int]() if owed else frozenset(view.id for view in views)
    return News(
        after=conversation.last_position,
        messages=views,
        live=live if any(view.buttons for view in views) else frozenset(),
        owed=owed,
        with_person=conversation.state == PERSON,
        ended=conversation.session_ended,
        expires_at=conversation.session_expires_at,
    )


def conversations_with_news(session: Session, *, waiting: Mapping[str, int]) -> list[str]:
    """Of the conversations that are followed, those with messages after the follower's position, or that have ended.

    One statement serves `LOOK_LENGTH` of them, so that many followers cost hardly more than one.

    Args:
        waiting: conversations, and the position up to which their messages are known.
    """
    ids = list(waiting)
    found: list[str] = []
    for start in range(0, len(ids), LOOK_LENGTH):
        rows = session.execute(
            select(conversations.c.id, conversations.c.last_position, conversations.c.session_ended_at).where(
                conversations.c.id.in_(ids[start : start + LOOK_LENGTH])
            )
        )
        found += [row.id for row in rows if row.last_position > waiting[row.id] or row.session_ended_at is not None]
    return found
