"""Into the queue of call-backs: at most one open call-back a conversation, and none is lost."""

from datetime import datetime

from sqlalchemy import case, insert, select, update
from sqlalchemy.orm import Session

from candidacy.records.console.tables import call_back_is_open, call_backs


def queue_call_back(session: Session, *, conversation_id: str, reason: str, due_at: datetime, now: datetime) -> int:
    """Queue a call; where one is open already it is the same, due at the earlier of both times. Returns its id.

    The caller has the conversation locked.
    """
    in_queue = session.execute(
        select(call_backs.c.id).where(call_backs.c.conversation_id == conversation_id, call_back_is_open)
    ).scalar_one_or_none()
    if in_queue is not None:
        earlier = case((call_backs.c.due_at < due_at, call_backs.c.due_at), else_=due_at)
        # A request says more than a wait did, and holds the number to call.
        changed = {"due_at": earlier, **({"reason": reason} if reason == "consultation" else {})}
        session.execute(update(call_backs).where(call_backs.c.id == in_queue).values(**changed))
        return int(in_queue)
    result = session.execute(
        insert(call_backs).values(
            conversation_id=conversation_id, reason=reason, requested_at=now, due_at=due_at, attempts=0
        )
    )
    return int(result.inserted_primary_key[0])
