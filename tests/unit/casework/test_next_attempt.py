"""A next attempt is typed as the clinic's clock shows it, also when clocks change."""

from datetime import datetime, timezone
from zoneinfo import ZoneInfo

import pytest

from candidacy.casework.next_attempt import NextAttemptError, read_next_attempt

NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("typed", "instant"),
    [
        ("", None),
        ("  ", None),
        ("2026-03-06T14:30", datetime(2026, 3, 6, 19, 30, tzinfo=timezone.utc)),
        ("2026-03-09T14:30", datetime(2026, 3, 9, 18, 30, tzinfo=timezone.utc)),
        ("2026-11-01T01:30", datetime(2026, 11, 1, 5, 30, tzinfo=timezone.utc)),
    ],
    ids=["nothing", "blank", "winter", "summer", "twice"],
)
def test_it_is_the_clinics_clock(typed: str, instant: datetime | None) -> None:
    assert read_next_attempt(typed, now=NOW, zone=NEW_YORK) == instant


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("tomorrow", "a date and time like"),
        ("2026-03-06T14:30+01:00", "without a time zone"),
        ("2026-03-08T02:30", "the clocks change"),
        ("2026-03-02T06:59", "later than now"),
        ("2027-04-01T10:00", "within a year"),
        ("9999-12-31T23:59", "within a year"),
    ],
)
def test_other_times_are_refused_with_what_to_do(typed: str, said: str) -> None:
    with pytest.raises(NextAttemptError, match=said):
        read_next_attempt(typed, now=NOW, zone=NEW_YORK)
