"""The one way of a web app to the records: a query in a thread of its own, in one transaction.

Where only one transaction can write at a time, those of this process queue here: what somebody waits for before what
nobody does, and else in their order. SQLite itself has no queue: who finds the file locked sleeps and tries again, and
of many some are never in time.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager
from typing import Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

import anyio
import anyio.to_thread
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session

from candidacy.records.database import Database
from candidacy.web.writer_queue import WriterQueue

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


QUEUE_PATIENCE_SECONDS = 5.0
"""How long a transaction queues to write before it is given up; with the wait for another process's, 8 s at most."""

_queues: "WeakKeyDictionary[Database, WriterQueue]" = WeakKeyDictionary()


class RecordsUnavailable(Exception):
    """The database is locked, full or out of reach; nothing was written, and the same may succeed later."""


async def write(
    database: Database,
    query: Callable[Concatenate[Session, Arguments], Result],
    *arguments: Arguments.args,
    **options: Arguments.kwargs,
) -> Result:
    """Run a query that may write, all of it or nothing, without holding up the other requests.

    Raises:
        RecordsUnavailable: the database cannot be used now.
    """
    async with _turn_to_write(database, first=False):
        return await _run_in_thread(database.session, lambda session: query(session, *arguments, **options))


async def write_first(
    database: Database,
    query: Callable[Concatenate[Session, Arguments], Result],
    *arguments: Arguments.args,
    **options: Arguments.kwargs,
) -> Result:
    """As `write`, ahead of all who queue with that: for a short transaction whose end somebody waits for.

    Raises:
        RecordsUnavailable: the database cannot be used now.
    """
    async with _turn_to_write(database, first=True):
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


@asynccontextmanager
async def _turn_to_write(database: Database, *, first: bool) -> AsyncIterator[None]:
    if not database.one_writer:
        yield
        return
    queue = _queues.setdefault(database, WriterQueue())
    # The limit costs more than the turn; where nobody is before it, none is needed.
    if not queue.acquire_now():
        try:
            with anyio.fail_after(QUEUE_PATIENCE_SECONDS):
                await queue.acquire(first=first)
        except TimeoutError:
            raise RecordsUnavailable("too many before it") from None
    try:
        yield
    finally:
        queue.release()


async def _run_in_thread(
    transaction: Callable[[], AbstractContextManager[Session]], query: Callable[[Session], Result]
) -> Result:
    def run() -> Result:
        with transaction() as session:
            return query(session)

    try:
        return await anyio.to_thread.run_sync(run)
    except (OperationalError, InterfaceError, PoolTimeoutError) as error:
        # Only the kind of error goes on: the driver's own words may quote a visitor's.
        raise RecordsUnavailable(type(error).__name__) from None
