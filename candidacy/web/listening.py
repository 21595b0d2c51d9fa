"""Hears the wake-ups of other processes for as long as an app runs, and connects again when the connection breaks."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import anyio.to_thread
import structlog

from candidacy.records.database import Database, NotListening
from candidacy.records.wake_ups import Listener, WakeUp

RETRY_SECONDS = 1.0
"""How long to wait before the server is called again."""

log = structlog.get_logger(__name__)


class Listening:
    """Listens, where the database has wake-ups.

    Args:
        database: whose wake-ups are heard.
        heard: told each that comes.
        missed: called whenever some may have been missed, so that it is looked for what they would have told: at the
            start, and again and again while the server is out of reach.
        retry_seconds: how often that is.
    """

    def __init__(
        self,
        database: Database,
        *,
        heard: Callable[[WakeUp], None],
        missed: Callable[[], None],
        retry_seconds: float = RETRY_SECONDS,
    ) -> None:
        self._database = database
        self._heard = heard
        self._missed = missed
        self._retry_seconds = retry_seconds
        self._running: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to listen."""
        if self._database.has_wake_ups:
            self._running = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Listen no more."""
        if self._running is None:
            return
        self._running.cancel()
        with suppress(asyncio.CancelledError):
            await self._running

    async def _run(self) -> None:
        while True:
            try:
                listener = await anyio.to_thread.run_sync(self._database.listen)
                try:
                    self._missed()
                    await self._hear(listener)
                finally:
                    listener.close()
            except NotListening as error:
                log.warning("wake_ups.not_heard", reason=str(error))
            self._missed()
            await asyncio.sleep(self._retry_seconds)

    async def _hear(self, listener: Listener) -> None:
        """Hand on what comes, until the connection breaks, which raises NotListening."""
        loop, file = asyncio.get_running_loop(), listener.fileno()
        broken: asyncio.Future[None] = loop.create_future()

        def take() -> None:
            try:
                for wake_up in listener.take():
                    self._heard(wake_up)
            except Exception as error:
                loop.remove_reader(file)
                broken.set_exception(error)

        loop.add_reader(file, take)
        try:
            await broken
        finally:
            loop.remove_reader(file)
