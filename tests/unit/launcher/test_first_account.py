"""The console's first account: its link is shown at the first start, and never again."""

from datetime import datetime, timezone
from pathlib import Path

import pytest

from candidacy.console.operator import operator
from candidacy.launcher.errors import LaunchError
from candidacy.launcher.first_account import first_account_lines
from candidacy.machine import open_cipher, open_database
from candidacy.records.migrate import migrate
from candidacy.records.staff.links import use_link
from candidacy.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(state_directory=tmp_path)
    migrate(settings.database_url)
    return settings


def link_in(lines: tuple[str, ...]) -> str:
    return lines[-1].strip()


def set_up(settings: Settings, token: str) -> None:
    now, cipher = datetime.now(timezone.utc), open_cipher(settings)
    with open_database(settings).session() as session:
        use_link(
            session,
            cipher=cipher,
            token=token,
            password_hash="hash",
            totp_step=1,
            recovery_code_hashes=["code"],
            now=now,
        )


def test_the_first_start_shows_a_link_and_later_ones_how_to_get_another(settings: Settings) -> None:
    lines = first_account_lines(settings)
    assert link_in(lines).startswith("http://127.0.0.1:8001/enrol?link=")
    again = "\n".join(first_account_lines(settings))
    assert "candidacy staff reset admin" in again
    assert "link=" not in again
    set_up(settings, link_in(lines).split("=")[1])
    assert first_account_lines(settings) == ()


def test_the_link_has_the_public_address(settings: Settings) -> None:
    public = settings.copy(update={"console_public_url": "https://console.clinic.example"})
    assert link_in(first_account_lines(public)).startswith("https://console.clinic.example/enrol?link=")


def test_it_is_in_the_audit(settings: Settings) -> None:
    first_account_lines(settings)
    with operator(settings, name="test") as here:
        report = here.verify_audit()
    assert (report.head.sequence, report.breaks) == (1, ())


def test_a_database_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    with pytest.raises(LaunchError, match="candidacy migrate"):
        first_account_lines(Settings(state_directory=tmp_path))
