"""A worker does every job it finds, many at once, and outlives what goes wrong."""

from typing import Any

import anyio
import pytest

from candidacy.frontdesk.dispatcher import Dispatcher, Ending

pytestmark = pytest.mark.anyio


class Jobs:
    """Jobs to find, and what was done of them."""

    def __init__(self, *jobs: Any) -> None:
        self.waiting = list(jobs)
        self.done: list[Any] = []
        self.at_once = self.most_at_once = 0

    def has_done(self, *jobs: Any) -> Any:
        async def look() -> bool:
            return self.done == list(jobs)

        return look

    async def claim(self) -> Any:
        job = self.waiting.pop(0) if self.waiting else None
        if isinstance(job, Exception):
            raise job
        return job

    async def work(self, job: Any) -> Ending:
        self.at_once += 1
        self.most_at_once = max(self.at_once, self.most_at_once)
        await anyio.sleep(0.01)
        self.at_once -= 1
        self.done.append(job)
        if job == "bad":
            raise RuntimeError
        return Ending.DONE


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


async def test_a_job_that_was_brought_is_done_without_a_look(until: Any) -> None:
    found = Jobs()
    dispatcher = Dispatcher("test", claim=found.claim, work=found.work, workers=1, poll_seconds=1000)
    with dispatcher.kept_worker() as kept:
        assert kept
        dispatcher.begin("brought")
    await until(found.has_done("brought"))


async def test_a_kept_worker_is_busy() -> None:
    found = Jobs()
    dispatcher = Dispatcher("test", claim=found.claim, work=found.work, workers=1)
    with dispatcher.kept_worker() as kept, dispatcher.kept_worker() as another:
        assert (kept, another) == (True, False)


async def test_a_worker_that_was_kept_for_nothing_is_free_again() -> None:
    found = Jobs()
    dispatcher = Dispatcher("test", claim=found.claim, work=found.work, workers=1)
    for _ in range(2):
        with dispatcher.kept_worker() as kept:
            assert kept


async def test_a_stopped_one_keeps_no_worker() -> None:
    found = Jobs()
    dispatcher = Dispatcher("test", claim=found.claim, work=found.work, workers=1)
    await dispatcher.stop(grace_seconds=0)
    with dispatcher.kept_worker() as kept:
        assert not kept


async def test_no_worker_is_kept_while_others_wait_for_one(until: Any) -> None:
    found = Jobs()
    dispatcher = Dispatcher("test", claim=found.claim, work=found.work, workers=1, poll_seconds=1000)
    dispatcher.start()
    await anyio.sleep(0.01)
    with dispatcher.kept_worker():
        found.waiting.append("waits")
        dispatcher.wake()
        await anyio.sleep(0.01)
    # A worker is free now, and the one that waits has not had its turn yet.
    with dispatcher.kept_worker() as kept:
        assert not kept
    await until(found.has_done("waits"))
    with dispatcher.kept_worker() as kept:
        assert kept
    await dispatcher.stop(grace_seconds=1)


@pytest.mark.parametrize("brought", [True, False], ids=["the job ends", "no job was brought"])
async def test_what_was_passed_over_for_want_of_a_worker_is_looked_for_when_one_is_free(
    until: Any, brought: bool
) -> None:
    found = Jobs()
    dispatcher = Dispatcher("test", claim=found.claim, work=found.work, workers=1, poll_seconds=1000)
    dispatcher.start()
    await anyio.sleep(0.01)
    with dispatcher.kept_worker():
        found.waiting.append("passed over")
        dispatcher.wake()
        await anyio.sleep(0.01)
        assert found.waiting
        if brought:
            dispatcher.begin("brought")
    await until(found.has_done(*(["brought"] if brought else []), "passed over"))
    await dispatcher.stop(grace_seconds=1)


@pytest.mark.parametrize(("ending", "looks"), [(Ending.DONE, 1), (Ending.MORE, 2), (Ending.NOT_DONE, 1)])
async def test_it_looks_again_where_a_job_waited_for_the_one_that_ended(ending: Ending, looks: int) -> None:
    looked = 0

    async def claim() -> None:
        nonlocal looked
        looked += 1

    async def work(_: str) -> Ending:
        return ending

    dispatcher = Dispatcher("test", claim=claim, work=work, workers=2, poll_seconds=1000)
    dispatcher.start()
    await anyio.sleep(0.01)
    with dispatcher.kept_worker():
        dispatcher.begin("brought")
    await anyio.sleep(0.01)
    assert looked == looks
    await dispatcher.stop(grace_seconds=1)
