"""The process: what it is built from, and how it is served."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import structlog
from starlette.testclient import TestClient

from candidacy.console.main import build_app, server_config
from candidacy.settings import Settings


def test_it_is_built_from_the_settings_and_notes_the_audits_head(database_url: str, tmp_path: Path) -> None:
    settings = Settings(state_directory=tmp_path, database_url=database_url)
    with structlog.testing.capture_logs() as logs:
        app = build_app(settings)
    assert logs == [{"event": "audit.head", "log_level": "info", "head": f"0:{'0' * 64}"}]
    assert TestClient(app).get("/readyz").json() == {"status": "ready", "database": True}


def test_it_waits_for_its_database(tmp_path: Path) -> None:
    app = build_app(Settings(state_directory=tmp_path, database_url=f"sqlite:///{tmp_path}/none.db"))
    assert TestClient(app).get("/healthz").status_code == 200


def test_it_is_served_where_the_settings_say_without_a_log_of_requests(database_url: str, tmp_path: Path) -> None:
    settings = Settings(state_directory=tmp_path, database_url=database_url, console_port=8123)
    config = server_config(build_app(settings), settings)
    assert (config.host, config.port, config.access_log) == ("127.0.0.1", 8123, False)


def test_a_wrong_setting_is_one_line() -> None:
    finished = subprocess.run(
        [sys.executable, "-m", "candidacy.console"],
        env={**os.environ, "CANDIDACY_CONSOLE_PORT": "many"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert finished.returncode == 1
    (line,) = finished.stderr.splitlines()
    assert line.startswith("The console cannot start: CANDIDACY_CONSOLE_PORT")


def test_a_secret_that_others_can_read_is_one_line(tmp_path: Path, database_url: str) -> None:
    (tmp_path / "audit-key").write_text("key")
    (tmp_path / "audit-key").chmod(0o644)
    environment: dict[str, Any] = {"CANDIDACY_STATE_DIRECTORY": str(tmp_path), "DATABASE_URL": database_url}
    finished = subprocess.run(
        [sys.executable, "-m", "candidacy.console"],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert finished.returncode == 1
    assert "audit-key: other users can read it" in finished.stderr.splitlines()[-1]
