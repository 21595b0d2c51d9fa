"""What a database URL must be, and how SQLite is set up."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from candidacy.records.engine import DatabaseUnavailable, create_database_engine


def test_the_folder_of_a_sqlite_file_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    with create_database_engine("sqlite:///var/data/candidacy.db").connect() as connection:
        connection.execute(text("CREATE TABLE proof (id integer)"))
        connection.commit()

    assert (tmp_path / "var" / "data" / "candidacy.db").exists()


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("mysql://localhost/candidacy", "must be SQLite or PostgreSQL, not mysql"),
        ("sqlite://", "must be a file"),
        ("sqlite:///:memory:", "must be a file"),
        ("sqlite:////proc/nowhere/candidacy.db", "folder /proc/nowhere cannot be made"),
    ],
)
def test_a_database_that_cannot_serve_is_refused_in_words(url: str, problem: str) -> None:
    with pytest.raises(DatabaseUnavailable, match=problem):
        create_database_engine(url)


def test_a_folder_that_is_a_file_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("not a folder")

    with pytest.raises(DatabaseUnavailable, match="cannot be made: "):
        create_database_engine(f"sqlite:///{tmp_path / 'var' / 'candidacy.db'}")


@pytest.mark.parametrize(
    ("setting", "value"),
    [("journal_mode", "wal"), ("foreign_keys", 1), ("busy_timeout", 3000), ("synchronous", 2), ("secure_delete", 1)],
)
def test_sqlite_is_set_up_to_keep_what_it_acknowledged(tmp_path: Path, setting: str, value: object) -> None:
    with create_database_engine(f"sqlite:///{tmp_path / 'candidacy.db'}").connect() as connection:
        assert connection.execute(text(f"PRAGMA {setting}")).scalar_one() == value


def test_migrations_leave_foreign_keys_off(tmp_path: Path) -> None:
    engine = create_database_engine(f"sqlite:///{tmp_path / 'candidacy.db'}", for_migration=True)

    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 0


def test_errors_do_not_show_the_values_of_a_statement(database_url: str) -> None:
    statement = text(
        "INSERT INTO consents (conversation_id, purpose, given, wording_version, at)"
        " VALUES ('nowhere', 'contact', true, :words, '2024-05-06 14:30:15')"
    )
    engine = create_database_engine(database_url)

    with engine.connect() as connection, pytest.raises(IntegrityError) as caught:
        connection.execute(statement, {"words": "my back hurts"})

    engine.dispose()
    assert "my back hurts" not in str(caught.value)
