"""When the launcher is killed outright, the processes it started end too."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

PARENT = """
import subprocess, sys, time
from candidacy.launcher.die_with_parent import with_parent
code = "import time; print('up', flush=True); time.sleep(60)"
child = subprocess.Popen(with_parent([sys.executable, "-S", "-c", code]))
print(child.pid, flush=True)
time.sleep(60)
"""


Require = Callable[[bool, str], None]


@pytest.fixture(autouse=True)
def linux(require: Require) -> None:
    require(sys.platform == "linux", "only Linux ends a process with its parent")


def test_the_child_of_a_killed_parent_ends() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert parent.stdout.readline() == "up\n"
        assert Path(f"/proc/{child}").exists()
        parent.send_signal(signal.SIGKILL)
        # The pipe ends when its last writer, the child, is gone.
        assert parent.stdout.read() == ""


def test_a_child_whose_parent_is_gone_already_does_not_start(program: Callable[..., tuple[str, ...]]) -> None:
    script = Path(__file__).parents[3] / "candidacy" / "launcher" / "die_with_parent.py"
    not_its_parent = "1"
    result = subprocess.run(
        [sys.executable, "-I", "-S", str(script), not_its_parent, *program("print('started')")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.stdout, result.stderr) == ("", "")
