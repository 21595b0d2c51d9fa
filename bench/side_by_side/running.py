"""Processes of a measurement: started, waited for, and ended with everything they started."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from candidacy.launcher.child import Child, describe_exit
from candidacy.launcher.process_log import ProcessLog

START_SECONDS = 300.0
GRACE_SECONDS = 10.0
_PAUSE_SECONDS = 0.1
_TAIL_LINES = 15


class MeasurementFailed(Exception):
    """What should be measured did not run; the message says what to look at."""


@contextmanager
def process(
    command: Sequence[str], *, name: str, logs: Path, environment: Mapping[str, str], directory: Path
) -> Iterator[Child]:
    """One process for as long as the block runs. It also ends when this program ends, however that is."""
    log = ProcessLog(logs, name)
    child = Child(command, log=log, environment=environment, directory=directory)
    try:
        yield child
    except MeasurementFailed as error:
        raise MeasurementFailed(f"{error}\nThe end of the log of {name}:\n{log.tail(_TAIL_LINES)}") from error
    finally:
        _end(child)


def wait_until(ready: Callable[[], bool], *, processes: Sequence[Child], what: str) -> None:
    """Wait until something is ready.

    Raises:
        MeasurementFailed: a process ended, or the time is over.
    """
    end = time.monotonic() + START_SECONDS
    while not ready():
        for child in processes:
            if (code := child.exit_code()) is not None:
                raise MeasurementFailed(f"{what} ended while starting ({describe_exit(code)}).")
        if time.monotonic() > end:
            raise MeasurementFailed(f"{what} does not answer after {START_SECONDS:.0f} s.")
        time.sleep(_PAUSE_SECONDS)


def _end(child: Child) -> None:
    child.terminate()
    end = time.monotonic() + GRACE_SECONDS
    while child.exit_code() is None and time.monotonic() < end:
        time.sleep(_PAUSE_SECONDS)
    child.kill()
