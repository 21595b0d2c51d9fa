"""Bringing a database to the present schema; safe when several processes start at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DatabaseError

from candidacy.records.engine import DatabaseUnavailable, create_database_engine

MIGRATIONS = Path(__file__).parent / "migrations"
ADVISORY_LOCK = 7_446_201
"""The number under which migrations lock a PostgreSQL database; any that nobody else uses there."""


def migrate(database_url: str) -> None:
    """Bring the database up to the newest revision; nothing happens when it is there already.

    Raises:
        DatabaseUnavailable: the database does not answer, its file cannot be written, or a newer version of the
            product made it.
    """
    with migration_connection(database_url) as connection:
        try:
            command.upgrade(configuration(connection), "head")
        except CommandError as error:
            raise DatabaseUnavailable(f"the database is not of this version of the product: {error}") from error


def downgrade(database_url: str, *, revision: str) -> None:
    """Take the database back to a revision ("base" is before the first); what later ones added is deleted.

    Raises:
        DatabaseUnavailable: the database does not answer, or its file cannot be written.
    """
    with migration_connection(database_url) as connection:
        command.downgrade(configuration(connection), revision)


def configuration(connection: Connection) -> Config:
    """Alembic's configuration, for its commands to run on a connection of `migration_connection`."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


@contextmanager
def migration_connection(database_url: str) -> Iterator[Connection]:
    """One transaction that no other migration runs beside, and that is undone whole when it fails.

    On PostgreSQL it holds an advisory lock; on SQLite a write transaction has the file to itself.

    Raises:
        DatabaseUnavailable: the database does not answer, or its file cannot be written.
    """
    engine = create_database_engine(database_url, for_migration=True)
    try:
        with _connect(engine) as connection, connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": ADVISORY_LOCK})
            yield connection
            if connection.dialect.name == "sqlite":
                _check_foreign_keys(connection)
    finally:
        engine.dispose()


def _connect(engine: Engine) -> Connection:
    try:
        return engine.connect()
    except DatabaseError as error:
        raise DatabaseUnavailable(f"the database cannot be opened: {str(error.orig).strip()}") from error


def _check_foreign_keys(connection: Connection) -> None:
    broken = connection.execute(text("PRAGMA foreign_key_check")).first()
    if broken is not None:
        raise DatabaseUnavailable(
            f"after the migration, rows of {broken[0]} refer to rows of {broken[2]} that are gone"
        )
