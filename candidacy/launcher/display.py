"""What the launcher says at the terminal: a bar or a live line there, plain lines anywhere else."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.status import Status

_FIRST_NOTICE_SECONDS = 60.0


class TrainingDisplay:
    """Shows how a training goes."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._progress: Progress | None = None
        self._task = TaskID(0)
        self._started = 0.0

    def waiting_for_other_training(self) -> None:
        """Say that another training is waited for."""
        self._say("Another process is training the model; waiting for it.")

    def training_begins(self, steps: int, log: Path) -> None:
        """Say that a training begins, and show a bar."""
        self._started = time.monotonic()
        self._say(f"Training the model of the present data; details in {log}")
        if self._console.is_terminal:
            self._progress = Progress(
                BarColumn(),
                TimeElapsedColumn(),
                TextColumn("{task.description}"),
                console=self._console,
                transient=True,
            )
            self._task = self._progress.add_task("starting Rasa", total=steps)
            self._progress.start()

    def training_step(self, position: int, title: str) -> None:
        """Move the bar; never back."""
        if self._progress is not None:
            done = max(position, int(self._progress.tasks[0].completed))
            self._progress.update(self._task, completed=done, description=title)

    def training_ends(self, model: Path | None) -> None:
        """Take the bar away and say what came out."""
        if self._progress is not None:
            self._progress.stop()
            self._progress = None
        if model is not None:
            self._say(f"Trained in {time.monotonic() - self._started:.0f} s: {model.name}")

    def _say(self, line: str) -> None:
        self._console.print(line, markup=False, highlight=False, soft_wrap=True)


class RunDisplay:
    """Shows how the processes do.

    Args:
        console: where to.
        welcome: gives the lines that say what is where. It is asked as soon as everything answers, and not before:
            what it takes would delay the processes.
    """

    def __init__(self, console: Console, *, welcome: Callable[[], Sequence[str]]) -> None:
        self._console = console
        self._welcome = welcome
        self._status: Status | None = None
        self._started = time.monotonic()
        self._next_notice = _FIRST_NOTICE_SECONDS

    def waiting(self, names: Sequence[str]) -> None:
        """Show, live, which processes do not answer yet; elsewhere than at a terminal say it once a minute."""
        seconds = time.monotonic() - self._started
        line = f"Waiting for the {_listed(names)} ({seconds:.0f} s)"
        if self._console.is_terminal:
            if self._status is None:
                self._status = self._console.status(line)
                self._status.start()
            self._status.update(line)
        elif seconds >= self._next_notice:
            self._next_notice = seconds + _FIRST_NOTICE_SECONDS
            self._say(line)

    def ready(self, name: str, seconds: float) -> None:
        """Say that a process answers."""
        self._say(f"The {name} is ready ({seconds:.1f} s).")

    def all_ready(self) -> None:
        """Say what is where."""
        self._end_status()
        for line in self._welcome():
            self._say(line)

    def died(self, name: str, how: str, log: Path, delay_seconds: float) -> None:
        """Say that a process died and will be back."""
        self._say(f"The {name} ended ({how}); starting it again in {delay_seconds:.1f} s. Its log: {log}")

    def stopping(self) -> None:
        """Say that everything is being stopped."""
        self._end_status()
        self._say("Stopping.")

    def close(self) -> None:
        """Leave the terminal as it was."""
        self._end_status()

    def _end_status(self) -> None:
        if self._status is not None:
            self._status.stop()
            self._status = None

    def _say(self, line: str) -> None:
        self._console.print(line, markup=False, highlight=False, soft_wrap=True)


def _listed(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} and {names[-1]}"
