"""The supervisor starts everything, restarts what dies and leaves nothing running."""

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from candidacy.launcher.errors import LaunchError
from candidacy.launcher.service import Service
from candidacy.launcher.stop_request import StopRequest
from candidacy.launcher.supervisor import Supervisor

Program = Callable[..., tuple[str, ...]]

PIDS = """
import os, sys
with open(sys.argv[1], "a") as file:
    file.write(f"{os.getpid()}\\n")
"""
ANSWERING = """
import http.server, os, signal, sys
with open(sys.argv[1], "a") as file:
    file.write(f"{os.getpid()}\\n")
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
    def log_message(self, *args):
        pass
def end(*_):
    with open(sys.argv[1] + ".ended", "a") as file:
        file.write(sys.argv[2] + "\\n")
    os._exit(0)
signal.signal(signal.SIGTERM, signal.SIG_IGN if "stubborn" in sys.argv else end)
http.server.HTTPServer(("127.0.0.1", int(sys.argv[2])), Handler).serve_forever()
"""


class Witness:
    """Notes what the supervisor reports, and asks for a stop when the test has seen enough."""

    def __init__(self, stop: StopRequest) -> None:
        self.events: list[str] = []
        self.stop = stop
        self.on_all_ready: Callable[[], None] = stop.ask
        self.ready_counts = 0
        self.stop_after_ready = 0

    def waiting(self, names: Sequence[str]) -> None:
        pass

    def ready(self, name: str, seconds: float) -> None:
        self.events.append(f"ready {name}")
        self.ready_counts += 1
        if self.ready_counts == self.stop_after_ready:
            self.stop.ask()

    def all_ready(self) -> None:
        self.events.append("all ready")
        self.on_all_ready()

    def died(self, name: str, how: str, log: Path, delay_seconds: float) -> None:
        self.events.append(f"died {name} ({how}), see {log.name}")

    def stopping(self) -> None:
        self.events.append("stopping")


@pytest.fixture
def stop() -> Iterator[StopRequest]:
    """A stop that comes by itself, should the test wait in vain."""
    request = StopRequest()
    timer = threading.Timer(30.0, request.ask)
    timer.start()
    yield request
    timer.cancel()


@pytest.fixture
def witness(stop: StopRequest) -> Witness:
    return Witness(stop)


@pytest.fixture
def pids(tmp_path: Path) -> Path:
    """Every started process writes its id here."""
    return tmp_path / "pids"


def started(pids: Path) -> list[int]:
    return [int(line) for line in pids.read_text().splitlines()] if pids.exists() else []


def answering(name: str, program: Program, pids: Path, port: int, *words: str) -> Service:
    return Service(name, name, program(ANSWERING, pids, port, *words), f"http://127.0.0.1:{port}/")


def supervise(services: Sequence[Service], *, witness: Witness, logs: Path, grace_seconds: float = 8.0) -> None:
    Supervisor(services, logs=logs, reporter=witness, grace_seconds=grace_seconds).run(witness.stop)


def assert_nothing_runs(pids: Path) -> None:
    for pid in started(pids):
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_it_says_when_everything_answers_and_stops_everything(
    program: Program, pids: Path, free_ports: list[int], tmp_path: Path, witness: Witness
) -> None:
    services = [answering(name, program, pids, port) for name, port in zip(["rasa", "desk"], free_ports, strict=False)]
    supervise(services, witness=witness, logs=tmp_path)
    assert sorted(witness.events[:2]) == ["ready desk", "ready rasa"]
    assert witness.events[2:] == ["all ready", "stopping"]
    assert len(started(pids)) == 2
    assert_nothing_runs(pids)


def test_the_last_service_is_stopped_before_those_it_uses(
    program: Program, pids: Path, free_ports: list[int], tmp_path: Path, witness: Witness
) -> None:
    rasa, desk, *_ = free_ports
    services = [answering("rasa", program, pids, rasa), answering("desk", program, pids, desk)]
    supervise(services, witness=witness, logs=tmp_path)
    assert Path(f"{pids}.ended").read_text().split() == [str(desk), str(rasa)]


