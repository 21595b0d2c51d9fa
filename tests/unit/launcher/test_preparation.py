"""What must be right before a process is started, and how each thing that is wrong is said."""

import socket
from datetime import datetime, timezone
from pathlib import Path

import pytest

from candidacy.launcher.errors import LaunchError
from candidacy.launcher.preparation import (
    check_keys,
    check_machine,
    create_secrets,
    database_name,
    migrate_database,
)
from candidacy.machine import open_cipher, open_database
from candidacy.records.dialogue_states import save_dialogue_state, sealed_state
from candidacy.settings import Settings


def settings(folder: Path, **others: object) -> Settings:
    return Settings(state_directory=folder / "var", model_directory=folder / "models", **others)


def test_a_taken_port_is_found_before_anything_is_written(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        with pytest.raises(LaunchError, match="CANDIDACY_RASA_PORT"):
            check_machine(settings(tmp_path, rasa_port=taken))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("in_the_way", "setting"), [("var", "STATE_DIRECTORY"), ("models", "MODEL_DIRECTORY")])
def test_a_folder_that_cannot_be_written_to(
    tmp_path: Path, free_ports: list[int], in_the_way: str, setting: str
) -> None:
    (tmp_path / in_the_way).write_text("a file")
    desk, rasa, actions, console = free_ports
    with pytest.raises(LaunchError, match=f"CANDIDACY_{setting}"):
        check_machine(settings(tmp_path, port=desk, rasa_port=rasa, actions_port=actions, console_port=console))


def test_the_database_is_made(tmp_path: Path) -> None:
    migrate_database(settings(tmp_path, database_url=f"sqlite:///{tmp_path}/var/candidacy.db"))
    assert (tmp_path / "var" / "candidacy.db").exists()


def test_a_database_that_cannot_be_opened_is_one_line_without_its_password(free_port: int, tmp_path: Path) -> None:
    url = f"postgresql://clinic:secret-word@127.0.0.1:{free_port}/candidacy"
    with pytest.raises(LaunchError) as refusal:
        migrate_database(settings(tmp_path, database_url=url))
    assert "Cannot use the database postgresql://clinic:***@127.0.0.1" in str(refusal.value)
    assert "DATABASE_URL" in str(refusal.value)
    assert "secret-word" not in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_secrets_are_made_once_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    create_secrets(settings(tmp_path))
    files = {path.name: path.read_text() for path in (tmp_path / "var").iterdir()}
    assert set(files) == {"audit-key", "encryption-key", "index-key", "internal-token"}
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in (tmp_path / "var").iterdir())
    create_secrets(settings(tmp_path))
    assert {path.name: path.read_text() for path in (tmp_path / "var").iterdir()} == files


def test_another_key_than_the_databases_is_refused(tmp_path: Path) -> None:
    ours = settings(tmp_path)
    create_secrets(ours)
    migrate_database(ours)
    check_keys(ours)
    with open_database(ours).session() as session:
        save_dialogue_state(
            session,
            conversation_id="c1",
            state=sealed_state([], cipher=open_cipher(ours)),
            now=datetime.now(timezone.utc),
        )
    check_keys(ours)
    (tmp_path / "var" / "encryption-key").unlink()
    create_secrets(ours)
    with pytest.raises(LaunchError, match="encryption-key does not open"):
        check_keys(ours)


def test_an_unreadable_secret_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "internal-token").write_text("")
    (tmp_path / "var" / "internal-token").chmod(0o600)
    with pytest.raises(LaunchError, match=r"Cannot use the secret .*internal-token: it is empty"):
        create_secrets(settings(tmp_path))


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("sqlite:///var/candidacy.db", "var/candidacy.db"),
        ("sqlite:////srv/candidacy.db", "/srv/candidacy.db"),
        ("postgresql://clinic:secret@db.example/candidacy", "postgresql://clinic:***@db.example/candidacy"),
    ],
)
def test_the_database_is_named_without_its_password(url: str, name: str) -> None:
    assert database_name(Settings(database_url=url)) == name
