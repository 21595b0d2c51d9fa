"""What staff read before they text somebody at night."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from candidacy.console.conversations.quiet_notice import quiet_notice
from candidacy.sms.beginning import QuietNow

NEW_YORK, LOS_ANGELES = ZoneInfo("America/New_York"), ZoneInfo("America/Los_Angeles")
NIGHT = datetime(2026, 4, 3, 22, 40, tzinfo=NEW_YORK)


@pytest.mark.parametrize(
    ("local", "opens_at", "present", "wait"),
    [
        ((NIGHT,), datetime(2026, 4, 4, 8, tzinfo=NEW_YORK), "22:40", "Send at 08:00 on Saturday, their time"),
        ((NIGHT.replace(hour=6),), NIGHT.replace(hour=8, minute=0), "06:40", "Send at 08:00, their time"),
        (
            (NIGHT.astimezone(LOS_ANGELES), NIGHT),
            datetime(2026, 4, 4, 8, tzinfo=LOS_ANGELES),
            "between 19:40 and 22:40",
            "Send at 08:00 on Saturday, their time",
        ),
    ],
)
def test_quiet_notice(local: tuple[datetime, ...], opens_at: datetime, present: str, wait: str) -> None:
    notice = quiet_notice(QuietNow(local=local, opens_at=opens_at))
    assert notice.text.startswith(f"It is {present} for them, by their number's area code")
    assert (notice.wait, notice.anyway) == (wait, "Send anyway")
