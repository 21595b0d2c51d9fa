"""Wake-ups between processes on PostgreSQL: what a transaction stored is told to all who listen, once it is committed.

They say where to look and nothing else, and one may be lost: whoever listens also looks by itself now and then. SQLite
has none.

PostgreSQL lets one transaction at a time commit that notifies, and a commit waits for the disk. So they are sent after
the transaction that stored something, in one of their own that waits for no disk.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import psycopg2
from sqlalchemy import func, select
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

CHANNEL = "candidacy"
"""PostgreSQL's name for what is listened to; each database has its own."""

_NOTED = "candidacy_wake_ups"
"""Where a session keeps what it has to tell."""


class NotListening(Exception):
    """Wake-ups do not come, because the server is out of reach; the message is the kind of error."""


class Kind(str, Enum):
    """What there is to see."""

    TURN = "turn"
    """A message waits for its turn."""
    NEWS = "news"
    """A conversation has something new for those who follow it."""


@dataclass(frozen=True)
class WakeUp:
    """Where to look."""

    kind: Kind
    conversation_id: str


def note_turn(session: Session, *, conversation_id: str) -> None:
    """Tell, once this is committed, that a message waits for its turn."""
    _note(session, WakeUp(Kind.TURN, conversation_id))


def note_news(session: Session, *, conversation_id: str) -> None:
    """Tell, once this is committed, that a conversation has something new."""
    _note(session, WakeUp(Kind.NEWS, conversation_id))


def noted(session: Session) -> tuple[WakeUp, ...]:
    """What a session has to tell, each once."""
    return tuple(session.info.get(_NOTED, ()))


def _note(session: Session, wake_up: WakeUp) -> None:
    # A dictionary, as a set that keeps its order.
    session.info.setdefault(_NOTED, {})[wake_up] = None


class WakeUpLine:
    """Sends and receives one process's wake-ups; what it sent itself it does not receive."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._sender = uuid.uuid4().hex

    def send(self, connection: Connection, wake_ups: Sequence[WakeUp]) -> None:
        """Send them on a connection without a transaction.

        Raises:
            SQLAlchemyError: they could not be sent.
        """
        statement = select(
            func.set_config("synchronous_commit", "off", True),
            *(func.pg_notify(CHANNEL, self._written(wake_up)) for wake_up in wake_ups),
        )
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(statement)

    def listen(self) -> "Listener":
        """Begin to listen, on a connection of its own.

        Raises:
            NotListening: the server cannot be reached.
        """
        try:
            return Listener(self._engine.raw_connection(), sender=self._sender)
        except (SQLAlchemyError, psycopg2.Error) as error:
            raise NotListening(type(error).__name__) from None

    def _written(self, wake_up: WakeUp) -> str:
        return f"{self._sender} {wake_up.kind.value} {wake_up.conversation_id}"


class Listener:
    """An open ear. Whoever has it waits until its file can be read, and then takes what came.

    Args:
        pooled: a connection of the engine's pool, which it is taken out of.
        sender: whose wake-ups are passed over.
    """

    def __init__(self, pooled: Any, *, sender: str) -> None:
        pooled.detach()
        self._connection = pooled.connection
        self._sender = sender
        try:
            self._connection.autocommit = True
            with self._connection.cursor() as cursor:
                cursor.execute(f"LISTEN {CHANNEL}")
        except BaseException:
            self.close()
            raise

    def fileno(self) -> int:
        """The file that can be read when something came, also when the connection broke."""
        return int(self._connection.fileno())

    def take(self) -> tuple[WakeUp, ...]:
        """What has come since, each once, in its order; does not wait.

        Raises:
            NotListening: the connection broke, and what came meanwhile is lost.
        """
        try:
            self._connection.poll()
        except psycopg2.Error as error:
            raise NotListening(type(error).__name__) from None
        came = [self._read(notice.payload) for notice in self._connection.notifies]
        self._connection.notifies.clear()
        return tuple(dict.fromkeys(wake_up for wake_up in came if wake_up is not None))

    def close(self) -> None:
        """Listen no more."""
        self._connection.close()

    def _read(self, payload: str) -> WakeUp | None:
        sender, kind, conversation_id = payload.split(" ", 2)
        return None if sender == self._sender else WakeUp(Kind(kind), conversation_id)
