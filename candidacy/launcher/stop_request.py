"""The wish to stop, as Ctrl-C and the usual signals express it."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Ctrl-C, a polite stop by another program, and the terminal's end."""

_NAP_SECONDS = 0.1


class StopRequest:
    """Counts how often a stop was asked for; long work looks here instead of being cut off in the middle."""

    def __init__(self) -> None:
        self.count = 0

    def __bool__(self) -> bool:
        return self.count > 0

    def ask(self) -> None:
        """Ask for a stop; a second time means: at once."""
        self.count += 1

    def wait(self, seconds: float) -> bool:
        """Sleep, but wake up soon after a stop is asked for; returns whether it was."""
        end = time.monotonic() + seconds
        while not self.count:
            left = end - time.monotonic()
            if left <= 0:
                return False
            time.sleep(min(left, _NAP_SECONDS))
        return True


@contextmanager
def stop_on_signals() -> Iterator[StopRequest]:
    """Turn the stop signals into a stop request; one that is ignored from outside (nohup) stays ignored."""
    request = StopRequest()

    def handle(_signal: int, _frame: FrameType | None) -> None:
        request.ask()

    before = {number: signal.getsignal(number) for number in SIGNALS}
    try:
        for number in SIGNALS:
            if number != signal.SIGHUP or before[number] != signal.SIG_IGN:
                signal.signal(number, handle)
        yield request
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
