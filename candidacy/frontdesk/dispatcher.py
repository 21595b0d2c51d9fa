"""A worker of the front desk: finds jobs, also those that another process left behind, and does many at once."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Generic, TypeVar

import structlog

Job = TypeVar("Job")

POLL_SECONDS = 0.5
"""How often to look for jobs that nobody told of."""

log = structlog.get_logger(__name__)


class Dispatcher(Generic[Job]):
    """Does jobs as long as it finds some; then waits to be woken, or for the next look.

    Args:
        name: of the worker, for the log.
        claim: finds a job that is to be done now, or None.
        work: does it; returns False where it is not done, and must wait for the next look.
        workers: how many are done at once.
        poll_seconds: how long to wait when nothing wakes it.
    """

    def __init__(
        self,
        name: str,
        *,
        claim: Callable[[], Awaitable[Job | None]],
        work: Callable[[Job], Awaitable[bool]],
        workers: int,
        poll_seconds: float = POLL_SECONDS,
    ) -> None:
        self._name = name
        self._claim = claim
        self._work = work
        self._workers = workers
        self._poll_seconds = poll_seconds
        self._awake = asyncio.Event()
        self._stopping = False
        self._dispatching: asyncio.Task[None] | None = None
        self._running: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Begin, first with what was left behind."""
        self._dispatching = asyncio.create_task(self._dispatch())

    def wake(self) -> None:
        """Say that there may be a job."""
        self._awake.set()

    async def stop(self, *, grace_seconds: float) -> None:
        """Take no more jobs, and give those under way some time."""
        self._stopping = True
        self.wake()
        if self._dispatching is not None:
            await self._dispatching
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=grace_seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _dispatch(self) -> None:
        while not self._stopping:
            self._awake.clear()
            while not self._stopping and len(self._running) < self._workers:
                job = await self._find()
                if job is None:
                    break
                self._begin(job)
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._awake.wait(), self._poll_seconds)

    async def _find(self) -> Job | None:
        try:
            return await self._claim()
        except Exception as error:
            # The worker outlives whatever ails the database; it looks again after the poll's interval.
            log.warning("job.not_claimed", worker=self._name, reason=type(error).__name__)
            return None

    def _begin(self, job: Job) -> None:
        task = asyncio.create_task(self._do(job))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _do(self, job: Job) -> None:
        try:
            done = await self._work(job)
        except Exception as error:
            log.error("job.not_done", worker=self._name, reason=type(error).__name__)
            return
        if done:
            self.wake()
