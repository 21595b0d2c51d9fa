"""Time that is counted while the clinic is open, also over nights, weekends and the change of clocks."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candidacy.casework.clinic_time import after_open_time, day_of, start_of
from candidacy.settings import ClinicHours

NEW_YORK = ZoneInfo("America/New_York")
WEEKDAYS = ClinicHours.parse("Mon-Fri 09:00-17:00")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK)


@pytest.mark.parametrize(
    ("asked", "hours", "part", "due"),
    [
        # Friday 6 March 2026; clocks go forward in the night to Sunday the 8th.
        ("2026-03-06 10:00", 4, "any", "2026-03-06 14:00"),
        ("2026-03-06 15:00", 4, "any", "2026-03-09 11:00"),
        ("2026-03-06 17:00", 4, "any", "2026-03-09 13:00"),
        ("2026-03-07 12:00", 4, "any", "2026-03-09 13:00"),
        ("2026-03-08 01:59", 4, "any", "2026-03-09 13:00"),
        ("2026-03-09 08:59", 4, "any", "2026-03-09 13:00"),
        ("2026-03-09 09:00", 8, "any", "2026-03-09 17:00"),
        # Mornings are three hours a day, afternoons five.
        ("2026-03-06 10:00", 4, "morning", "2026-03-09 11:00"),
        ("2026-03-06 10:00", 4, "afternoon", "2026-03-06 16:00"),
        # Clocks go back in the night to Sunday 1 November 2026.
        ("2026-10-30 16:00", 2, "any", "2026-11-02 10:00"),
        ("2026-11-01 01:30", 2, "any", "2026-11-02 11:00"),
    ],
)
def test_when_the_clinic_has_been_open_so_long(asked: str, hours: int, part: str, due: str) -> None:
    found = after_open_time(local(asked), timedelta(hours=hours), hours=WEEKDAYS, timezone=NEW_YORK, part=part)
    assert found == local(due)


def test_hours_on_the_day_of_the_change_are_real_hours() -> None:
    always = ClinicHours.parse("Mon-Sun 00:00-23:59")
    due = after_open_time(local("2026-03-08 01:00"), timedelta(hours=2), hours=always, timezone=NEW_YORK)
    assert due == local("2026-03-08 04:00")


def test_days_may_go_over_the_end_of_the_week() -> None:
    weekend = ClinicHours.parse("Sat-Mon 09:00-10:00")
    due = after_open_time(local("2026-03-03 09:00"), timedelta(hours=3), hours=weekend, timezone=NEW_YORK)
    assert due == local("2026-03-09 10:00")


def test_a_part_of_the_day_in_which_the_clinic_is_closed_counts_as_the_whole_day() -> None:
    evenings = ClinicHours.parse("Mon-Fri 16:00-20:00")
    due = after_open_time(
        local("2026-03-06 08:00"), timedelta(hours=1), hours=evenings, timezone=NEW_YORK, part="morning"
    )
    assert due == local("2026-03-06 17:00")


@pytest.mark.parametrize("open_time", [timedelta(0), timedelta(hours=-1), timedelta(days=400)])
def test_times_that_make_no_sense_are_refused(open_time: timedelta) -> None:
    with pytest.raises(ValueError, match="the open time must be"):
        after_open_time(local("2026-03-06 10:00"), open_time, hours=WEEKDAYS, timezone=NEW_YORK)


@given(
    minutes=st.integers(min_value=0, max_value=60 * 24 * 400),
    first=st.integers(min_value=1, max_value=900),
    second=st.integers(min_value=1, max_value=900),
)
def test_it_is_always_within_the_hours_and_adds_up(minutes: int, first: int, second: int) -> None:
    start = local("2026-01-01 00:00") + timedelta(minutes=minutes)

    def later(since: datetime, count: int) -> datetime:
        return after_open_time(since, timedelta(minutes=count), hours=WEEKDAYS, timezone=NEW_YORK)

    due = later(start, first + second)
    clock = due.astimezone(NEW_YORK)
    assert due > start
    assert clock.weekday() < 5
    assert WEEKDAYS.opens < clock.time() <= WEEKDAYS.closes
    assert later(later(start, first), second) == due


def test_a_day_is_the_clinics() -> None:
    assert day_of(local("2026-03-06 23:30"), timezone=NEW_YORK) == date(2026, 3, 6)
    assert start_of(date(2026, 3, 9), timezone=NEW_YORK) - start_of(date(2026, 3, 8), timezone=NEW_YORK) == timedelta(
        hours=23
    )
