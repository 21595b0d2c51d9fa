"""Trains the model of the present data, unless there is one: whole or not at all, and once at a time."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ruamel.yaml import YAML

from candidacy.launcher.child import Child, describe_exit
from candidacy.launcher.errors import Interrupted, LaunchError
from candidacy.launcher.fingerprint import model_name
from candidacy.launcher.process_log import ProcessLog
from candidacy.launcher.rasa_command import QUIET_ENVIRONMENT, train_command
from candidacy.launcher.stop_request import StopRequest
from candidacy.launcher.training_steps import TrainingStep, step_reached, training_steps

_TEMPORARY_PREFIX = ".training-"
_PAUSE_SECONDS = 0.2
_TAIL_LINES = 15


class TrainingReporter(Protocol):
    """Told how a training goes; says it to the person at the terminal."""

    def waiting_for_other_training(self) -> None:
        """Another process is training; it is waited for."""

    def training_begins(self, steps: int, log: Path) -> None:
        """A training begins that has so many steps."""

    def training_step(self, position: int, title: str) -> None:
        """A step begins; the first is 0."""

    def training_ends(self, model: Path | None) -> None:
        """The training is over; without a model when it did not succeed."""


@dataclass(frozen=True)
class TrainingPlace:
    """The folders a training reads and writes."""

    project: Path
    models: Path
    logs: Path


def model_path(place: TrainingPlace) -> Path:
    """Where the model of the present data is, or will be."""
    return place.models.absolute() / f"{model_name(place.project)}.tar.gz"


def ensure_model(place: TrainingPlace, *, reporter: TrainingReporter, stop: StopRequest, force: bool = False) -> Path:
    """Return the model of the present data; train it when there is none, or when forced.

    Raises:
        LaunchError: the training failed; names the log and quotes its end.
        Interrupted: a stop was asked for; nothing of the training is left.
    """
    path = model_path(place)
    if path.exists() and not force:
        # `rasa shell` and `rasa test` take the newest model.
        path.touch()
        return path
    place.models.mkdir(parents=True, exist_ok=True)
    with _alone(place.models, reporter=reporter, stop=stop) as waited:
        if not (waited and path.exists()):
            _remove_remains(place.models)
            steps = training_steps(YAML(typ="safe").load(place.project / "config.yml") or {})
            log = ProcessLog(place.logs, "train")
            _Training(path, place.project, log, steps, reporter, stop).run()
    return path


@contextmanager
def _alone(models: Path, *, reporter: TrainingReporter, stop: StopRequest) -> Iterator[bool]:
    """Keep other trainings out; says whether one had to be waited for. The lock ends with the process."""
    waited = False
    with (models / ".training.lock").open("w") as lock:
        while not _locked(lock.fileno()):
            if not waited:
                reporter.waiting_for_other_training()
            waited = True
            if stop.wait(_PAUSE_SECONDS):
                raise Interrupted("Stopped before the training began.")
        yield waited


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _remove_remains(models: Path) -> None:
    for remains in models.glob(f"{_TEMPORARY_PREFIX}*"):
        if remains.is_dir():
            shutil.rmtree(remains, ignore_errors=True)


@dataclass(frozen=True)
class _Training:
    """One training, from the empty temporary folder to the model in its place."""

    path: Path
    directory: Path
    log: ProcessLog
    steps: tuple[TrainingStep, ...]
    reporter: TrainingReporter
    stop: StopRequest

    def run(self) -> None:
        self.log.rotate()
        trained = None
        self.reporter.training_begins(len(self.steps), self.log.path)
        try:
            with tempfile.TemporaryDirectory(prefix=_TEMPORARY_PREFIX, dir=self.path.parent) as name:
                self._run_rasa(Path(name))
                os.replace(Path(name) / self.path.name, self.path)
            trained = self.path
        finally:
            self.reporter.training_ends(trained)

    def _run_rasa(self, out: Path) -> None:
        # Rasa's cache knows a component by its own class's source and would miss a change in what the class uses.
        environment = {**QUIET_ENVIRONMENT, "RASA_CACHE_DIRECTORY": str(out / "cache")}
        command = train_command(name=self.path.name.removesuffix(".tar.gz"), out=out)
        child = Child(command, log=self.log, environment=environment, directory=self.directory)
        try:
            with self.log.path.open(encoding="utf-8", errors="replace") as lines:
                while child.exit_code() is None:
                    if self.stop.wait(_PAUSE_SECONDS):
                        raise Interrupted("Training stopped; nothing of it is left.")
                    self._report_steps(lines)
                self._report_steps(lines)
        finally:
            child.kill()
        code = child.exit_code()
        if code != 0 or not (out / self.path.name).exists():
            how = describe_exit(code) if code else "no model came out"
            raise LaunchError(
                f"Training failed ({how}). The end of its log, {self.log.path}:\n{self.log.tail(_TAIL_LINES)}"
            )

    def _report_steps(self, lines: Iterable[str]) -> None:
        for line in lines:
            position = step_reached(line, self.steps)
            if position is not None:
                self.reporter.training_step(position, self.steps[position].title)
