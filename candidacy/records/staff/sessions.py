"""Staff's sessions: a row each, found by the hash of the cookie's token; a row that is deleted opens nothing."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from candidacy.records.staff.accounts import ACCOUNT_COLUMNS, StaffAccount, account_of
from candidacy.records.staff_tables import staff_accounts, staff_sessions
from candidacy.records.token import hash_token


@dataclass(frozen=True)
class StaffSession:
    """Who is signed in, since when, and when something was last done."""

    account: StaffAccount
    created_at: datetime
    last_seen_at: datetime


def open_staff_session(session: Session, *, staff_id: int, token: str, now: datetime) -> None:
    """Open a session for whoever has the token."""
    session.execute(
        insert(staff_sessions).values(token_hash=hash_token(token), staff_id=staff_id, created_at=now, last_seen_at=now)
    )


def find_staff_session(session: Session, *, token: str) -> StaffSession | None:
    """The session of a token, also one that has lasted too long; None when there is none or the account is disabled."""
    row = session.execute(
        select(*ACCOUNT_COLUMNS, staff_sessions.c.created_at.label("opened_at"), staff_sessions.c.last_seen_at)
        .join_from(staff_sessions, staff_accounts)
        .where(staff_sessions.c.token_hash == hash_token(token), staff_accounts.c.disabled_at.is_(None))
    ).one_or_none()
    if row is None:
        return None
    return StaffSession(account=account_of(row), created_at=row.opened_at, last_seen_at=row.last_seen_at)


def note_seen(session: Session, *, token: str, now: datetime) -> None:
    """Note that something was done in a session."""
    session.execute(
        update(staff_sessions).where(staff_sessions.c.token_hash == hash_token(token)).values(last_seen_at=now)
    )


def end_staff_session(session: Session, *, token: str) -> None:
    """End one session."""
    session.execute(delete(staff_sessions).where(staff_sessions.c.token_hash == hash_token(token)))


def end_staff_sessions(session: Session, *, staff_id: int) -> None:
    """End every session of an account."""
    session.execute(delete(staff_sessions).where(staff_sessions.c.staff_id == staff_id))


def forget_staff_sessions(session: Session, *, seen_before: datetime) -> None:
    """Delete the rows of sessions in which nothing was done since then."""
    session.execute(delete(staff_sessions).where(staff_sessions.c.last_seen_at < seen_before))
