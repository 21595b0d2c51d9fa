"""Runs many questions, a few of them at once, and takes their answers in the order of the questions."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from candidacy.launcher.errors import Interrupted
from candidacy.launcher.stop_request import StopRequest

_PAUSE_SECONDS = 0.1

Question = TypeVar("Question")
Answer = TypeVar("Answer")


async def answer_all(
    questions: Sequence[Question],
    ask: Callable[[Question], Awaitable[Answer]],
    *,
    take: Callable[[Question, Answer], None],
    at_once: int,
    stop: StopRequest,
) -> None:
    """Ask everything and hand each answer on as soon as it and all before it are there.

    Args:
        questions: what is asked.
        ask: asks one.
        take: given each question with its answer, in order.
        at_once: how many are asked at the same time.
        stop: looked at all the time.

    Raises:
        Interrupted: a stop was asked for; what is under way is given up.
    """
    limit = asyncio.Semaphore(at_once)

    async def one(question: Question) -> Answer:
        async with limit:
            return await ask(question)

    tasks = [asyncio.ensure_future(one(question)) for question in questions]
    try:
        for question, task in zip(questions, tasks, strict=True):
            take(question, await _unless_stopped(task, stop))
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _unless_stopped(task: "asyncio.Future[Answer]", stop: StopRequest) -> Answer:
    while not task.done() and not stop:
        await asyncio.wait([task], timeout=_PAUSE_SECONDS)
    if stop:
        raise Interrupted("Stopped before the evaluation was over.")
    return task.result()
