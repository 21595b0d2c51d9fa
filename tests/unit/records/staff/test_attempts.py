"""Failed sign-ins are counted by key, also many at once."""

from collections.abc import Callable
from datetime import datetime, timedelta

from candidacy.records.database import Database
from candidacy.records.staff.attempts import (
    CountedAttempts,
    forget_attempts,
    forget_attempts_before,
    hold_attempts,
    set_attempts,
    take_back_attempt,
)


def test_attempts_are_counted_by_key(database: Database, now: datetime) -> None:
    later = now + timedelta(minutes=1)
    with database.session() as session:
        assert hold_attempts(session, key="a", now=now) == CountedAttempts(failures=0, last_at=now)
        set_attempts(session, key="a", failures=3, now=later)
        assert hold_attempts(session, key="a", now=now) == CountedAttempts(failures=3, last_at=later)
        take_back_attempt(session, key="a")
        assert hold_attempts(session, key="a", now=now).failures == 2
        assert hold_attempts(session, key="b", now=now).failures == 0
        forget_attempts_before(session, before=later)
        assert hold_attempts(session, key="a", now=now).failures == 2
        forget_attempts(session, key="a")
        assert hold_attempts(session, key="a", now=now).failures == 0


def test_attempts_at_once_are_all_counted(
    database: Database, now: datetime, at_once: Callable[..., list[None]]
) -> None:
    def count(_: int) -> None:
        with database.session() as session:
            held = hold_attempts(session, key="a", now=now)
            set_attempts(session, key="a", failures=held.failures + 1, now=now)

    at_once(8, count)
    with database.session() as session:
        assert hold_attempts(session, key="a", now=now).failures == 8
