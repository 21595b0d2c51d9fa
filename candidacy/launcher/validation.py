"""Runs Rasa's own check of the domain, the examples, the rules and the stories."""

from pathlib import Path

from candidacy.launcher.child import Child, describe_exit
from candidacy.launcher.errors import Interrupted, LaunchError
from candidacy.launcher.process_log import ProcessLog
from candidacy.launcher.rasa_command import QUIET_ENVIRONMENT, validate_command
from candidacy.launcher.stop_request import StopRequest

_PAUSE_SECONDS = 0.2
_TAIL_LINES = 40


def validate_data(project: Path, *, logs: Path, stop: StopRequest) -> None:
    """Check the data of the assistant.

    Raises:
        LaunchError: something is wrong; quotes the end of the log.
        Interrupted: a stop was asked for.
    """
    log = ProcessLog(logs, "validate")
    log.rotate()
    child = Child(validate_command(), log=log, environment=QUIET_ENVIRONMENT, directory=project)
    try:
        while child.exit_code() is None:
            if stop.wait(_PAUSE_SECONDS):
                raise Interrupted("Stopped before the data was checked.")
    finally:
        child.kill()
    code = child.exit_code()
    if code:
        raise LaunchError(
            f"The data is not valid ({describe_exit(code)}). The end of {log.path}:\n{log.tail(_TAIL_LINES)}"
        )
