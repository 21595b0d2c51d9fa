"""Time as the clinic counts it: only while it is open, in its own time zone, also over the change of clocks."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone
from typing import NamedTuple
from zoneinfo import ZoneInfo

from candidacy.settings import ClinicHours

NOON = time(12)
MORNING = "morning"
AFTERNOON = "afternoon"
_LONGEST_SEARCH = 366
"""Days to look ahead; more than any number of open hours that is asked for."""


class Opening(NamedTuple):
    """A time during which the clinic is open, as instants."""

    start: datetime
    end: datetime


def after_open_time(
    start: datetime, open_time: timedelta, *, hours: ClinicHours, timezone: ZoneInfo, part: str = "any"
) -> datetime:
    """The instant at which the clinic has been open for so long since `start`.

    Args:
        start: any instant, also one at which the clinic is closed.
        open_time: how long, counted while it is open; must be more than zero.
        hours: when it is open.
        timezone: where it is.
        part: count mornings or afternoons alone; a part in which the clinic is never open counts as the whole day.

    Raises:
        ValueError: the time is not more than zero, or would take more than a year.
    """
    if open_time <= timedelta(0):
        raise ValueError("the open time must be more than zero")
    left, start = open_time, _as_utc(start)
    for opening in _openings(start, hours=_part_of(hours, part), timezone=timezone):
        begins = max(opening.start, start)
        if begins + left <= opening.end:
            return begins + left
        left -= max(opening.end - begins, timedelta(0))
    raise ValueError("the open time must be less than a year of the clinic's days")


def day_of(instant: datetime, *, timezone: ZoneInfo) -> date:
    """The clinic's date at an instant."""
    return instant.astimezone(timezone).date()


def start_of(day: date, *, timezone: ZoneInfo) -> datetime:
    """The instant at which a date begins at the clinic."""
    return _instant(day, time.min, timezone)


def _openings(start: datetime, *, hours: ClinicHours, timezone: ZoneInfo) -> Iterator[Opening]:
    first = day_of(start, timezone=timezone)
    for number in range(_LONGEST_SEARCH):
        day = first + timedelta(days=number)
        if _opens_on(day, hours):
            yield Opening(_instant(day, hours.opens, timezone), _instant(day, hours.closes, timezone))


def _opens_on(day: date, hours: ClinicHours) -> bool:
    return (day.weekday() - hours.first_day) % 7 <= (hours.last_day - hours.first_day) % 7


def _part_of(hours: ClinicHours, part: str) -> ClinicHours:
    opens, closes = hours.opens, hours.closes
    if part == MORNING and opens < NOON:
        closes = min(closes, NOON)
    elif part == AFTERNOON and closes > NOON:
        opens = max(opens, NOON)
    return ClinicHours(first_day=hours.first_day, last_day=hours.last_day, opens=opens, closes=closes)


def _instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return _as_utc(datetime.combine(day, clock, tzinfo=zone))


def _as_utc(instant: datetime) -> datetime:
    # Within one time zone Python adds and compares clocks, and would ignore their change.
    return instant.astimezone(timezone.utc)
