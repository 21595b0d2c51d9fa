"""Migrations make the tables that the code believes in, and can be started by several processes at once."""

from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import create_engine, inspect, text

from candidacy.records.engine import DatabaseUnavailable
from candidacy.records.migrate import MIGRATIONS, configuration, downgrade, migrate, migration_connection
from candidacy.records.schema import metadata

NOT_OURS = {"alembic_version", "sqlite_sequence"}


def check(url: str) -> None:
    """Compare the database with the code, as `alembic check` does; raises CommandError when they differ."""
    with migration_connection(url) as connection:
        command.check(configuration(connection))


def tables(url: str) -> set[str]:
    """The names of our tables in the database."""
    engine = create_engine(url, future=True)
    names = set(inspect(engine).get_table_names())
    engine.dispose()
    return {name for name in names - NOT_OURS if not name.startswith("message_search")}


def execute(url: str, *statements: str) -> None:
    """Run statements as a migration would, and then fail if they ask to."""
    with migration_connection(url) as connection:
        for statement in statements:
            connection.execute(text(statement))


def test_the_migrations_make_the_tables_of_the_code(empty_url: str) -> None:
    migrate(empty_url)

    check(empty_url)


@pytest.mark.parametrize(
    "change",
    [
        "DROP TABLE consultation_requests",
        "ALTER TABLE messages ADD COLUMN mood text",
        "DROP INDEX ix_messages_pending",
        "CREATE TABLE moods (id integer)",
    ],
)
def test_a_database_that_is_not_as_the_code_says_is_noticed(database_url: str, change: str) -> None:
    execute(database_url, change)

    with pytest.raises(CommandError, match="New upgrade operations detected"):
        check(database_url)


def test_migrating_again_changes_nothing(database_url: str) -> None:
    migrate(database_url)

    assert tables(database_url) == set(metadata.tables)


def test_the_first_migration_can_be_taken_back(database_url: str) -> None:
    downgrade(database_url, revision="base")

    assert tables(database_url) == set()


def test_a_session_without_an_end_gets_one_and_keeps_its_conversation(empty_url: str) -> None:
    with migration_connection(empty_url) as connection:
        command.upgrade(configuration(connection), "0001")
    execute(
        empty_url,
        "INSERT INTO conversations (id, channel, state, token_hash, last_position, created_at, last_activity_at)"
        " VALUES ('web', 'web', 'assistant', 'hash', 3, '2024-05-06', '2024-05-06'),"
        " ('sms', 'sms', 'assistant', NULL, 3, '2024-05-06', '2024-05-06')",
    )

    migrate(empty_url)

    with migration_connection(empty_url) as connection:
        rows = connection.execute(text("SELECT id, session_expires_at IS NULL, last_position FROM conversations"))
        assert {tuple(row) for row in rows} == {("web", False, 3), ("sms", True, 3)}
    downgrade(empty_url, revision="0001")
    migrate(empty_url)
    check(empty_url)


def test_a_turn_that_was_saved_and_not_yet_stored_begins_anew(empty_url: str) -> None:
    with migration_connection(empty_url) as connection:
        command.upgrade(configuration(connection), "0005")
    for number, (name, erased, turn) in enumerate(
        [("kept", "NULL", "done"), ("half", "NULL", "pending"), ("erased", "'2024-05-06'", "done")], start=1
    ):
        execute(
            empty_url,
            "INSERT INTO conversations (id, channel, state, last_position, created_at, last_activity_at, erased_at)"
            f" VALUES ('{name}', 'web', 'assistant', 1, '2024-05-06', '2024-05-06', {erased})",
            "INSERT INTO messages (id, conversation_id, position, author, text, turn_state, turn_attempts,"
            " delivery_attempts, created_at)"
            f" VALUES ({number}, '{name}', 1, 'visitor', 'yes', '{turn}', 1, 0, '2024-05-06')",
            "INSERT INTO dialogue_states (conversation_id, state, last_turn, last_replies, updated_at)"
            f" VALUES ('{name}', '', '{number}', '', '2024-05-06')",
        )

    migrate(empty_url)

    with migration_connection(empty_url) as connection:
        states = connection.execute(text("SELECT conversation_id FROM dialogue_states"))
        assert list(states.scalars()) == ["kept"]


def test_processes_that_start_at_once_migrate_once(empty_url: str, at_once: Callable[..., list[None]]) -> None:
    at_once(8, lambda _: migrate(empty_url))

    check(empty_url)


def test_a_migration_that_fails_leaves_nothing_behind(empty_url: str) -> None:
    def half_a_migration() -> None:
        with migration_connection(empty_url) as connection:
            connection.execute(text("CREATE TABLE half_done (id integer)"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half_a_migration()

    assert tables(empty_url) == set()


def test_a_migration_may_not_break_references(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'candidacy.db'}"
    migrate(url)

    with pytest.raises(DatabaseUnavailable, match="rows of consents refer to rows of conversations that are gone"):
        execute(
            url,
            "INSERT INTO consents (conversation_id, purpose, given, wording_version, at)"
            " VALUES ('gone', 'contact', 1, '1', '2024-05-06 14:30:15')",
        )


def test_alembic_itself_works_on_the_database_of_the_settings(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", empty_url)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))

    command.upgrade(config, "head")

    check(empty_url)


def test_a_database_of_a_newer_version_is_refused_in_words(database_url: str) -> None:
    execute(database_url, "UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(DatabaseUnavailable, match=r"not of this version of the product.*9999"):
        migrate(database_url)


def test_a_server_that_does_not_listen_is_said_in_words() -> None:
    with pytest.raises(DatabaseUnavailable, match="the database cannot be opened"):
        migrate("postgresql://nobody@127.0.0.1:1/nothing")


def test_a_file_that_is_no_database_is_said_in_words(tmp_path: Path) -> None:
    file = tmp_path / "candidacy.db"
    file.write_text("Dear diary, " * 100)

    with pytest.raises(DatabaseUnavailable, match="the database cannot be opened: file is not a database"):
        migrate(f"sqlite:///{file}")


def test_a_folder_in_the_place_of_the_file_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable, match="the database cannot be opened: unable to open database file"):
        migrate(f"sqlite:///{tmp_path}")
