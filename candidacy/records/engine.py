"""The engine that connects to the database, SQLite (one file) or PostgreSQL, made for several processes and threads."""

import os
import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.pool import QueuePool

BUSY_TIMEOUT_MILLISECONDS = 3000
"""How long a SQLite transaction waits for another process's before it gives up: less than an action may take,
so that what was given up is not committed after all."""
MIGRATION_TIMEOUT_MILLISECONDS = 60_000
"""How long a migration waits for another process's."""
CONNECT_TIMEOUT_SECONDS = 5
"""How long to wait for a PostgreSQL server to take a connection."""
WAL_RETRY_SECONDS = 0.01

_POOL = {"pool_size": 10, "max_overflow": 10, "pool_timeout": 5}
_SQLITE_READ_ONLY = "candidacy_read_only"

READ_ONLY = {_SQLITE_READ_ONLY: True, "postgresql_readonly": True}
"""Execution options of an engine whose transactions cannot write."""


class DatabaseUnavailable(Exception):
    """The database cannot be used as it is set up; the message says why."""


def create_database_engine(url: str, *, for_migration: bool = False) -> Engine:
    """The engine for a database URL, set up for several processes and threads.

    Its errors never show the values of a statement: these are visitors' messages, names and numbers.

    Args:
        url: ``sqlite:///path`` or ``postgresql://...``.
        for_migration: leaves SQLite's foreign keys off, since to rebuild a table would delete what refers to it,
            and waits long enough for another process's migration.

    Raises:
        DatabaseUnavailable: another kind of database, or the file's folder cannot be written.
    """
    backend = make_url(url).get_backend_name()
    if backend == "postgresql":
        return create_engine(
            url,
            future=True,
            hide_parameters=True,
            pool_pre_ping=True,
            connect_args={"connect_timeout": CONNECT_TIMEOUT_SECONDS},
            **_POOL,
        )
    if backend != "sqlite":
        raise DatabaseUnavailable(f"the database must be SQLite or PostgreSQL, not {backend}")
    _prepare_folder(make_url(url).database)
    engine = create_engine(
        url,
        future=True,
        hide_parameters=True,
        poolclass=QueuePool,
        connect_args={"check_same_thread": False},
        **_POOL,
    )
    event.listen(engine, "connect", _on_migration_connect if for_migration else _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _prepare_folder(file: Any) -> None:
    if not file or file == ":memory:":
        raise DatabaseUnavailable("the SQLite database must be a file, since several processes share it")
    folder = Path(file).absolute().parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnavailable(f"the database's folder {folder} cannot be made: {error.strerror}") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise DatabaseUnavailable(f"the database's folder {folder} cannot be written")


def _on_connect(connection: Any, _record: Any) -> None:
    _set_up(connection, busy_timeout=BUSY_TIMEOUT_MILLISECONDS, foreign_keys=True)


def _on_migration_connect(connection: Any, _record: Any) -> None:
    _set_up(connection, busy_timeout=MIGRATION_TIMEOUT_MILLISECONDS, foreign_keys=False)


def _set_up(connection: Any, *, busy_timeout: int, foreign_keys: bool) -> None:
    # The driver's own BEGIN is deferred: a transaction that reads and then writes fails at once when another wrote
    # meanwhile, whatever the busy timeout. So the driver is told to leave BEGIN to `_on_begin`.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {busy_timeout}")
    _switch_to_wal(connection, patience=busy_timeout / 1000)
    connection.execute("PRAGMA synchronous = FULL")
    # What is deleted is overwritten in the file.
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute(f"PRAGMA foreign_keys = {int(foreign_keys)}")


def _switch_to_wal(connection: Any, *, patience: float) -> None:
    # The first switch of a file fails at once when two processes try it together: the busy timeout does not cover it.
    deadline = time.monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
        time.sleep(WAL_RETRY_SECONDS)


def _on_begin(connection: Connection) -> None:
    read_only = connection.get_execution_options().get(_SQLITE_READ_ONLY, False)
    # Of a connection that comes from the pool it is known which it was last.
    if connection.info.get(_SQLITE_READ_ONLY) is not read_only:
        connection.exec_driver_sql(f"PRAGMA query_only = {int(read_only)}")
        connection.info[_SQLITE_READ_ONLY] = read_only
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
