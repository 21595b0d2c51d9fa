"""Signals become a request that long work looks at."""

import os
import signal

import pytest

from candidacy.launcher.stop_request import StopRequest, stop_on_signals


def test_nothing_is_asked_for_at_first() -> None:
    request = StopRequest()
    assert not request
    assert not request.wait(0.0)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_asks_for_a_stop(number: signal.Signals) -> None:
    with stop_on_signals() as request:
        os.kill(os.getpid(), number)
        assert request.wait(60.0)


def test_a_second_signal_is_counted() -> None:
    with stop_on_signals() as request:
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGTERM)
        assert request.count == 2


def test_afterwards_the_signals_mean_what_they_meant() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with stop_on_signals():
        assert signal.getsignal(signal.SIGTERM) != before
    assert signal.getsignal(signal.SIGTERM) == before


def test_the_end_of_the_terminal_stays_ignored_under_nohup() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with stop_on_signals() as request:
            os.kill(os.getpid(), signal.SIGHUP)
            assert not request
    finally:
        signal.signal(signal.SIGHUP, before)
