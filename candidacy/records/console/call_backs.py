"""Call-backs: the queue by due time, who works on one, each attempt and what came of it, and the end."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert, or_, select, update
from sqlalchemy.orm import Session

from candidacy.casework.call_back_rules import CallBackRules
from candidacy.records.console.tables import call_attempts, call_back_is_open, call_backs
from candidacy.records.encryption import Cipher
from candidacy.records.staff_tables import staff_accounts
from candidacy.records.tables import consultation_requests

PAGE_LENGTH = 50
OPEN_STATUS, CLOSED_STATUS = "new", "closed"
"""How a consultation request stands: its call-back is open, or closed."""


class CallBackRefused(Exception):
    """The call-back is closed, or another person works on it; the message says which."""


@dataclass(frozen=True)
class CallBack:
    """A call that somebody waits for; what is not known of them is None."""

    id: int
    conversation_id: str
    reason: str
    requested_at: datetime
    due_at: datetime
    attempts: int
    assignee_id: int | None
    assignee: str | None
    closed_at: datetime | None
    closed_as: str | None
    reference: str | None
    method: str | None
    time: str | None
    name: str | None = field(repr=False)
    phone_e164: str | None = field(repr=False)
    note: str | None = field(repr=False)

    def is_overdue(self, now: datetime) -> bool:
        """Whether it should have been made by now."""
        return self.closed_at is None and self.due_at <= now


@dataclass(frozen=True)
class Attempt:
    """A call that was tried."""

    outcome: str
    staff: str
    at: datetime
    next_attempt_at: datetime | None
    note: str | None = field(repr=False)


@dataclass(frozen=True)
class QueueCursor:
    """Where a page of the queue ended."""

    due_at: datetime
    id: int


def call_back_page(
    session: Session,
    *,
    cipher: Cipher,
    assignee_id: int | None = None,
    after: QueueCursor | None = None,
    limit: int = PAGE_LENGTH,
) -> tuple[list[CallBack], QueueCursor | None]:
    """The open call-backs by due time, and where the next page begins.

    Args:
        session: a session that reads.
        cipher: opens names and numbers; raises EncryptionKeyError when no key does.
        assignee_id: only those that this person works on.
        after: the last page's second part.
        limit: how many at most.
    """
    statement = _select().where(call_back_is_open).order_by(call_backs.c.due_at, call_backs.c.id).limit(limit + 1)
    if assignee_id is not None:
        statement = statement.where(call_backs.c.assignee_id == assignee_id)
    if after is not None:
        statement = statement.where(
            call_backs.c.due_at >= after.due_at,
            or_(call_backs.c.due_at > after.due_at, call_backs.c.id > after.id),
        )
    found = session.execute(statement).all()
    rows = [_call_back(row, cipher) for row in found[:limit]]
    more = len(found) > limit
    return rows, QueueCursor(due_at=rows[-1].due_at, id=rows[-1].id) if more else None


def find_call_back(session: Session, *, cipher: Cipher, call_back_id: int) -> CallBack | None:
    """One call-back, open or closed; None when there is none."""
    row = session.execute(_select().where(call_backs.c.id == call_back_id)).one_or_none()
    return None if row is None else _call_back(row, cipher)


def call_backs_of(session: Session, *, cipher: Cipher, conversation_id: str) -> list[CallBack]:
    """Every call-back of a conversation, the newest first."""
    statement = _select().where(call_backs.c.conversation_id == conversation_id).order_by(call_backs.c.id.desc())
    return [_call_back(row, cipher) for row in session.execute(statement)]


def attempts_of(session: Session, *, cipher: Cipher, call_back_id: int) -> list[Attempt]:
    """The attempts of a call-back, the oldest first."""
    rows = session.execute(
        select(call_attempts, staff_accounts.c.full_name)
        .join(staff_accounts, staff_accounts.c.id == call_attempts.c.staff_id)
        .where(call_attempts.c.call_back_id == call_back_id)
        .order_by(call_attempts.c.id)
    )
    return [
        Attempt(
            outcome=row.outcome,
            staff=row.full_name,
            at=row.at,
            next_attempt_at=row.next_attempt_at,
            note=cipher.decrypt_optional(row.note_encrypted),
        )
        for row in rows
    ]


def claim_call_back(session: Session, *, call_back_id: int, staff_id: int, now: datetime) -> bool:
    """Take a call-back that nobody works on; one's own again is fine. Returns whether it is one's own now."""
    result = session.execute(
        update(call_backs)
        .where(
            call_backs.c.id == call_back_id,
            call_back_is_open,
            or_(call_backs.c.assignee_id.is_(None), call_backs.c.assignee_id == staff_id),
        )
        .values(assignee_id=staff_id, claimed_at=now)
    )
    return bool(result.rowcount)


def release_call_back(session: Session, *, call_back_id: int, staff_id: int) -> bool:
    """Leave one's own call-back for others; returns False when it is not one's own."""
    result = session.execute(
        update(call_backs)
        .where(call_backs.c.id == call_back_id, call_back_is_open, call_backs.c.assignee_id == staff_id)
        .values(assignee_id=None, claimed_at=None)
    )
    return bool(result.rowcount)


def record_attempt(
    session: Session,
    *,
    cipher: Cipher,
    rules: CallBackRules,
    call_back_id: int,
    staff_id: int,
    outcome: str,
    note: str | None = None,
    next_attempt_at: datetime | None = None,
    now: datetime,
) -> datetime | None:
    """Note a call that was tried; the outcome closes the call-back, or makes it due again.

    Args:
        session: a session that may write.
        cipher: keeps the note.
        rules: what follows from an outcome.
        call_back_id: the call-back.
        staff_id: who called.
        outcome: one of the rules'.
        note: what staff should know of it.
        next_attempt_at: when to try again, where it is another time than the rules'.
        now: the present.

    Returns:
        When it is due again; None when it is closed.

    Raises:
        CallBackRefused: it is closed, or another person works on it.
        ValueError: there is no such outcome.
    """
    rule = rules.rule(outcome)
    row = _lock_open(session, call_back_id, staff_id)
    due_at = None if rule.closes else next_attempt_at or rules.next_attempt(outcome, at=now, part=row.time or "any")
    session.execute(
        insert(call_attempts).values(
            call_back_id=call_back_id,
            staff_id=staff_id,
            outcome=outcome,
            note_encrypted=cipher.encrypt_optional(note),
            next_attempt_at=due_at,
            at=now,
        )
    )
    attempts = {"attempts": call_backs.c.attempts + 1}
    if due_at is not None:
        session.execute(update(call_backs).where(call_backs.c.id == row.id).values(due_at=due_at, **attempts))
        return due_at
    session.execute(update(call_backs).where(call_backs.c.id == row.id).values(**attempts))
    _close(session, row.id, row.conversation_id, staff_id=staff_id, closed_as=outcome, now=now)
    return None


def close_call_back(
    session: Session, *, call_back_id: int, staff_id: int, closed_as: str = "closed", now: datetime
) -> None:
    """Close a call-back without a call.

    Raises:
        CallBackRefused: it is closed already, or another person works on it.
    """
    row = _lock_open(session, call_back_id, staff_id)
    _close(session, row.id, row.conversation_id, staff_id=staff_id, closed_as=closed_as, now=now)


def _lock_open(session: Session, call_back_id: int, staff_id: int) -> Any:
    row = session.execute(
        select(call_backs, consultation_requests.c.contact_time.label("time"))
        .outerjoin(consultation_requests, consultation_requests.c.conversation_id == call_backs.c.conversation_id)
        .where(call_backs.c.id == call_back_id)
        .with_for_update(of=call_backs)
    ).one_or_none()
    if row is None:
        raise CallBackRefused("there is no such call-back")
    if row.closed_at is not None:
        raise CallBackRefused("the call-back is closed")
    if row.assignee_id not in (None, staff_id):
        raise CallBackRefused("another person works on this call-back")
    return row


def _close(
    session: Session, call_back_id: int, conversation_id: str, *, staff_id: int, closed_as: str, now: datetime
) -> None:
    session.execute(
        update(call_backs)
        .where(call_backs.c.id == call_back_id)
        .values(closed_at=now, closed_as=closed_as, closed_by=staff_id)
    )
    session.execute(
        update(consultation_requests)
        .where(consultation_requests.c.conversation_id == conversation_id)
        .values(status=CLOSED_STATUS)
    )


def _select() -> Any:
    request = consultation_requests.c
    return (
        select(
            call_backs,
            staff_accounts.c.full_name,
            request.reference,
            request.contact_method,
            request.contact_time,
            request.name_encrypted,
            request.phone_encrypted,
            request.note_encrypted,
        )
        .outerjoin(staff_accounts, staff_accounts.c.id == call_backs.c.assignee_id)
        .outerjoin(consultation_requests, request.conversation_id == call_backs.c.conversation_id)
    )


def _call_back(row: Any, cipher: Cipher) -> CallBack:
    return CallBack(
        id=row.id,
        conversation_id=row.conversation_id,
        reason=row.reason,
        requested_at=row.requested_at,
        due_at=row.due_at,
        attempts=row.attempts,
        assignee_id=row.assignee_id,
        assignee=row.full_name,
        closed_at=row.closed_at,
        closed_as=row.closed_as,
        reference=row.reference,
        method=row.contact_method,
        time=row.contact_time,
        name=cipher.decrypt_optional(row.name_encrypted),
        phone_e164=cipher.decrypt_optional(row.phone_encrypted),
        note=cipher.decrypt_optional(row.note_encrypted),
    )
