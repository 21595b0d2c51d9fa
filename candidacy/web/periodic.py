"""Work that comes again and again beside an app."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog

log = structlog.get_logger(__name__)


class Periodic:
    """Does a piece of work every so many seconds, for as long as the app runs; one that fails is tried again next time.

    Args:
        work: what is done.
        name: what it is called in the log.
        seconds: how long to wait between one time and the next.
    """

    def __init__(self, work: Callable[[], Awaitable[object]], *, name: str, seconds: float) -> None:
        self._work = work
        self._name = name
        self._seconds = seconds
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, at once."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """End it, also in the middle."""
        if self._task is None:
            return
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task

    async def _run(self) -> None:
        while True:
            try:
                await self._work()
            except Exception as error:
                log.warning("periodic.failed", work=self._name, reason=type(error).__name__)
            await asyncio.sleep(self._seconds)
