"""The evaluation's own processes: started, watched and ended. Small programs stand in for them."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from candidacy.evaluation import own_assistant as module
from candidacy.evaluation.own_assistant import OwnAssistant, own_assistant
from candidacy.launcher.errors import Interrupted, LaunchError
from candidacy.launcher.service import Service
from candidacy.launcher.stop_request import StopRequest
from candidacy.settings import Settings

Stand = Callable[[str], None]

SERVES = """
import http.server, os, pathlib, sys
pathlib.Path(os.environ["CANDIDACY_STATE_DIRECTORY"], sys.argv[1]).write_text(str(os.getpid()))
class Yes(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
http.server.HTTPServer(("127.0.0.1", int(sys.argv[2])), Yes).serve_forever()
"""
HANGS = "import time; time.sleep(60)"
ENDS = "import sys; sys.exit('no such model')"


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> Stand:
    """Have a program run instead of Rasa and the action server."""

    def replace(code: str) -> None:
        def services(*, settings: Settings, model: Path) -> tuple[Service, ...]:
            ports = {"actions": settings.actions_port, "rasa": settings.rasa_port, "frontdesk": settings.port}
            return tuple(
                Service(
                    name, name, ("python3", "-S", "-c", code, name, str(port)), health_url=f"http://127.0.0.1:{port}/"
                )
                for name, port in ports.items()
            )

        monkeypatch.setattr(module, "services", services)

    return replace


def runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def pids_of(assistant: OwnAssistant) -> list[int]:
    """The action server's and Rasa's."""
    return [int((assistant.settings.state_directory / name).read_text()) for name in ("actions", "rasa")]


def test_it_runs_with_a_folder_and_a_database_of_its_own_and_nothing_is_left(stand_in: Stand, tmp_path: Path) -> None:
    stand_in(SERVES)
    with own_assistant(project=tmp_path, model=tmp_path, stop=StopRequest()) as assistant:
        assistant.check()
        folder = assistant.settings.state_directory
        assert assistant.settings.database_url == f"sqlite:///{folder}/evaluation.db"
        assert (folder / "evaluation.db").exists()
        assert not (folder / "frontdesk").exists()
        pids = pids_of(assistant)
        assert all(map(runs, pids))
    assert not folder.exists()
    assert not any(map(runs, pids))


def test_it_ends_whatever_happens(stand_in: Stand, tmp_path: Path) -> None:
    stand_in(SERVES)
    pids: list[int] = []

    def fail() -> None:
        with own_assistant(project=tmp_path, model=tmp_path, stop=StopRequest()) as assistant:
            pids.extend(pids_of(assistant))
            raise RuntimeError("oops")

    with pytest.raises(RuntimeError, match="oops"):
        fail()
    assert len(pids) == 2
    assert not any(map(runs, pids))


def test_a_process_that_ends_at_once_is_told_with_the_end_of_its_log(stand_in: Stand, tmp_path: Path) -> None:
    stand_in(ENDS)
    with (
        pytest.raises(LaunchError, match=r"ended \(exit code 1\)\. The end of its log:\nno such model"),
        own_assistant(project=tmp_path, model=tmp_path, stop=StopRequest()),
    ):
        pass


def test_a_process_that_ends_later_is_noticed(stand_in: Stand, tmp_path: Path) -> None:
    stand_in(SERVES)
    with own_assistant(project=tmp_path, model=tmp_path, stop=StopRequest()) as assistant:
        actions, rasa = pids_of(assistant)
        os.kill(rasa, signal.SIGKILL)
        os.waitid(os.P_PID, rasa, os.WEXITED | os.WNOWAIT)
        with pytest.raises(LaunchError, match=r"The rasa ended \(killed by SIGKILL\)"):
            assistant.check()
        assert runs(actions)


def test_one_that_never_answers_is_given_up(stand_in: Stand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(HANGS)
    monkeypatch.setattr(module, "START_SECONDS", 0.0)
    with (
        pytest.raises(LaunchError, match="The actions does not answer after 0 s"),
        own_assistant(project=tmp_path, model=tmp_path, stop=StopRequest()),
    ):
        pass


def test_a_stop_while_it_starts(stand_in: Stand, tmp_path: Path) -> None:
    stand_in(HANGS)
    stop = StopRequest()
    stop.ask()
    with pytest.raises(Interrupted), own_assistant(project=tmp_path, model=tmp_path, stop=stop):
        pass
