"""The front desk's one way to the records: a query in a thread of its own, in one transaction."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Concatenate, ParamSpec, TypeVar

import anyio.to_thread
from sqlalchemy.exc import InterfaceError, OperationalError, TimeoutError
from sqlalchemy.orm import Session

from candidacy.records.database import Database

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class RecordsUnavailable(Exception):
    """The database is locked, full or out of reach; nothing was written, and the same may succeed later."""


async def write(
    database: Database,
    query: Callable[Concatenate[Session, Arguments], Result],
    *arguments: Arguments.args,
    **options: Arguments.kwargs,
) -> Result:
    """Run a query that may write, all of it or nothing, without holding up the other visitors.

    Raises:
        RecordsUnavailable: the database cannot be used now.
    """
    return await _run_in_thread(database.session, lambda session: query(session, *arguments, **options))


async def read(
    database: Database,
    query: Callable[Concatenate[Session, Arguments], Result],
    *arguments: Arguments.args,
    **options: Arguments.kwargs,
) -> Result:
    """Run a query that only reads, and so waits for no writer.

    Raises:
        RecordsUnavailable: the database cannot be used now.
    """
    return await _run_in_thread(database.read_session, lambda session: query(session, *arguments, **options))


async def _run_in_thread(
    transaction: Callable[[], AbstractContextManager[Session]], query: Callable[[Session], Result]
) -> Result:
    def run() -> Result:
        with transaction() as session:
            return query(session)

    try:
        return await anyio.to_thread.run_sync(run)
    except (OperationalError, InterfaceError, TimeoutError) as error:
        # Only the kind of error goes on: the driver's own words may quote a visitor's.
        raise RecordsUnavailable(type(error).__name__) from None
