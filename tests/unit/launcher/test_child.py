"""A child process: its log, its end, and that nothing it started outlives it."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from candidacy.launcher.child import Child, describe_exit
from candidacy.launcher.process_log import ProcessLog

Program = Callable[..., tuple[str, ...]]

FOREVER = "import time; print('up', flush=True); time.sleep(60)"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
WITH_GRANDCHILD = """
import subprocess, sys, time
grandchild = subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(60)"])
print(grandchild.pid, flush=True)
if sys.argv[1] == "ends": sys.exit(0)
time.sleep(60)
"""


@pytest.fixture
def log(tmp_path: Path) -> ProcessLog:
    log = ProcessLog(tmp_path, "child")
    log.rotate()
    return log


@contextmanager
def running(child: Child) -> Iterator[Child]:
    try:
        yield child
    finally:
        child.kill()


def eventually(holds: Callable[[], bool]) -> bool:
    for _ in range(200):
        if holds():
            return True
        time.sleep(0.05)
    return False


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_its_output_and_its_errors_go_to_the_log(program: Program, log: ProcessLog) -> None:
    code = "import os, sys; print(os.environ['FLAVOR'], os.getcwd()); print('oh', file=sys.stderr); sys.exit(3)"
    with running(Child(program(code), log=log, environment={"FLAVOR": "quiet"}, directory=Path("/"))) as child:
        assert eventually(lambda: child.exit_code() == 3)
    assert sorted(log.tail(5).splitlines()) == ["oh", "quiet /"]


def test_it_ends_when_asked(program: Program, log: ProcessLog) -> None:
    with running(Child(program(FOREVER), log=log)) as child:
        assert eventually(lambda: "up" in log.tail(1))
        assert child.exit_code() is None
        child.terminate()
        assert eventually(lambda: child.exit_code() == -signal.SIGTERM)


def test_it_can_be_killed_when_it_does_not_listen(program: Program, log: ProcessLog) -> None:
    with running(Child(program(STUBBORN), log=log)) as child:
        assert eventually(lambda: "up" in log.tail(1))
        child.terminate()
        assert child.exit_code() is None
        child.kill()
        assert child.exit_code() == -signal.SIGKILL


@pytest.mark.parametrize("way", ["ends", "is killed"])
def test_what_it_started_ends_with_it(program: Program, log: ProcessLog, way: str) -> None:
    with running(Child(program(WITH_GRANDCHILD, way), log=log)) as child:
        assert eventually(lambda: log.tail(1) != "")
        grandchild = int(log.tail(1))
        if way == "is killed":
            child.kill()
        assert eventually(lambda: child.exit_code() is not None)
        assert eventually(lambda: not lives(grandchild))


def test_ctrl_c_at_the_terminal_does_not_reach_it(program: Program, log: ProcessLog) -> None:
    with running(Child(program(FOREVER), log=log)) as child:
        assert os.getpgid(child.pid) != os.getpgid(0)


@pytest.mark.parametrize(
    ("code", "words"), [(0, "exit code 0"), (3, "exit code 3"), (-9, "killed by SIGKILL"), (-99, "killed by signal 99")]
)
def test_an_exit_is_described(code: int, words: str) -> None:
    assert describe_exit(code) == words
