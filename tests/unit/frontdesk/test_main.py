"""The process: what it is built from, and how it is served."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from starlette.routing import Route

from candidacy.frontdesk.main import build_app, server_config
from candidacy.language.red_flag import RedFlag
from candidacy.settings import Settings


class NoDanger:
    """Stands in for the detector of a trained model."""

    def detect(self, text: str) -> RedFlag | None:
        return None


@pytest.fixture
def settings(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    shutil.copy(project / "domain.yml", tmp_path)
    monkeypatch.chdir(tmp_path)
    return Settings(port=8123)


def test_it_is_built_from_the_settings(settings: Settings) -> None:
    paths = [route.path for route in build_app(settings, NoDanger()).routes if isinstance(route, Route)]
    assert "/api/chat/messages" in paths


def test_it_is_served_where_the_settings_say_without_a_log_of_requests(settings: Settings) -> None:
    config = server_config(build_app(settings, NoDanger()), settings)
    assert (config.host, config.port, config.access_log) == ("127.0.0.1", 8123, False)


def test_a_wrong_setting_is_one_line() -> None:
    finished = subprocess.run(
        [sys.executable, "-m", "candidacy.frontdesk", "--model", "none.tar.gz"],
        env={**os.environ, "CANDIDACY_PORT": "many"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert finished.returncode == 1
    (line,) = finished.stderr.splitlines()
    assert "CANDIDACY_PORT" in line


def test_a_missing_model_is_one_line() -> None:
    finished = subprocess.run(
        [sys.executable, "-m", "candidacy.frontdesk", "--model", "none.tar.gz"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert finished.returncode == 1
    assert finished.stderr.startswith("The front desk cannot start: none.tar.gz: cannot be read")
    assert len(finished.stderr.splitlines()) == 1
