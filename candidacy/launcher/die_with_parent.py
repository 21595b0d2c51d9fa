"""Run a command that Linux kills when the process which started it ends, however that one ends.

Started as a file of its own (`python die_with_parent.py PARENT COMMAND...`), because the request must be made
in the child, after the fork; it holds across the exec. Elsewhere than on Linux the command runs without it.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

_PR_SET_PDEATHSIG = 1
"""See prctl(2); the signal is sent when the parent's thread that forked ends: here its main thread."""


def with_parent(command: Sequence[str]) -> tuple[str, ...]:
    """The command, wrapped so that it ends with this process."""
    return (sys.executable, "-I", "-S", str(Path(__file__)), str(os.getpid()), *command)


def _main(parent: int, command: Sequence[str]) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        # The parent may have ended before the request was made.
        if os.getppid() != parent:
            return
    arguments = list(command)
    # What the launcher itself gave, and no shell reads it.
    os.execvp(command[0], arguments)  # nosec B606


if __name__ == "__main__":
    _main(int(sys.argv[1]), sys.argv[2:])
