"""Transactions on the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from candidacy.records.engine import READ_ONLY, DatabaseUnavailable, create_database_engine

__all__ = ["Database", "DatabaseUnavailable"]


class Database:
    """Transactions on one database, from any thread."""

    def __init__(self, url: str) -> None:
        """Prepare the connection; nothing is opened yet, but a SQLite file's folder is made.

        Raises:
            DatabaseUnavailable: the URL is of another kind of database, or the file's folder cannot be written.
        """
        self._engine = create_database_engine(url)
        self._read_only_engine = self._engine.execution_options(**READ_ONLY)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """One transaction that may write: committed at the end, rolled back when an exception leaves the block."""
        with Session(self._engine, future=True) as session, session.begin():
            yield session

    @contextmanager
    def read_session(self) -> Iterator[Session]:
        """One transaction that only reads, and waits for no writer; a write in it is an error."""
        with Session(self._read_only_engine, future=True) as session, session.begin():
            yield session

    @property
    def one_writer(self) -> bool:
        """Whether only one transaction can write at a time, as in SQLite; the others wait for it."""
        return bool(self._engine.dialect.name == "sqlite")

    def reachable(self) -> bool:
        """Whether the database answers."""
        try:
            with self.read_session() as session:
                session.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return False
        return True

    def dispose(self) -> None:
        """Close all connections."""
        self._engine.dispose()
