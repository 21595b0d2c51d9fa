"""Waiting for a person: how each wait ended, and what is done when nobody comes."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from candidacy.assistant.reply import Reply
from candidacy.casework.custody import Event, following
from candidacy.records.console.call_back_queue import queue_call_back
from candidacy.records.console.tables import waits
from candidacy.records.delivery import channel_of_visitor, delivery_state
from candidacy.records.messages import say
from candidacy.records.tables import conversations, is_waiting

BATCH = 20
"""How many are told at once."""


def end_wait(
    session: Session, *, conversation_id: str, how: str, staff_id: int | None = None, now: datetime
) -> datetime | None:
    """Note how a wait ended (one of `WAIT_ENDS`); returns since when it was, or None when there was none.

    The caller has the conversation locked and changes its state.
    """
    since: datetime | None = session.execute(
        select(conversations.c.waiting_since).where(conversations.c.id == conversation_id)
    ).scalar_one_or_none()
    if since is None:
        return None
    session.execute(
        insert(waits).values(conversation_id=conversation_id, since=since, ended_at=now, how=how, staff_id=staff_id)
    )
    session.execute(update(conversations).where(conversations.c.id == conversation_id).values(waiting_since=None))
    return since


def somebody_waited_too_long(session: Session, *, patience: timedelta, now: datetime) -> bool:
    """Whether there is anything for `give_up_waiting` to do: a look that waits for no writer."""
    late = select(conversations.c.id).where(is_waiting, conversations.c.waiting_since <= now - patience).limit(1)
    return session.execute(late).first() is not None


def give_up_waiting(
    session: Session,
    *,
    patience: timedelta,
    notice: Callable[[str], Reply],
    due_at: Callable[[datetime], datetime],
    now: datetime,
) -> list[str]:
    """Tell those who waited too long that nobody came, give them back to the assistant, and queue their call-backs.

    Args:
        session: a session that may write.
        patience: how long somebody waits.
        notice: what is said, by channel.
        due_at: when a call that is asked for now is due.
        now: the present.

    Returns:
        The conversations' ids, `BATCH` at most.
    """
    rows = session.execute(
        select(conversations.c.id, conversations.c.state)
        .where(is_waiting, conversations.c.waiting_since <= now - patience)
        .order_by(conversations.c.waiting_since)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    for row in rows:
        end_wait(session, conversation_id=row.id, how="nobody_came", now=now)
        session.execute(
            update(conversations)
            .where(conversations.c.id == row.id)
            .values(state=following(row.state, Event.NOBODY_CAME))
        )
        queue_call_back(session, conversation_id=row.id, reason="nobody_came", due_at=due_at(now), now=now)
        channel = channel_of_visitor(session, conversation_id=row.id)
        say(
            session,
            conversation_id=row.id,
            replies=[notice(channel)],
            author="system",
            delivery_state=delivery_state(channel),
            now=now,
        )
    return [row.id for row in rows]
