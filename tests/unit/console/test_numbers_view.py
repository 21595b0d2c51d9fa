"""Dates of the numbers, and spans of days that are few enough to be touched."""

from datetime import date

import pytest

from candidacy.casework.inbox_filter import InboxFilter
from candidacy.console.numbers_view import MOST_SPANS, DatesError, checked_dates, spans

TODAY = date(2030, 5, 1)


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (None, None, (date(2030, 4, 4), TODAY)),
        (date(2030, 4, 30), None, (date(2030, 4, 30), TODAY)),
        (None, date(2029, 1, 28), (date(2029, 1, 1), date(2029, 1, 28))),
        (TODAY, TODAY, (TODAY, TODAY)),
    ],
)
def test_dates(first: date | None, last: date | None, shown: tuple[date, date]) -> None:
    dates = checked_dates(InboxFilter(begun_from=first, begun_to=last, channel="web"), today=TODAY)
    assert dates == InboxFilter(begun_from=shown[0], begun_to=shown[1])


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2030, 5, 2), TODAY, "must not be after"),
        (date(2000, 1, 1), TODAY, "at most"),
        (None, date(1, 1, 1), "too long ago"),
        (date(9999, 12, 1), date.max, "too far away"),
    ],
)
def test_dates_that_cannot_be_shown(first: date | None, last: date | None, said: str) -> None:
    with pytest.raises(DatesError, match=said):
        checked_dates(InboxFilter(begun_from=first, begun_to=last), today=TODAY)


@pytest.mark.parametrize(("last", "count"), [(1, 1), (12, 12), (13, 2), (28, 4)])
def test_spans_are_few_and_hold_every_day_once(last: int, count: int) -> None:
    dates = InboxFilter(begun_from=date(2030, 4, 1), begun_to=date(2030, 4, last))
    by_day = {date(2030, 4, day): day for day in range(1, last + 1)}
    found = spans(by_day, dates=dates)
    assert len(found) == count <= MOST_SPANS
    assert sum(point.count for point in found) == sum(by_day.values())
    assert found[-1].narrowed.begun_to == dates.begun_to


def test_a_span_is_named_by_its_days() -> None:
    dates = InboxFilter(begun_from=date(2030, 4, 1), begun_to=date(2030, 4, 15))
    assert [point.name for point in spans({}, dates=dates)] == [
        "Apr 1, 2030 to Apr 7, 2030",
        "Apr 8, 2030 to Apr 14, 2030",
        "Apr 15, 2030",
    ]
