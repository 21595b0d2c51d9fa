"""One at a time, first those who ask to be, and nobody is forgotten when others give up."""

import anyio
import pytest

from candidacy.web.writer_queue import WriterQueue

pytestmark = pytest.mark.anyio


async def test_who_asks_to_be_first_comes_before_the_others() -> None:
    queue, order = WriterQueue(), []

    async def take(name: str, *, first: bool) -> None:
        await queue.acquire(first=first)
        order.append(name)
        queue.release()

    await queue.acquire(first=False)
    async with anyio.create_task_group() as tasks:
        for name, first in (("a", False), ("b", False), ("c", True), ("d", True)):
            tasks.start_soon(lambda name=name, first=first: take(name, first=first))
            await anyio.wait_all_tasks_blocked()
        queue.release()
    assert order == ["c", "d", "a", "b"]


@pytest.mark.parametrize("given_up_after_its_turn", [True, False])
async def test_who_gives_up_keeps_nobody_from_it(given_up_after_its_turn: bool) -> None:
    queue = WriterQueue()
    await queue.acquire(first=False)
    async with anyio.create_task_group() as tasks:
        waiting = anyio.CancelScope()

        async def give_up() -> None:
            with waiting:
                await queue.acquire(first=True)
                queue.release()

        tasks.start_soon(give_up)
        await anyio.wait_all_tasks_blocked()
        if given_up_after_its_turn:
            queue.release()
            waiting.cancel()
        else:
            waiting.cancel()
            await anyio.wait_all_tasks_blocked()
            queue.release()
    with anyio.fail_after(1):
        await queue.acquire(first=False)


async def test_nobody_has_it_at_once_while_somebody_has_it() -> None:
    queue = WriterQueue()
    assert queue.acquire_now()
    assert not queue.acquire_now()
    queue.release()
    await queue.acquire(first=False)
    assert not queue.acquire_now()
