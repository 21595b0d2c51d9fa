"""The parts of a message that was sent to a telephone, and how each got on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from candidacy.records.dialect_insert import dialect_insert
from candidacy.records.sms.tables import text_parts
from candidacy.records.tables import messages

UNSENT = "queued"
"""A part of which nothing is known yet."""


@dataclass(frozen=True)
class Part:
    """A part of a message, by the message's id in the database and its number, counted from 1."""

    message_id: int
    number: int


def lock_part(session: Session, *, part: Part, now: datetime) -> str | None:
    """Take a part's row until the transaction ends; returns its state, or None when its message is gone.

    A report can come before the answer to the request which sent the part, so the row is made where there is none.
    """
    if not lock_message(session, message_id=part.message_id):
        return None
    session.execute(
        dialect_insert(session, text_parts)
        .values(message_id=part.message_id, number=part.number, state=UNSENT, updated_at=now)
        .on_conflict_do_nothing(index_elements=["message_id", "number"])
    )
    state: str = session.execute(select(text_parts.c.state).where(_is(part))).scalar_one()
    return state


def lock_message(session: Session, *, message_id: int) -> bool:
    """Take a message's row until the transaction ends, as everybody does first who writes about its parts.

    Returns:
        False when the message is gone.
    """
    locked = session.execute(select(messages.c.id).where(messages.c.id == message_id).with_for_update())
    return locked.one_or_none() is not None


def set_part_state(
    session: Session, *, part: Part, message_sid: str, state: str, error: str | None, now: datetime
) -> None:
    """Store what is known of a part, whose row is locked, and what follows for its message once all parts are sent."""
    session.execute(
        update(text_parts).where(_is(part)).values(message_sid=message_sid, state=state, error=error, updated_at=now)
    )
    session.execute(
        update(messages)
        .where(messages.c.id == part.message_id, messages.c.delivery_state != UNSENT)
        .values(**outcome_of_parts(session, message_id=part.message_id))
    )


def outcome_of_parts(session: Session, *, message_id: int) -> dict[str, Any]:
    """How a message got on whose parts are all sent: failed when one is, delivered when all are, else sent.

    Returns:
        The values of the message's row.
    """
    rows = session.execute(
        select(text_parts.c.state, text_parts.c.error)
        .where(text_parts.c.message_id == message_id)
        .order_by(text_parts.c.number)
    ).all()
    states = {row.state for row in rows}
    state = "failed" if "failed" in states else "delivered" if states == {"delivered"} else "sent"
    return {"delivery_state": state, "delivery_error": next((row.error for row in rows if row.error), None)}


def _is(part: Part) -> Any:
    return (text_parts.c.message_id == part.message_id) & (text_parts.c.number == part.number)
