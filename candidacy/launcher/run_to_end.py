"""Runs one command that ends by itself, into its log."""

from collections.abc import Sequence
from pathlib import Path

from candidacy.launcher.child import Child
from candidacy.launcher.errors import Interrupted
from candidacy.launcher.process_log import ProcessLog
from candidacy.launcher.rasa_command import QUIET_ENVIRONMENT
from candidacy.launcher.stop_request import StopRequest

_PAUSE_SECONDS = 0.2


def run_to_end(command: Sequence[str], *, log: ProcessLog, project: Path, stop: StopRequest) -> int:
    """Run a command of Rasa's in the project's folder, with a new log, and return its exit code.

    Raises:
        Interrupted: a stop was asked for; the command is ended.
    """
    log.rotate()
    child = Child(command, log=log, environment=QUIET_ENVIRONMENT, directory=project)
    try:
        while (code := child.exit_code()) is None:
            if stop.wait(_PAUSE_SECONDS):
                raise Interrupted("Stopped before the check was over.")
        return code
    finally:
        child.kill()
