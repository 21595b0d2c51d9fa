"""The whole start, with small programs in place of the processes and of the training."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from candidacy.launcher import start
from candidacy.launcher.service import Service
from candidacy.launcher.start import run_assistant, welcome_lines
from candidacy.launcher.stop_request import StopRequest
from candidacy.settings import Settings

ANSWERING = """
import http.server, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


class StoppingConsole(Console):
    """A console that asks for a stop as soon as it was said how to."""

    def __init__(self, stop: StopRequest) -> None:
        super().__init__(file=io.StringIO(), force_terminal=False)
        self._stop = stop

    def print(self, *objects: object, **options: object) -> None:
        super().print(*objects, **options)  # type: ignore[arg-type]
        if "Press Ctrl-C to stop." in objects:
            self._stop.ask()


def test_everything_is_prepared_started_told_and_stopped(
    tmp_path: Path,
    free_ports: list[int],
    program: Callable[..., tuple[str, ...]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk, rasa, actions, staff = free_ports
    settings = Settings(
        state_directory=tmp_path / "var",
        model_directory=tmp_path / "models",
        database_url=f"sqlite:///{tmp_path}/var/candidacy.db",
        port=desk,
        rasa_port=rasa,
        actions_port=actions,
        console_port=staff,
    )

    def answering(*, settings: Settings, model: Path) -> tuple[Service, ...]:
        assert model == tmp_path / "models" / "trained.tar.gz"
        return (Service("front desk", "frontdesk", program(ANSWERING, desk), f"http://127.0.0.1:{desk}/readyz"),)

    monkeypatch.setattr(start, "ensure_model", lambda place, **_: place.models / "trained.tar.gz")
    monkeypatch.setattr(start, "services", answering)
    stop = StopRequest()
    console = StoppingConsole(stop)
    run_assistant(settings=settings, project=tmp_path, console=console, stop=stop)
    assert isinstance(console.file, io.StringIO)
    first, *middle, last = console.file.getvalue().splitlines()
    assert first.startswith("The front desk is ready")
    (link,) = [line.strip() for line in middle if "/enrol?link=" in line]
    assert link.startswith(f"http://127.0.0.1:{staff}/")
    welcome = [line for line in welcome_lines(settings) if line]
    assert [line for line in middle if line in welcome] == welcome
    assert last == "Stopping."
    assert sorted(path.name for path in (tmp_path / "var").iterdir() if not path.name.startswith("candidacy.db")) == [
        "audit-key",
        "encryption-key",
        "index-key",
        "internal-token",
        "logs",
    ]
    assert (tmp_path / "var" / "candidacy.db").exists()
    assert "/readyz" in (tmp_path / "var" / "logs" / "frontdesk.log").read_text()


def test_the_welcome_says_what_is_where() -> None:
    lines = "\n".join(welcome_lines(Settings()))
    for place in (
        "http://127.0.0.1:8000/",
        "http://127.0.0.1:8001/",
        "/openapi.json",
        "make chat",
        "var/candidacy.db",
        "var/logs/",
        "Ctrl-C",
    ):
        assert place in lines
