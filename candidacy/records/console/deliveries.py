"""How the texts of conversations got on, for open transcripts: a state changes long after the text was said."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from candidacy.records.console.transcript import MOST_MESSAGES, held_until
from candidacy.records.tables import conversations, messages

LOOK_LENGTH = 500
"""The most conversations that one statement asks for; SQLite takes at most 999 values in some builds."""


@dataclass(frozen=True)
class Delivery:
    """How the text at a position got on, why it failed where it did, and until when it is held back where it is."""

    position: int
    state: str
    error: str | None
    held_until: datetime | None


def deliveries(session: Session, *, conversation_ids: Collection[str]) -> dict[str, tuple[Delivery, ...]]:
    """How the texts among the newest `MOST_MESSAGES` of some conversations got on, the oldest first.

    Conversations without a text among them are left out.
    """
    found: dict[str, list[Delivery]] = {}
    ids = iter(conversation_ids)
    while some := list(islice(ids, LOOK_LENGTH)):
        rows = session.execute(
            select(
                messages.c.conversation_id,
                messages.c.position,
                messages.c.created_at,
                messages.c.delivery_state,
                messages.c.delivery_error,
                messages.c.delivery_attempts,
                messages.c.next_attempt_at,
            )
            .join(conversations, conversations.c.id == messages.c.conversation_id)
            .where(
                conversations.c.id.in_(some),
                messages.c.position > conversations.c.last_position - MOST_MESSAGES,
                messages.c.delivery_state.is_not(None),
            )
            .order_by(messages.c.position)
        )
        for row in rows:
            delivery = Delivery(
                position=row.position,
                state=row.delivery_state,
                error=row.delivery_error,
                held_until=held_until(row),
            )
            found.setdefault(row.conversation_id, []).append(delivery)
    return {conversation_id: tuple(texts) for conversation_id, texts in found.items()}
