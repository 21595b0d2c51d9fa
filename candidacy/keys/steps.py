"""Small transactions, one after the other, that give way to visitors' and try again when the database is busy."""

import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DatabaseError, InterfaceError, OperationalError
from sqlalchemy.orm import Session

from candidacy.keys.errors import KeysError
from candidacy.records.database import Database

Result = TypeVar("Result")

PAUSE_SECONDS = 0.1
"""Between two transactions that write: on SQLite, where one at a time can, the others come then."""
ATTEMPTS = 10
RETRY_SECONDS = 0.5


class Steps:
    """The steps of a walk through the database.

    Args:
        database: what is walked through.
        sleep: waits for so many seconds.
    """

    def __init__(self, database: Database, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self._database = database
        self._sleep = sleep

    def read(self, query: Callable[[Session], Result]) -> Result:
        """One step that reads, which waits for nobody; raises KeysError when the database cannot be used."""
        try:
            with self._database.read_session() as session:
                return query(session)
        except (DatabaseError, InterfaceError) as error:
            raise _unusable(error) from None

    def write(self, query: Callable[[Session], Result]) -> Result:
        """One step that writes, tried again while others write; raises KeysError when the database cannot be used."""
        for _ in range(ATTEMPTS):
            try:
                with self._database.session() as session:
                    result = query(session)
                break
            except OperationalError as busy:
                error = busy
                self.pause()
        else:
            raise _unusable(error) from None
        self._sleep(PAUSE_SECONDS)
        return result

    def pause(self) -> None:
        """Give others time to end what they have begun."""
        self._sleep(RETRY_SECONDS)


def _unusable(error: Exception) -> KeysError:
    # Only the kind of error is said: the driver's own words may quote a row.
    return KeysError(
        f"The database cannot be used ({type(error).__name__}). Is it up to date (candidacy migrate)? "
        "What was done stays, and the same command goes on from there."
    )
