"""The breaker against pumping."""

from datetime import datetime, timedelta, timezone

import pytest

from candidacy.sms.pumping import (
    OPEN_FOR,
    Breaker,
    Counts,
    Limits,
    Reason,
    is_open,
    prefix_of,
    reasons_to_open,
    stepped,
)

AT = datetime(2026, 4, 1, 12, tzinfo=timezone.utc)
LIMITS = Limits()
QUIET = Counts(new_numbers=5, by_prefix={"+1212555": 2}, settled=4, unanswered=1)
FLOOD = Counts(new_numbers=61)


@pytest.mark.parametrize(
    ("counts", "reasons"),
    [
        (Counts(), ()),
        (QUIET, ()),
        (Counts(new_numbers=60), ()),
        (FLOOD, (Reason.MANY_NEW_NUMBERS,)),
        (Counts(new_numbers=9, by_prefix={"+1212555": 9}), ()),
        (Counts(new_numbers=10, by_prefix={"+1212555": 10}), (Reason.ONE_RANGE,)),
        (Counts(new_numbers=30, by_prefix={"+1212555": 10, "+1646555": 14}), ()),
        (Counts(new_numbers=30, by_prefix={"+1212555": 15}), (Reason.ONE_RANGE,)),
        (Counts(new_numbers=20, settled=19, unanswered=19), ()),
        (Counts(new_numbers=20, settled=20, unanswered=15), ()),
        (Counts(new_numbers=20, settled=20, unanswered=16), (Reason.UNANSWERED,)),
        (
            Counts(new_numbers=100, by_prefix={"+1212555": 90}, settled=50, unanswered=50),
            (Reason.MANY_NEW_NUMBERS, Reason.ONE_RANGE, Reason.UNANSWERED),
        ),
    ],
)
def test_reasons_to_open(counts: Counts, reasons: tuple[Reason, ...]) -> None:
    assert reasons_to_open(counts, LIMITS) == reasons


def test_it_opens_and_closes_by_itself() -> None:
    opened = stepped(Breaker(), FLOOD, LIMITS, at=AT)
    assert opened == Breaker(until=AT + OPEN_FOR, reasons=(Reason.MANY_NEW_NUMBERS,))
    assert is_open(opened, at=AT)
    assert is_open(opened, at=AT + OPEN_FOR - timedelta(seconds=1))
    assert not is_open(opened, at=AT + OPEN_FOR)


def test_it_stays_open_while_the_pattern_lasts() -> None:
    later = AT + timedelta(minutes=20)
    assert stepped(stepped(Breaker(), FLOOD, LIMITS, at=AT), FLOOD, LIMITS, at=later).until == later + OPEN_FOR


@pytest.mark.parametrize(
    ("waited", "expected"),
    [(timedelta(minutes=20), Breaker(until=AT + OPEN_FOR, reasons=(Reason.MANY_NEW_NUMBERS,))), (OPEN_FOR, Breaker())],
)
def test_quiet_does_not_close_it_before_its_time(waited: timedelta, expected: Breaker) -> None:
    opened = stepped(Breaker(), FLOOD, LIMITS, at=AT)
    assert stepped(opened, QUIET, LIMITS, at=AT + waited) == expected


def test_the_usual_leaves_it_closed() -> None:
    assert stepped(Breaker(), QUIET, LIMITS, at=AT) == Breaker()


def test_numbers_of_one_range_share_their_beginning() -> None:
    assert prefix_of("+12125550123") == prefix_of("+12125559999") == "+1212555"
    assert prefix_of("+12125560123") != prefix_of("+12125550123")
