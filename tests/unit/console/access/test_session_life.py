"""How long a session lasts."""

from datetime import datetime, timedelta, timezone

import pytest

from candidacy.console.access.session_life import ends_at, is_due_to_be_noted, is_open

START = datetime(2030, 5, 1, 8, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("seen_after", "now_after", "open_"),
    [
        (0, 0, True),
        (0, 14.9, True),
        (0, 15, False),
        (600, 614.9, True),
        (710, 719.9, True),
        (710, 720, False),
        (719, 730, False),
    ],
)
def test_is_open(seen_after: float, now_after: float, open_: bool) -> None:
    seen, now = START + timedelta(minutes=seen_after), START + timedelta(minutes=now_after)
    assert is_open(created_at=START, last_seen_at=seen, now=now) is open_
    assert (now < ends_at(created_at=START, last_seen_at=seen)) is open_


@pytest.mark.parametrize(("seconds", "due"), [(0, False), (59, False), (60, True)])
def test_is_due_to_be_noted(seconds: int, due: bool) -> None:
    assert is_due_to_be_noted(last_seen_at=START, now=START + timedelta(seconds=seconds)) is due
