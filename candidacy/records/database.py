"""Transactions on the database."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import structlog
from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from candidacy.records.engine import READ_ONLY, DatabaseUnavailable, create_database_engine
from candidacy.records.wake_ups import Listener, NotListening, WakeUp, WakeUpLine, noted

__all__ = ["Database", "DatabaseUnavailable", "NotListening"]

log = structlog.get_logger(__name__)


class Database:
    """Transactions on one database, from any thread."""

    def __init__(self, url: str) -> None:
        """Prepare the connection; nothing is opened yet, but a SQLite file's folder is made.

        Raises:
            DatabaseUnavailable: the URL is of another kind of database, or the file's folder cannot be written.
        """
        self._engine = create_database_engine(url)
        self._read_only_engine = self._engine.execution_options(**READ_ONLY)
        self._line = WakeUpLine(self._engine)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """One transaction that may write: committed at the end, rolled back when an exception leaves the block.

        What it noted as wake-ups is sent after the commit.
        """
        with self._engine.connect() as connection:
            with _session(connection) as session, session.begin():
                yield session
                wake_ups = noted(session)
            if wake_ups and self.has_wake_ups:
                self._send(connection, wake_ups)

    @contextmanager
    def read_session(self) -> Iterator[Session]:
        """One transaction that only reads, and waits for no writer; a write in it is an error."""
        with _session(self._read_only_engine) as session, session.begin():
            yield session

    @property
    def one_writer(self) -> bool:
        """Whether only one transaction can write at a time, as in SQLite; the others wait for it."""
        return bool(self._engine.dialect.name == "sqlite")

    @property
    def has_wake_ups(self) -> bool:
        """Whether processes are told of what others stored; without, they look for it."""
        return not self.one_writer

    def listen(self) -> Listener:
        """Begin to listen for the wake-ups of other processes, on a connection of its own; see `has_wake_ups`.

        Raises:
            NotListening: the server cannot be reached.
        """
        return self._line.listen()

    def _send(self, connection: Connection, wake_ups: Sequence[WakeUp]) -> None:
        try:
            self._line.send(connection, wake_ups)
        except SQLAlchemyError as error:
            # What they tell of is stored, and the others find it by looking.
            log.warning("wake_up.not_sent", reason=type(error).__name__)

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


def _session(bind: Connection | Engine) -> Session:
    """A session without what only objects of the ORM need, of which there are none."""
    return Session(bind, future=True, autoflush=False, expire_on_commit=False)
