"""When to try a call again, as staff type it: a clock at the clinic."""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

FURTHEST = timedelta(days=366)


class NextAttemptError(ValueError):
    """A time cannot be that of a next attempt; the message says what it must be."""


def read_next_attempt(text: str, *, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The instant of a clinic's clock like ``2026-03-08T14:30``; None for nothing.

    Of a clock that comes twice, when clocks go back, it is the first.

    Raises:
        NextAttemptError: it is no time, is past, too far away, or left out when clocks go forward.
    """
    if not text.strip():
        return None
    try:
        clock = datetime.fromisoformat(text.strip())
    except ValueError:
        raise NextAttemptError("The next attempt must be a date and time like 2026-03-09T14:30.") from None
    if clock.tzinfo is not None:
        raise NextAttemptError("The next attempt must be a time at the clinic, without a time zone.")
    try:
        instant = clock.replace(tzinfo=zone).astimezone(timezone.utc)
    except OverflowError:
        raise NextAttemptError("The next attempt must be within a year.") from None
    if instant.astimezone(zone).replace(tzinfo=None) != clock:
        raise NextAttemptError("There is no such time on that day, because the clocks change: choose another.")
    if instant <= now:
        raise NextAttemptError("The next attempt must be later than now.")
    if instant > now + FURTHEST:
        raise NextAttemptError("The next attempt must be within a year.")
    return instant
