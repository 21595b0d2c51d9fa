"""What is new to the console: conversations that changed since it last looked."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from candidacy.records.console.inbox import InboxRow, inbox_rows
from candidacy.records.tables import conversations

OVERLAP = timedelta(seconds=15)
"""How far back to look again: a transaction may commit so much later than the instant it writes (see
`web.transactions`). What was seen already comes again, and is known by its `last_position` and state."""
MOST_CHANGES = 200


def changed_since(session: Session, *, at: datetime) -> list[InboxRow]:
    """The conversations active since then, `OVERLAP` included, the last active first, `MOST_CHANGES` at most."""
    ids = list(
        session.execute(
            select(conversations.c.id)
            .where(conversations.c.last_activity_at >= at - OVERLAP, conversations.c.erased_at.is_(None))
            .order_by(conversations.c.last_activity_at.desc())
            .limit(MOST_CHANGES)
        ).scalars()
    )
    rows = inbox_rows(session, ids=ids)
    return [rows[conversation_id] for conversation_id in ids]
