"""An answer goes out at any hour; what begins anew waits for the end of the quiet hours."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from candidacy.sms.beginning import QuietNow, quiet_now
from candidacy.sms.quiet_hours import load_quiet_hours

HOURS = load_quiet_hours()
NEW_YORK, CHICAGO = ZoneInfo("America/New_York"), ZoneInfo("America/Chicago")
IN_NEW_YORK, IN_ALABAMA, TOLL_FREE = "+12125550123", "+12055550123", "+18005550123"
NIGHT = datetime(2026, 4, 1, 22, 40, tzinfo=NEW_YORK)
MORNING = datetime(2026, 4, 2, 8, tzinfo=NEW_YORK)


@pytest.mark.parametrize(
    ("wrote", "now", "is_quiet"),
    [
        (None, NIGHT, True),
        (timedelta(days=2), NIGHT, True),
        (timedelta(hours=2), NIGHT, True),
        (timedelta(hours=1, minutes=59), NIGHT, False),
        (timedelta(0), NIGHT, False),
        (None, MORNING, False),
        (timedelta(days=2), MORNING, False),
    ],
)
def test_quiet_now(wrote: timedelta | None, now: datetime, is_quiet: bool) -> None:
    wrote_at = None if wrote is None else now - wrote
    assert (quiet_now(IN_NEW_YORK, wrote_at=wrote_at, now=now, hours=HOURS) is not None) is is_quiet


def test_it_says_their_time_and_when_they_may_be_texted() -> None:
    assert quiet_now(IN_NEW_YORK, wrote_at=None, now=NIGHT, hours=HOURS) == QuietNow(local=(NIGHT,), opens_at=MORNING)


def test_a_state_with_hours_of_its_own() -> None:
    saturday = datetime(2026, 4, 4, 20, 30, tzinfo=CHICAGO)
    quiet = quiet_now(IN_ALABAMA, wrote_at=None, now=saturday, hours=HOURS)
    assert quiet is not None
    assert quiet.opens_at == datetime(2026, 4, 6, 8, tzinfo=CHICAGO)


def test_a_number_that_may_be_anywhere_has_several_times() -> None:
    quiet = quiet_now(TOLL_FREE, wrote_at=None, now=NIGHT, hours=HOURS)
    assert quiet is not None
    assert len(quiet.local) > 1
    assert [time.replace(tzinfo=None) for time in quiet.local] == sorted(
        time.replace(tzinfo=None) for time in quiet.local
    )
    assert set(quiet.local) == {NIGHT}
