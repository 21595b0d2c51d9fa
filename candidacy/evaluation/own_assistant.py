"""An assistant for the evaluation alone: on free ports, with a temporary folder and a database in it."""

import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from candidacy.launcher.child import Child, describe_exit
from candidacy.launcher.errors import Interrupted, LaunchError
from candidacy.launcher.health import answers
from candidacy.launcher.ports import free_ports
from candidacy.launcher.preparation import create_secrets, migrate_database
from candidacy.launcher.process_log import ProcessLog
from candidacy.launcher.service import Service
from candidacy.launcher.services import services
from candidacy.launcher.stop_request import StopRequest
from candidacy.settings import Settings, read_settings, variable_name

START_SECONDS = 120.0
GRACE_SECONDS = 5.0
_PAUSE_SECONDS = 0.1
_TAIL_LINES = 15
_NEEDED = ("actions", "rasa")
"""The processes, by the names of their logs: everything but the front desk."""


class OwnAssistant:
    """The processes, running."""

    def __init__(self, settings: Settings, processes: "Sequence[_Process]") -> None:
        self.settings = settings
        self._processes = processes

    def check(self) -> None:
        """Make sure that every process runs.

        Raises:
            LaunchError: one has ended; quotes the end of its log.
        """
        for process in self._processes:
            if (code := process.child.exit_code()) is not None:
                raise LaunchError(
                    f"The {process.service.name} ended ({describe_exit(code)}). The end of its log:\n"
                    f"{process.log.tail(_TAIL_LINES)}"
                )


@dataclass(frozen=True)
class _Process:
    service: Service
    log: ProcessLog
    child: Child


@contextmanager
def own_assistant(*, project: Path, model: Path, stop: StopRequest) -> Iterator[OwnAssistant]:
    """The assistant with this machine's settings, for as long as the block runs; nothing of it is left afterwards.

    Raises:
        LaunchError: it cannot be started.
        Interrupted: a stop was asked for before it was.
    """
    with tempfile.TemporaryDirectory(prefix="candidacy-evaluate-") as folder:
        variables = _variables(Path(folder))
        settings = read_settings({**os.environ, **variables})
        migrate_database(settings)
        create_secrets(settings)
        processes: list[_Process] = []
        try:
            for service in services(settings=settings, model=model):
                if service.log_name in _NEEDED:
                    processes.append(_start(service, logs=Path(folder), variables=variables, project=project))
            assistant = OwnAssistant(settings, processes)
            _wait_until_ready(assistant, processes, stop)
            yield assistant
        finally:
            _stop([process.child for process in processes])


def _variables(folder: Path) -> dict[str, str]:
    """What is set besides the machine's own settings."""
    rasa_port, actions_port = free_ports(2)
    values = {
        "state_directory": str(folder),
        "database_url": f"sqlite:///{folder / 'evaluation.db'}",
        "rasa_port": str(rasa_port),
        "actions_port": str(actions_port),
        "assistant_processes": "1",
    }
    return {variable_name(field): value for field, value in values.items()}


def _start(service: Service, *, logs: Path, variables: dict[str, str], project: Path) -> _Process:
    log = ProcessLog(logs, service.log_name)
    environment = {**service.environment, **variables}
    return _Process(service, log, Child(service.command, log=log, environment=environment, directory=project))


def _wait_until_ready(assistant: OwnAssistant, processes: Sequence[_Process], stop: StopRequest) -> None:
    end = time.monotonic() + START_SECONDS
    waiting = [process.service for process in processes]
    while waiting:
        assistant.check()
        if time.monotonic() > end:
            raise LaunchError(f"The {waiting[0].name} does not answer after {START_SECONDS:.0f} s.")
        if stop.wait(_PAUSE_SECONDS):
            raise Interrupted("Stopped before the evaluation began.")
        waiting = [service for service in waiting if not answers(service.health_url)]


def _stop(children: Sequence[Child]) -> None:
    end = time.monotonic() + GRACE_SECONDS
    for child in children:
        child.terminate()
    while time.monotonic() < end and any(child.exit_code() is None for child in children):
        time.sleep(_PAUSE_SECONDS)
    for child in children:
        child.kill()
