"""Runs Rasa's own check of the domain, the examples and the rules."""

from pathlib import Path

from candidacy.launcher.child import describe_exit
from candidacy.launcher.errors import LaunchError
from candidacy.launcher.process_log import ProcessLog
from candidacy.launcher.rasa_command import validate_command
from candidacy.launcher.run_to_end import run_to_end
from candidacy.launcher.stop_request import StopRequest

_TAIL_LINES = 40


def validate_data(project: Path, *, logs: Path, stop: StopRequest) -> None:
    """Check the data of the assistant.

    Raises:
        LaunchError: something is wrong; quotes the end of the log.
        Interrupted: a stop was asked for.
    """
    log = ProcessLog(logs, "validate")
    code = run_to_end(validate_command(), log=log, project=project, stop=stop)
    if code:
        raise LaunchError(
            f"The data is not valid ({describe_exit(code)}). The end of {log.path}:\n{log.tail(_TAIL_LINES)}"
        )
