"""Keeps the processes running: starts them, notices when they answer, restarts what dies, stops them all."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from candidacy.launcher.child import Child, describe_exit
from candidacy.launcher.errors import LaunchError
from candidacy.launcher.health import answers
from candidacy.launcher.process_log import ProcessLog
from candidacy.launcher.restarts import deaths_in_a_row, restart_delay
from candidacy.launcher.service import Service
from candidacy.launcher.stop_request import StopRequest

GRACE_SECONDS = 8.0
"""How long the processes have to end by themselves before they are killed."""

_PAUSE_SECONDS = 0.2


class Reporter(Protocol):
    """Told what happens; says it to the person at the terminal."""

    def waiting(self, names: Sequence[str]) -> None:
        """These processes do not answer yet; called again and again."""

    def ready(self, name: str, seconds: float) -> None:
        """A process answers, so long after its start."""

    def all_ready(self) -> None:
        """Everything answers, for the first time."""

    def died(self, name: str, how: str, log: Path, delay_seconds: float) -> None:
        """A process ended by itself and will be started again after the delay."""

    def stopping(self) -> None:
        """A stop was asked for, or is needed."""


class _Kept:
    """One service over all its lives."""

    def __init__(self, service: Service, log: ProcessLog) -> None:
        self.service = service
        self.log = log
        self.child: Child | None = None
        self.ready = False
        self._was_ready = False
        self._deaths = 0
        self._started = 0.0
        self._start_at = 0.0

    def step(self, reporter: Reporter) -> None:
        """Look at the process once and do what is due."""
        self.log.bound()
        if self.child is None:
            if time.monotonic() >= self._start_at:
                self._start()
            return
        code = self.child.exit_code()
        if code is not None:
            self._bury(code, reporter)
        elif not self.ready and answers(self.service.health_url):
            self.ready = self._was_ready = True
            reporter.ready(self.service.name, time.monotonic() - self._started)

    def _start(self) -> None:
        self._started = time.monotonic()
        self.child = Child(self.service.command, log=self.log, environment=self.service.environment)

    def _bury(self, code: int, reporter: Reporter) -> None:
        ran_seconds = time.monotonic() - self._started
        self.child, self.ready = None, False
        self._deaths = deaths_in_a_row(before=self._deaths, ran_seconds=ran_seconds, was_ready=self._was_ready)
        delay = restart_delay(deaths=self._deaths, was_ready=self._was_ready)
        if delay is None:
            raise LaunchError(
                f"The {self.service.name} ended {self._deaths} times without ever answering "
                f"({describe_exit(code)}). Its log: {self.log.path}"
            )
        self._start_at = time.monotonic() + delay
        reporter.died(self.service.name, describe_exit(code), self.log.path, delay)


class Supervisor:
    """Runs the services until a stop is asked for.

    Args:
        services: in the order of need: each may use those before it. They start all at once; the last one,
            which faces the visitors, is stopped first, so that a turn under way can end.
        logs: the folder of the logs.
        reporter: told what happens.
        grace_seconds: how long the processes have to end by themselves.
    """

    def __init__(
        self, services: Sequence[Service], *, logs: Path, reporter: Reporter, grace_seconds: float = GRACE_SECONDS
    ) -> None:
        self._kept = [_Kept(service, ProcessLog(logs, service.log_name)) for service in services]
        self._reporter = reporter
        self._grace_seconds = grace_seconds

    def run(self, stop: StopRequest) -> None:
        """Start everything and keep it running until a stop is asked for; nothing is left running afterwards.

        Raises:
            LaunchError: a process dies again and again without ever answering.
        """
        try:
            for kept in self._kept:
                kept.log.rotate()
            self._keep(stop)
            self._reporter.stopping()
        finally:
            self._stop_all(stop)

    def _keep(self, stop: StopRequest) -> None:
        complete = False
        while not stop:
            for kept in self._kept:
                kept.step(self._reporter)
            missing = [kept.service.name for kept in self._kept if not kept.ready]
            if missing:
                self._reporter.waiting(missing)
            elif not complete:
                complete = True
                self._reporter.all_ready()
            stop.wait(_PAUSE_SECONDS)

    def _stop_all(self, stop: StopRequest) -> None:
        asked_before = stop.count
        end = time.monotonic() + self._grace_seconds
        children = [kept.child for kept in self._kept if kept.child is not None]
        stages = ((children[-1:], time.monotonic() + self._grace_seconds / 2), (children, end))
        for stage, until in stages:
            for child in stage:
                child.terminate()
            self._wait_for(stage, until=until, hurried=lambda: stop.count > asked_before)
        for child in children:
            child.kill()

    @staticmethod
    def _wait_for(children: Sequence[Child], *, until: float, hurried: Callable[[], bool]) -> None:
        while time.monotonic() < until and not hurried():
            if all(child.exit_code() is not None for child in children):
                return
            time.sleep(_PAUSE_SECONDS / 4)
