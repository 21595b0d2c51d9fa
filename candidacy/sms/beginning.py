"""Whether a text is an answer, which goes out at any hour, or begins anew, and waits for the quiet hours' end."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from candidacy.sms.quiet_hours import QuietHours, local_times, may_begin, next_opening

ANSWERED_WITHIN = timedelta(hours=2)
"""After somebody wrote, what the clinic writes is an answer for so long: they are awake, and wait for it."""


@dataclass(frozen=True)
class QuietNow:
    """It is a quiet hour for somebody who has not written lately.

    Attributes:
        local: the present in each time zone that the number may be in, the earliest first.
        opens_at: when they may be texted again, in the first of those zones.
    """

    local: tuple[datetime, ...]
    opens_at: datetime


def quiet_now(number: str, *, wrote_at: datetime | None, now: datetime, hours: QuietHours) -> QuietNow | None:
    """Why a text to a number has to wait; None where it may go out.

    Args:
        number: E.164.
        wrote_at: when they wrote last; None when they never did.
        now: the present.
        hours: see `load_quiet_hours`.

    Raises:
        ValueError: as `may_begin` and `next_opening`.
    """
    if wrote_at is not None and now - wrote_at < ANSWERED_WITHIN:
        return None
    if may_begin(number, now, hours):
        return None
    local = local_times(number, now, hours)
    return QuietNow(local=local, opens_at=next_opening(number, now, hours).astimezone(local[0].tzinfo))
