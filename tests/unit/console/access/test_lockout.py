"""How long to wait after failures."""

from datetime import datetime, timedelta, timezone

import pytest

from candidacy.console.access.lockout import failures_still_counted, wait_until
from candidacy.records.staff.attempts import CountedAttempts

LAST = datetime(2030, 5, 1, 12, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("failures", "minutes"), [(0, 0), (4, 0), (5, 1), (6, 2), (7, 4), (10, 32), (11, 60), (12, 60), (1000, 60)]
)
def test_the_wait_doubles_up_to_an_hour(failures: int, minutes: int) -> None:
    attempts = CountedAttempts(failures=failures, last_at=LAST)
    assert wait_until(attempts, allowance=5, now=LAST) == (LAST + timedelta(minutes=minutes) if minutes else None)


def test_after_the_wait_one_may_try() -> None:
    attempts = CountedAttempts(failures=6, last_at=LAST)
    assert wait_until(attempts, allowance=5, now=LAST + timedelta(seconds=119)) is not None
    assert wait_until(attempts, allowance=5, now=LAST + timedelta(seconds=120)) is None


def test_failures_are_forgotten_after_a_day() -> None:
    attempts = CountedAttempts(failures=6, last_at=LAST)
    assert failures_still_counted(attempts, now=LAST + timedelta(hours=23)) == 6
    assert failures_still_counted(attempts, now=LAST + timedelta(hours=24)) == 0
