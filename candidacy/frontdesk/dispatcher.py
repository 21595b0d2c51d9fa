"""A worker of the front desk: finds jobs, also those that another process left behind, and does many at once."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from typing import Generic, TypeVar

import structlog

Job = TypeVar("Job")

POLL_SECONDS = 0.5
"""How often to look for jobs that nobody told of."""

log = structlog.get_logger(__name__)


class Ending(Enum):
    """How a job ended."""

    DONE = "done"
    MORE = "done, and there may be another one now that waited for it"
    NOT_DONE = "not done: it must wait for the next look"


class Dispatcher(Generic[Job]):
    """Does jobs as long as it finds some; then waits to be woken, or for the next look. Some are brought to it.

    Args:
        name: of the worker, for the log.
        claim: finds a job that is to be done now, or None.
        work: does it, and says how it ended.
        workers: how many are done at once.
        poll_seconds: how long to wait when nothing wakes it.
    """

    def __init__(
        self,
        name: str,
        *,
        claim: Callable[[], Awaitable[Job | None]],
        work: Callable[[Job], Awaitable[Ending]],
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
        self._running: set[asyncio.Task[Ending]] = set()
        self._kept = 0
        self._overlooked = False
        """Whether there may be a job that was not looked for, because no worker was free."""
        self._may_wait = False
        """Whether somebody said that there may be a job, and no look has found that there is none."""

    def start(self) -> None:
        """Begin, first with what was left behind."""
        self._dispatching = asyncio.create_task(self._dispatch())

    def wake(self) -> None:
        """Say that there may be a job."""
        self._may_wait = True
        self._awake.set()

    @contextmanager
    def kept_worker(self) -> Iterator[bool]:
        """Keep a worker for a job that may be brought while the context lasts.

        False where none is free, or where others may wait for one: who comes later is not served first.
        """
        if self._stopping or self._may_wait or not self._is_worker_free():
            yield False
            return
        with self._one_kept():
            yield True

    @contextmanager
    def _one_kept(self) -> Iterator[None]:
        self._kept += 1
        try:
            yield
        finally:
            self._kept -= 1
            self._look_for_overlooked()

    def begin(self, job: Job) -> None:
        """Do a job that was brought; to be called while a worker is kept for it."""
        task = asyncio.create_task(self._do(job))
        self._running.add(task)
        task.add_done_callback(self._end)

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
            await self._begin_all()
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._awake.wait(), self._poll_seconds)

    async def _begin_all(self) -> None:
        """Begin the jobs there are, as long as a worker is free."""
        while not self._stopping:
            self._overlooked = not self._is_worker_free()
            if self._overlooked:
                return
            with self._one_kept():
                job = await self._find()
                if job is None:
                    # Unless somebody spoke up during the look.
                    self._may_wait = self._awake.is_set()
                    return
                self.begin(job)

    async def _find(self) -> Job | None:
        try:
            return await self._claim()
        except Exception as error:
            # The worker outlives whatever ails the database; it looks again after the poll's interval.
            log.warning("job.not_claimed", worker=self._name, reason=type(error).__name__)
            return None

    async def _do(self, job: Job) -> Ending:
        try:
            return await self._work(job)
        except Exception as error:
            log.error("job.not_done", worker=self._name, reason=type(error).__name__)
            return Ending.NOT_DONE

    def _end(self, task: asyncio.Task[Ending]) -> None:
        self._running.discard(task)
        ending = Ending.NOT_DONE if task.cancelled() else task.result()
        if ending is Ending.MORE:
            self.wake()
        elif ending is Ending.DONE:
            self._look_for_overlooked()

    def _is_worker_free(self) -> bool:
        return len(self._running) + self._kept < self._workers

    def _look_for_overlooked(self) -> None:
        if self._overlooked:
            self.wake()