def test_a_process_that_was_killed_is_started_again_and_said(
    program: Program, pids: Path, free_port: int, tmp_path: Path, witness: Witness
) -> None:
    witness.on_all_ready = lambda: os.kill(started(pids)[0], signal.SIGKILL)
    witness.stop_after_ready = 2
    supervise([answering("rasa", program, pids, free_port)], witness=witness, logs=tmp_path)
    assert witness.events == [
        "ready rasa",
        "all ready",
        "died rasa (killed by SIGKILL), see rasa.log",
        "ready rasa",
        "stopping",
    ]
    assert len(set(started(pids))) == 2
    assert_nothing_runs(pids)


def test_a_process_that_never_answers_and_dies_is_given_up(
    program: Program, pids: Path, free_ports: list[int], tmp_path: Path, witness: Witness
) -> None:
    rasa_port, desk_port, *_ = free_ports
    services = [
        answering("rasa", program, pids, rasa_port),
        Service("desk", "desk", program(PIDS + "sys.exit(3)", pids), f"http://127.0.0.1:{desk_port}/"),
    ]
    with pytest.raises(LaunchError) as giving_up:
        supervise(services, witness=witness, logs=tmp_path)
    assert str(giving_up.value) == (
        f"The desk ended 3 times without ever answering (exit code 3). Its log: {tmp_path / 'desk.log'}"
    )
    assert witness.events.count("died desk (exit code 3), see desk.log") == 2
    assert len(started(pids)) == 4
    assert_nothing_runs(pids)


def test_a_process_that_does_not_end_when_asked_is_killed(
    program: Program, pids: Path, free_port: int, tmp_path: Path, witness: Witness
) -> None:
    services = [answering("rasa", program, pids, free_port, "stubborn")]
    supervise(services, witness=witness, logs=tmp_path, grace_seconds=0.4)
    assert_nothing_runs(pids)


def test_a_second_ctrl_c_does_not_wait_for_the_grace(
    program: Program, pids: Path, free_port: int, tmp_path: Path, witness: Witness
) -> None:
    rescued = threading.Event()

    def rescue() -> None:
        rescued.set()
        os.kill(started(pids)[0], signal.SIGKILL)

    in_vain = threading.Timer(60.0, rescue)
    in_vain.start()

    def ask_twice() -> None:
        witness.stop.ask()
        threading.Timer(0.5, witness.stop.ask).start()

    witness.on_all_ready = ask_twice
    services = [answering("rasa", program, pids, free_port, "stubborn")]
    supervise(services, witness=witness, logs=tmp_path, grace_seconds=600.0)
    in_vain.cancel()
    assert not rescued.is_set()
    assert_nothing_runs(pids)


def test_a_stop_before_anything_answers_leaves_nothing(
    program: Program, pids: Path, free_port: int, tmp_path: Path, stop: StopRequest
) -> None:
    class Impatient(Witness):
        def waiting(self, names: Sequence[str]) -> None:
            self.events.append(f"waiting for {', '.join(names)}")
            if started(pids):
                self.stop.ask()

    witness = Impatient(stop)
    service = Service(
        "rasa", "rasa", program(PIDS + "import time; time.sleep(60)", pids), f"http://127.0.0.1:{free_port}/"
    )
    supervise([service], witness=witness, logs=tmp_path)
    assert set(witness.events) == {"waiting for rasa", "stopping"}
    assert_nothing_runs(pids)


def test_a_reporter_that_fails_leaves_nothing_running(
    program: Program, pids: Path, free_port: int, tmp_path: Path, witness: Witness
) -> None:
    def fail() -> None:
        raise BrokenPipeError

    witness.on_all_ready = fail
    with pytest.raises(BrokenPipeError):
        supervise([answering("rasa", program, pids, free_port)], witness=witness, logs=tmp_path)
    assert_nothing_runs(pids)
