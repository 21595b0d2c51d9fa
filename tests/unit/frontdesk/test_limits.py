"""What one address and one session may do, each counted for itself."""

from candidacy.frontdesk.limits import TIDY_SIZE, Limit, Limits, rates
from candidacy.settings import Settings


class Seconds:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def limits(clock: Seconds, **per_minute: int) -> Limits:
    unlimited = dict.fromkeys(Limit, 0)
    return Limits({**unlimited, **{Limit[name]: rate for name, rate in per_minute.items()}}, clock=clock)


def test_each_setting_limits_its_own() -> None:
    settings = Settings(
        address_requests_per_minute=1,
        address_sessions_per_minute=2,
        address_messages_per_minute=3,
        session_messages_per_minute=4,
        sms_number_messages_per_minute=5,
        sms_messages_per_minute=6,
    )
    assert rates(settings) == {
        Limit.ADDRESS_REQUESTS: 1,
        Limit.ADDRESS_SESSIONS: 2,
        Limit.ADDRESS_MESSAGES: 3,
        Limit.SESSION_MESSAGES: 4,
        Limit.NUMBER_TEXTS: 5,
        Limit.TEXTS: 6,
    }


def test_one_too_many_waits_until_the_next_may_come() -> None:
    clock = Seconds()
    counted = limits(clock, SESSION_MESSAGES=2)
    assert [counted.seconds_to_wait(Limit.SESSION_MESSAGES, "a") for _ in range(3)] == [0, 0, 30]
    clock.now = 30
    assert counted.seconds_to_wait(Limit.SESSION_MESSAGES, "a") == 0


def test_one_does_not_use_up_what_another_may() -> None:
    counted = limits(Seconds(), SESSION_MESSAGES=1, ADDRESS_MESSAGES=1)
    assert counted.seconds_to_wait(Limit.SESSION_MESSAGES, "a") == 0
    assert counted.seconds_to_wait(Limit.SESSION_MESSAGES, "b") == 0
    assert counted.seconds_to_wait(Limit.ADDRESS_MESSAGES, "a") == 0
    assert counted.seconds_to_wait(Limit.SESSION_MESSAGES, "a") > 0


def test_nought_is_no_limit_and_keeps_nothing() -> None:
    counted = limits(Seconds())
    assert {counted.seconds_to_wait(Limit.SESSION_MESSAGES, "a") for _ in range(1000)} == {0}
    assert len(counted) == 0


def test_who_has_long_gone_is_forgotten_and_who_is_limited_is_not() -> None:
    clock = Seconds()
    counted = limits(clock, ADDRESS_REQUESTS=1)
    for number in range(TIDY_SIZE - 1):
        counted.seconds_to_wait(Limit.ADDRESS_REQUESTS, f"early {number}")
    clock.now = 59
    counted.seconds_to_wait(Limit.ADDRESS_REQUESTS, "late")
    assert len(counted) == TIDY_SIZE
    clock.now = 61
    counted.seconds_to_wait(Limit.ADDRESS_REQUESTS, "new")
    assert len(counted) == 2
    assert counted.seconds_to_wait(Limit.ADDRESS_REQUESTS, "late") > 0
