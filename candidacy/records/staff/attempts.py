"""Sign-ins that were tried: how many failed, by a fingerprint of the name that was typed and of the network address."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from candidacy.records.dialect_insert import dialect_insert
from candidacy.records.staff_tables import sign_in_attempts


@dataclass(frozen=True)
class CountedAttempts:
    """What is counted under a key, and when the last one was made."""

    failures: int
    last_at: datetime


def hold_attempts(session: Session, *, key: str, now: datetime) -> CountedAttempts:
    """What is counted under a key; others who ask for the same key wait until this transaction ends."""
    session.execute(
        dialect_insert(session, sign_in_attempts)
        .values(key=key, failures=0, last_at=now)
        .on_conflict_do_nothing(index_elements=["key"])
    )
    row = session.execute(
        select(sign_in_attempts.c.failures, sign_in_attempts.c.last_at)
        .where(sign_in_attempts.c.key == key)
        .with_for_update()
    ).one()
    return CountedAttempts(failures=row.failures, last_at=row.last_at)


def set_attempts(session: Session, *, key: str, failures: int, now: datetime) -> None:
    """Count so many failures under a key, the last one now."""
    session.execute(
        update(sign_in_attempts).where(sign_in_attempts.c.key == key).values(failures=failures, last_at=now)
    )


def take_back_attempt(session: Session, *, key: str) -> None:
    """Count one failure less: the attempt succeeded."""
    session.execute(
        update(sign_in_attempts)
        .where(sign_in_attempts.c.key == key, sign_in_attempts.c.failures > 0)
        .values(failures=sign_in_attempts.c.failures - 1)
    )


def forget_attempts(session: Session, *, key: str) -> None:
    """Count nothing under a key any more."""
    session.execute(delete(sign_in_attempts).where(sign_in_attempts.c.key == key))


def forget_attempts_before(session: Session, *, before: datetime) -> None:
    """Delete what was last counted before then."""
    session.execute(delete(sign_in_attempts).where(sign_in_attempts.c.last_at < before))
