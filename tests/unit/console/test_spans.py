"""Durations in words."""

from datetime import timedelta

import pytest

from candidacy.console.spans import shown_span


@pytest.mark.parametrize(
    ("span", "shown"),
    [
        (timedelta(seconds=-5), "0 s"),
        (timedelta(seconds=59), "59 s"),
        (timedelta(seconds=60), "1 min"),
        (timedelta(minutes=7), "7 min"),
        (timedelta(hours=3), "3 h"),
        (timedelta(hours=3, minutes=20), "3 h 20 min"),
        (timedelta(days=2, minutes=20), "2 d"),
        (timedelta(days=2, hours=5, minutes=20), "2 d 5 h"),
    ],
)
def test_a_span(span: timedelta, shown: str) -> None:
    assert shown_span(span) == shown
