"""The numbers as lists of points, each with the inbox's filter that lists what it counts; pages and files show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from candidacy.casework.inbox_filter import InboxFilter
from candidacy.console.moments import written_day
from candidacy.records.console.numbers import Numbers

MOST_SPANS = 12
"""How many points a list of days has at most: on a phone each can still be touched."""
SPAN_DAYS = (1, 7, 28, 91, 364)
MOST_DAYS = MOST_SPANS * SPAN_DAYS[-1]
DEFAULT_DAYS = 28
NOT_COVERED = "not_covered/"
"""Begins the topics whose name says already that there is no answer."""


class DatesError(ValueError):
    """Dates cannot be shown; the message says what they must be."""


@dataclass(frozen=True)
class Point:
    """One number: what it counts, and the inbox's filter that lists just that."""

    name: str
    count: int
    narrowed: InboxFilter


@dataclass(frozen=True)
class Group:
    """Numbers that are shown together; `kind` is what the console's labels call such names, None for plain words."""

    title: str
    kind: str | None
    points: tuple[Point, ...]

    @property
    def most(self) -> int:
        """The greatest number, which a plot is as wide as; at least 1."""
        return max((point.count for point in self.points), default=0) or 1


def checked_dates(narrowed: InboxFilter, *, today: date) -> InboxFilter:
    """The filter's dates alone, both there; without any, the last `DEFAULT_DAYS`.

    Raises:
        DatesError: they end before they begin, or are too far apart.
    """
    last = narrowed.begun_to or max(today, narrowed.begun_from or today)
    try:
        first = narrowed.begun_from or last - timedelta(days=DEFAULT_DAYS - 1)
    except OverflowError:
        raise DatesError("The dates are too long ago.") from None
    if first > last:
        raise DatesError("The first day must not be after the last.")
    if (last - first).days >= MOST_DAYS:
        raise DatesError(f"The dates must be at most {MOST_DAYS} days.")
    if last == date.max:
        raise DatesError("The last day is too far away.")
    return InboxFilter(begun_from=first, begun_to=last)


def points(counts: Mapping[str, int], *, dates: InboxFilter, by: str) -> tuple[Point, ...]:
    """A point for each value of one of the inbox's filters.

    Args:
        counts: how many, by value.
        dates: the dates the numbers are of.
        by: the filter's name.
    """
    return tuple(Point(name, count, _narrowed(dates, by, name)) for name, count in counts.items())


def _narrowed(dates: InboxFilter, by: str, value: str) -> InboxFilter:
    more: dict[str, Any] = {by: value}
    return replace(dates, **more)


def spans(by_day: Mapping[date, int], *, dates: InboxFilter) -> tuple[Point, ...]:
    """The days in order, in spans of equal length where there are more than `MOST_SPANS`; the last may be shorter."""
    first, last = dates.begun_from, dates.begun_to
    assert first is not None
    assert last is not None
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    length = next(length for length in SPAN_DAYS if len(days) <= MOST_SPANS * length)
    return tuple(_span(days[start : start + length], by_day) for start in range(0, len(days), length))


def groups(numbers: Numbers, *, dates: InboxFilter) -> tuple[Group, ...]:
    """Everything that is counted, in the order in which it is shown."""
    unanswered = Point("no answer", numbers.unanswered, replace(dates, unanswered=True))
    return (
        Group("Conversations begun", None, spans(numbers.by_day, dates=dates)),
        Group("How far they came", "stage", points(numbers.stages, dates=dates, by="stage")),
        Group("Where the health questions were left", None, points(numbers.dropped_at, dates=dates, by="dropped_at")),
        Group("What the questions led to", "outcome", points(numbers.outcomes, dates=dates, by="outcome")),
        Group("Topics asked about", None, _topics(numbers, dates)),
        Group("Could not be answered", None, (unanswered,) if numbers.unanswered else ()),
        Group("Channels", "channel", points(numbers.channels, dates=dates, by="channel")),
        Group("Red flags", "level", points(numbers.red_flags, dates=dates, by="red_flag_level")),
        Group("How waiting for a person ended", "wait_end", points(numbers.waiting.ended, dates=dates, by="wait_end")),
        Group("How soon a person came", "waited", points(numbers.waiting.lengths, dates=dates, by="waited")),
    )


def _topics(numbers: Numbers, dates: InboxFilter) -> tuple[Point, ...]:
    return tuple(
        Point(
            f"{count.topic} (no answer)"
            if count.unanswered and not count.topic.startswith(NOT_COVERED)
            else count.topic,
            count.conversations,
            replace(dates, topic=count.topic),
        )
        for count in numbers.topics
    )


def _span(days: Sequence[date], by_day: Mapping[date, int]) -> Point:
    first, last = days[0], days[-1]
    name = written_day(first) if first == last else f"{written_day(first)} to {written_day(last)}"
    count = sum(by_day.get(day, 0) for day in days)
    return Point(name, count, InboxFilter(begun_from=first, begun_to=last))
