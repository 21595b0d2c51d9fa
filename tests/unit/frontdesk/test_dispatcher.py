"""A worker does every job it finds, many at once, and outlives what goes wrong."""

from typing import Any

import anyio
import pytest

from candidacy.frontdesk.dispatcher import Dispatcher

pytestmark = pytest.mark.anyio


class Jobs:
    """Jobs to find, and what was done of them."""

    def __init__(self, *jobs: Any) -> None:
        self.waiting = list(jobs)
        self.done: list[Any] = []
        self.at_once = self.most_at_once = 0

    async def claim(self) -> Any:
        job = self.waiting.pop(0) if self.waiting else None
        if isinstance(job, Exception):
            raise job
        return job

    async def work(self, job: Any) -> bool:
        self.at_once += 1
        self.most_at_once = max(self.at_once, self.most_at_once)
        await anyio.sleep(0.01)
        self.at_once -= 1
        self.done.append(job)
        if job == "bad":
            raise RuntimeError
        return True


@pytest.mark.parametrize(
    "jobs", [(1, 2, 3, 4, 5), (1, RuntimeError(), 2), (1, "bad", 2)], ids=["all well", "a claim fails", "a job fails"]
)
async def test_every_job_is_done(until: Any, jobs: tuple[Any, ...]) -> None:
    found = Jobs(*jobs)
    dispatcher = Dispatcher("test", claim=found.claim, work=found.work, workers=2, poll_seconds=0.01)
    dispatcher.start()
    expected = [job for job in jobs if not isinstance(job, Exception)]

    async def all_done() -> bool:
        return len(found.done) == len(expected)

    await until(all_done)
    await dispatcher.stop(grace_seconds=1)
    assert sorted(found.done, key=str) == sorted(expected, key=str)
    assert found.most_at_once <= 2


async def test_it_is_woken(until: Any) -> None:
    found = Jobs()
    dispatcher = Dispatcher("test", claim=found.claim, work=found.work, workers=2, poll_seconds=1000)
    dispatcher.start()
    await anyio.sleep(0.01)
    found.waiting.append("late")
    dispatcher.wake()

    async def all_done() -> bool:
        return found.done == ["late"]

    await until(all_done)
    await dispatcher.stop(grace_seconds=1)
