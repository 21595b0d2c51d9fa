"""How a text gets on."""

from datetime import datetime, timedelta, timezone
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from candidacy.sms.delivery import MOST_ATTEMPTS, DeliveryState, advanced, is_permanent, next_attempt, state_of
from candidacy.sms.delivery_errors import load_delivery_errors

ERRORS = load_delivery_errors()
AT = datetime(2026, 4, 1, 12, tzinfo=timezone.utc)
QUEUED, SENT, DELIVERED, FAILED = DeliveryState


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("accepted", QUEUED),
        ("scheduled", QUEUED),
        ("queued", QUEUED),
        ("sending", QUEUED),
        ("sent", SENT),
        ("Sent", SENT),
        ("delivered", DELIVERED),
        ("read", DELIVERED),
        ("partially_delivered", DELIVERED),
        ("undelivered", FAILED),
        ("failed", FAILED),
        ("canceled", FAILED),
        ("received", None),
        ("", None),
        ("teleported", None),
    ],
)
def test_twilios_words(status: str, state: DeliveryState | None) -> None:
    assert state_of(status) is state


@pytest.mark.parametrize(
    ("state", "reported", "after"),
    [
        (QUEUED, QUEUED, QUEUED),
        (QUEUED, SENT, SENT),
        (QUEUED, DELIVERED, DELIVERED),
        (QUEUED, FAILED, FAILED),
        (SENT, QUEUED, SENT),
        (SENT, SENT, SENT),
        (SENT, DELIVERED, DELIVERED),
        (SENT, FAILED, FAILED),
        (DELIVERED, QUEUED, DELIVERED),
        (DELIVERED, SENT, DELIVERED),
        (DELIVERED, FAILED, DELIVERED),
        (FAILED, QUEUED, FAILED),
        (FAILED, SENT, FAILED),
        (FAILED, DELIVERED, FAILED),
    ],
)
def test_advanced(state: DeliveryState, reported: DeliveryState, after: DeliveryState) -> None:
    assert advanced(state, reported) is after


@pytest.mark.parametrize("final", [DELIVERED, FAILED])
def test_in_whatever_order_reports_come_the_end_is_the_same(final: DeliveryState) -> None:
    for reports in permutations([QUEUED, SENT, SENT, final]):
        state = QUEUED
        for report in reports:
            state = advanced(state, report)
        assert state is final


@settings(deadline=None)
@given(st.lists(st.sampled_from(DeliveryState)))
def test_never_back(reports: list[DeliveryState]) -> None:
    order = {QUEUED: 0, SENT: 1, DELIVERED: 2, FAILED: 2}
    state = QUEUED
    for report in reports:
        after = advanced(state, report)
        assert order[after] >= order[state]
        assert after is state or order[after] > order[state]
        state = after


@pytest.mark.parametrize(
    ("status_code", "error_code", "permanent"),
    [
        (None, None, False),
        (500, None, False),
        (502, None, False),
        (503, 20500, False),
        (429, 20429, False),
        (429, None, False),
        (408, None, False),
        (425, None, False),
        (400, None, True),
        (400, 21610, True),
        (400, 21211, True),
        (400, 99999, True),
        (400, 21611, False),
        (401, 20003, True),
        (404, None, True),
        (None, 30007, True),
        (None, 30001, False),
    ],
)
def test_is_permanent(status_code: int | None, error_code: int | None, permanent: bool) -> None:
    assert is_permanent(status_code, error_code, ERRORS) is permanent


@pytest.mark.parametrize(
    ("attempts", "jitter", "retry_after", "seconds"),
    [
        (1, 0.0, None, 2),
        (1, 1.0, None, 1),
        (2, 0.0, None, 4),
        (5, 0.0, None, 32),
        (7, 0.0, None, 128),
        (1, 0.0, 30, 30),
        (1, 0.0, 1, 2),
        (1, 0.0, 86_400, 300),
    ],
)
def test_the_waits_double(attempts: int, jitter: float, retry_after: int | None, seconds: int) -> None:
    asked = None if retry_after is None else timedelta(seconds=retry_after)
    assert next_attempt(attempts, AT, jitter=jitter, retry_after=asked) == AT + timedelta(seconds=seconds)


@pytest.mark.parametrize("attempts", [MOST_ATTEMPTS, MOST_ATTEMPTS + 1])
def test_at_last_it_is_given_up(attempts: int) -> None:
    assert next_attempt(attempts, AT, jitter=0.5, retry_after=timedelta(seconds=1)) is None


@settings(deadline=None)
@given(st.integers(1, MOST_ATTEMPTS - 1), st.floats(0, 1))
def test_a_wait_is_never_longer_than_five_minutes_nor_shorter_than_a_second(attempts: int, jitter: float) -> None:
    attempt = next_attempt(attempts, AT, jitter=jitter)
    assert attempt is not None
    assert timedelta(seconds=1) <= attempt - AT <= timedelta(minutes=5)
