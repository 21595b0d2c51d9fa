"""Turns are spread over the processes, and one that fails costs no turn that another can take."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from candidacy.assistant.client import AssistantNotReached, AssistantUnavailable, TurnResult
from candidacy.assistant.pool import AssistantPool
from candidacy.assistant.reply import Reply

pytestmark = pytest.mark.anyio


class FakeProcess:
    """Answers with its own name, or fails as it is told; counts what it is asked."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.asked: list[dict[str, Any]] = []
        self.failure: Exception | None = None
        self.is_ready = True
        self.probes = 0
        self.gate = asyncio.Event()
        self.gate.set()
        self.closed = False

    async def turn(self, **turn: Any) -> TurnResult:
        self.asked.append(turn)
        await self.gate.wait()
        if self.failure is not None:
            raise self.failure
        return TurnResult(replies=(Reply(text=self.name, kind="answer"),), understanding={})

    async def ready(self) -> bool:
        self.probes += 1
        await asyncio.sleep(0)
        return self.is_ready

    async def close(self) -> None:
        self.closed = True


@pytest.fixture
def processes() -> list[FakeProcess]:
    return [FakeProcess("one"), FakeProcess("two"), FakeProcess("three")]


@pytest.fixture
def pool(processes: list[FakeProcess]) -> AssistantPool:
    return AssistantPool(processes, turn_timeout_seconds=8.0, probe_seconds=0.001)


async def who_answers(pool: AssistantPool, *, turn_id: str = "7") -> str:
    result = await pool.turn(
        conversation_id="c", turn_id=turn_id, channel="web", text="no", payload=None, dialogue_state=b"state"
    )
    return result.replies[0].text


async def until(condition: Callable[[], bool]) -> None:
    while not condition():
        await asyncio.sleep(0.001)


async def test_turns_go_round(pool: AssistantPool) -> None:
    assert [await who_answers(pool) for _ in range(4)] == ["one", "two", "three", "one"]


async def test_a_busy_process_gets_no_turn_while_another_is_idle(
    pool: AssistantPool, processes: list[FakeProcess]
) -> None:
    processes[0].gate.clear()
    waiting = asyncio.create_task(who_answers(pool))
    await until(lambda: bool(processes[0].asked))
    assert [await who_answers(pool) for _ in range(4)] == ["two", "three", "two", "three"]
    processes[0].gate.set()
    assert await waiting == "one"


@pytest.mark.parametrize("failure", [AssistantNotReached("ConnectError"), AssistantUnavailable("ReadError")])
async def test_a_turn_that_one_fails_is_taken_by_another(
    pool: AssistantPool, processes: list[FakeProcess], failure: Exception
) -> None:
    processes[0].failure = failure
    assert await who_answers(pool) == "two"
    first, second = processes[0].asked[0], processes[1].asked[0]
    assert first.pop("spent_seconds") < second.pop("spent_seconds")
    assert first == second


async def test_a_process_that_failed_is_passed_over_until_it_is_ready(
    pool: AssistantPool, processes: list[FakeProcess]
) -> None:
    processes[0].failure = AssistantNotReached("ConnectError")
    processes[0].is_ready = False
    assert [await who_answers(pool) for _ in range(4)] == ["two", "three", "two", "three"]
    assert len(processes[0].asked) == 1
    processes[0].failure, processes[0].is_ready = None, True
    probes = processes[0].probes
    await until(lambda: processes[0].probes > probes)
    await asyncio.sleep(0.01)
    assert await who_answers(pool) == "one"


async def test_a_process_that_did_not_answer_in_time_is_passed_over_too(
    pool: AssistantPool, processes: list[FakeProcess]
) -> None:
    processes[0].gate.clear()
    processes[0].is_ready = False
    with pytest.raises(asyncio.TimeoutError):
        await asyncio.wait_for(who_answers(pool), 0.01)
    assert [await who_answers(pool) for _ in range(3)] == ["two", "three", "two"]


async def test_with_all_down_the_turn_fails_at_once_and_is_still_tried_the_next_time(
    pool: AssistantPool, processes: list[FakeProcess]
) -> None:
    for process in processes:
        process.failure, process.is_ready = AssistantNotReached("ConnectError"), False
    with pytest.raises(AssistantNotReached):
        await who_answers(pool)
    processes[1].failure = None
    assert await who_answers(pool) == "two"


async def test_a_turn_that_two_could_not_end_is_put_to_no_third(
    pool: AssistantPool, processes: list[FakeProcess]
) -> None:
    for process in processes:
        process.failure = AssistantUnavailable("HTTPStatusError")
    with pytest.raises(AssistantUnavailable):
        await who_answers(pool)
    assert [len(process.asked) for process in processes] == [1, 1, 0]


async def test_a_turn_whose_time_is_over_is_put_to_nobody_else(processes: list[FakeProcess]) -> None:
    clock = iter([0.0, 0.0, 8.0])
    pool = AssistantPool(processes, turn_timeout_seconds=8.0, clock=lambda: next(clock))
    processes[0].failure = AssistantUnavailable("ReadTimeout")
    with pytest.raises(AssistantUnavailable):
        await who_answers(pool)
    await pool.close()
    assert [len(process.asked) for process in processes] == [1, 0, 0]


async def test_it_says_how_many_answer(pool: AssistantPool, processes: list[FakeProcess]) -> None:
    processes[2].is_ready = False
    assert (await pool.answering(), pool.processes) == (2, 3)


async def test_at_the_end_nothing_is_asked_any_more(pool: AssistantPool, processes: list[FakeProcess]) -> None:
    processes[0].failure, processes[0].is_ready = AssistantNotReached("ConnectError"), False
    await who_answers(pool)
    await pool.close()
    probes = processes[0].probes
    await asyncio.sleep(0.01)
    assert processes[0].probes == probes
    assert all(process.closed for process in processes)
