"""A breaker against pumping: many invented senders that make the clinic pay for texts nobody reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

WINDOW = timedelta(hours=1)
"""How far back first contacts are counted."""
ANSWER_TIME = timedelta(minutes=10)
"""A person who wants something has written again by then."""
OPEN_FOR = timedelta(minutes=30)
"""How long the breaker stays open after the last first contact that showed a pattern."""
PREFIX_LENGTH = 8
"""Of an E.164 number: country, area and exchange, as +1212430: pumped numbers come in ranges."""


class Reason(Enum):
    """Why the breaker is open; the console has the words for staff."""

    MANY_NEW_NUMBERS = "many_new_numbers"
    ONE_RANGE = "one_range"
    UNANSWERED = "unanswered"


@dataclass(frozen=True)
class Counts:
    """What is counted within the window.

    Attributes:
        new_numbers: numbers that texted for the first time.
        by_prefix: those by the beginning of their number, see `prefix_of`.
        settled: those that had our first reply long enough ago to have answered it (`ANSWER_TIME`).
        unanswered: those of the settled that did not write again.
    """

    new_numbers: int = 0
    by_prefix: Mapping[str, int] | None = None
    settled: int = 0
    unanswered: int = 0


@dataclass(frozen=True)
class Limits:
    """From where on it is a pattern; a share counts only from so many numbers on."""

    new_numbers: int = 60
    range_share: float = 0.5
    range_least: int = 10
    unanswered_share: float = 0.8
    unanswered_least: int = 20


@dataclass(frozen=True)
class Breaker:
    """Open (`until` lies ahead): numbers that are new get no reply but danger advice; known ones are answered."""

    until: datetime | None = None
    reasons: tuple[Reason, ...] = ()


def prefix_of(number: str) -> str:
    """The beginning of a number that numbers of one range share."""
    return number[:PREFIX_LENGTH]


def reasons_to_open(counts: Counts, limits: Limits) -> tuple[Reason, ...]:
    """What in the counts looks like pumping; nothing is the usual."""
    largest_range = max((counts.by_prefix or {}).values(), default=0)
    seen = {
        Reason.MANY_NEW_NUMBERS: counts.new_numbers > limits.new_numbers,
        Reason.ONE_RANGE: largest_range >= limits.range_least
        and largest_range >= counts.new_numbers * limits.range_share,
        Reason.UNANSWERED: counts.settled >= limits.unanswered_least
        and counts.unanswered >= counts.settled * limits.unanswered_share,
    }
    return tuple(reason for reason, holds in seen.items() if holds)


def stepped(breaker: Breaker, counts: Counts, limits: Limits, *, at: datetime) -> Breaker:
    """The breaker after a first contact: opened or kept open by a pattern, closed once the time is over without one."""
    reasons = reasons_to_open(counts, limits)
    if reasons:
        return Breaker(until=at + OPEN_FOR, reasons=reasons)
    return breaker if is_open(breaker, at=at) else Breaker()


def is_open(breaker: Breaker, *, at: datetime) -> bool:
    """Whether new numbers are left without a reply."""
    return breaker.until is not None and at < breaker.until
