"""One running process and everything it started."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from candidacy.launcher.die_with_parent import with_parent
from candidacy.launcher.process_log import ProcessLog


class Child:
    """A process in a session of its own: Ctrl-C reaches it through us alone, and it ends when we end."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        log: ProcessLog,
        environment: Mapping[str, str] | None = None,
        directory: Path | None = None,
    ) -> None:
        with log.open() as output:
            self._process = subprocess.Popen(  # our own commands, without a shell  # nosec B603
                with_parent(command),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, **(environment or {})},
                cwd=directory,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """The process's id, which is its process group's too."""
        return self._process.pid

    def exit_code(self) -> int | None:
        """The exit code, negative for a signal; None while it runs. Sweeps up what an ended one left running."""
        if self._process.returncode is None and self._process.poll() is not None:
            self._signal_group(signal.SIGKILL)
        return self._process.returncode

    def terminate(self) -> None:
        """Ask it, and everything it started, to end."""
        if self.exit_code() is None:
            self._signal_group(signal.SIGTERM)

    def kill(self) -> None:
        """End it and everything it started, and wait until it is gone."""
        if self.exit_code() is None:
            self._signal_group(signal.SIGKILL)
            self._process.wait()

    def _signal_group(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, number)


def describe_exit(code: int) -> str:
    """How a process ended, in words: "exit code 3", "killed by SIGKILL"."""
    if code >= 0:
        return f"exit code {code}"
    try:
        return f"killed by {signal.Signals(-code).name}"
    except ValueError:
        return f"killed by signal {-code}"
