"""A machine of the clinic: `candidacy run` on free ports of its own, whose processes can be killed one by one."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from candidacy.machine import LOOPBACK

START_SECONDS = 300
STOP_SECONDS = 15

FRONT_DESK = "candidacy.frontdesk"
RASA = "candidacy.assistant.rasa_server"
ACTIONS = "actions"


@dataclass
class Machine:
    """One launcher and all that it keeps running.

    Args:
        folder: its secrets and logs.
        project: the checkout.
        variables: the settings that all machines share, and those that are its own.
        assistants: how many pairs of a Rasa server and its action server.
    """

    folder: Path
    project: Path
    variables: dict[str, str]
    assistants: int
    launcher: subprocess.Popen[bytes] | None = field(default=None, init=False)
    port: int = field(default=0, init=False)

    @property
    def url(self) -> str:
        """Where its front desk listens."""
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """The settings of its processes, as the environment has them."""
        return {**os.environ, **self.variables, "CANDIDACY_STATE_DIRECTORY": str(self.folder)}

    def start(self) -> None:
        """Start the launcher, without waiting for anything."""
        self.port, console_port, rasa_port, actions_port = free_port_ranges(1, 1, self.assistants, self.assistants)
        self.variables = {
            **self.variables,
            "CANDIDACY_PORT": str(self.port),
            "CANDIDACY_CONSOLE_PORT": str(console_port),
            "CANDIDACY_RASA_PORT": str(rasa_port),
            "CANDIDACY_ACTIONS_PORT": str(actions_port),
            "CANDIDACY_ASSISTANT_PROCESSES": str(self.assistants),
        }
        self.folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "candidacy.cli", "run"]
        with (self.folder / "launcher.log").open("ab") as log:
            self.launcher = subprocess.Popen(
                command, cwd=self.project, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def wait_until_ready(self) -> None:
        """Wait until every assistant answers its front desk."""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if self.launcher is None or self.launcher.poll() is not None:
                break
            if answering(self.url) == self.assistants:
                return
            time.sleep(0.2)
        raise RuntimeError(f"the machine is not ready; see {self.folder}")

    def kill_one(self, module: str) -> int:
        """End a process of a module, as if the power went: no chance to tidy up; returns its id."""
        process = self.processes(module)[-1]
        os.kill(process, signal.SIGKILL)
        return process

    def processes(self, module: str) -> list[int]:
        """The running processes of a module, in the order of their starts."""
        assert self.launcher is not None
        return [child for child in children(self.launcher.pid) if module in _words(child)]

    def log(self, name: str) -> list[str]:
        """The lines of a process's log."""
        return (self.folder / "logs" / f"{name}.log").read_text(encoding="utf-8").splitlines()

    def stop(self) -> None:
        """Stop everything in order."""
        if self.launcher is None:
            return
        self.launcher.terminate()
        try:
            self.launcher.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.launcher.kill()
            self.launcher.wait()


def answering(url: str) -> int:
    """How many assistants answer a front desk; none while it does not answer itself."""
    try:
        answer = httpx.get(f"{url}/readyz", timeout=5, trust_env=False)
        return int(answer.json()["assistant_processes"]["answering"]) if answer.status_code == 200 else 0
    except (httpx.HTTPError, ValueError):
        return 0


def free_port_ranges(*counts: int) -> tuple[int, ...]:
    """The first ports of ranges in which nobody listens, so many ports each, that do not meet."""
    while True:
        with ExitStack() as probes, suppress(OSError, OverflowError):
            return tuple(_bind_range(probes, count) for count in counts)


def _bind_range(probes: ExitStack, count: int) -> int:
    first = probes.enter_context(socket.create_server((LOOPBACK, 0))).getsockname()[1]
    for offset in range(1, count):
        probes.enter_context(socket.create_server((LOOPBACK, first + offset)))
    return int(first)


def children(process: int) -> list[int]:
    """The processes that a process has started and that run."""
    listed = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="utf-8")
    return [int(child) for child in listed.split()]


def _words(process: int) -> list[str]:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().decode().split("\0")
    except FileNotFoundError:
        return []
