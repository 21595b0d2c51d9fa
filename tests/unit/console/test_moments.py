"""Instants and days as the clinic's clock shows them."""

from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

import pytest

from candidacy.console.moments import shown_moment, written_day, written_moment

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("utc", "shown"),
    [
        (datetime(2030, 5, 1, 12, 0, tzinfo=timezone.utc), "May 1, 2030, 08:00"),
        (datetime(2030, 1, 1, 3, 5, tzinfo=timezone.utc), "Dec 31, 2029, 22:05"),
    ],
)
def test_a_moment(utc: datetime, shown: str) -> None:
    assert written_moment(utc, timezone=NEW_YORK) == shown


def test_a_page_says_it_to_programs_too() -> None:
    shown = shown_moment(datetime(2030, 5, 1, 12, 0, tzinfo=timezone.utc), timezone=NEW_YORK)
    assert shown == '<time datetime="2030-05-01T12:00:00+00:00">May 1, 2030, 08:00</time>'
    assert shown_moment(None, timezone=NEW_YORK) == "–"  # noqa: RUF001


def test_a_day() -> None:
    assert written_day(date(2030, 5, 1)) == "May 1, 2030"
