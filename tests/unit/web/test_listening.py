"""Wake-ups are heard for as long as the app runs, also after the connection broke."""

import asyncio
import os
from collections.abc import Callable
from typing import Any

import pytest

from candidacy.records.database import NotListening
from candidacy.records.wake_ups import Kind, WakeUp
from candidacy.web.listening import Listening

pytestmark = pytest.mark.anyio

NEWS = WakeUp(Kind.NEWS, "c")


class FakeListener:
    """Hears what it is sent; a pipe stands for the connection."""

    def __init__(self) -> None:
        self._read_end, self._write_end = os.pipe()
        self._came: list[WakeUp] = []
        self.broken = False
        self.closed = False

    def send(self, *wake_ups: WakeUp) -> None:
        self._came += wake_ups
        os.write(self._write_end, b"x")

    def break_off(self) -> None:
        self.broken = True
        os.write(self._write_end, b"x")

    def fileno(self) -> int:
        return self._read_end

    def take(self) -> tuple[WakeUp, ...]:
        os.read(self._read_end, 1)
        if self.broken:
            raise NotListening("OperationalError")
        came, self._came = tuple(self._came), []
        return came

    def close(self) -> None:
        self.closed = True
        os.close(self._read_end)
        os.close(self._write_end)


class FakeDatabase:
    """Gives a new listener each time, or none while its server is away."""

    has_wake_ups = True

    def __init__(self) -> None:
        self.listeners: list[FakeListener] = []
        self.away = False

    def listen(self) -> FakeListener:
        if self.away:
            raise NotListening("OperationalError")
        self.listeners.append(FakeListener())
        return self.listeners[-1]


class Told:
    """What the app was told."""

    def __init__(self) -> None:
        self.heard: list[WakeUp] = []
        self.missed = 0

    def miss(self) -> None:
        self.missed += 1


@pytest.fixture
def database() -> Any:
    return FakeDatabase()


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def listening(database: Any, told: Told) -> Listening:
    return Listening(database, heard=told.heard.append, missed=told.miss, retry_seconds=0.001)


async def until(condition: Callable[[], bool]) -> None:
    async def wait() -> None:
        while not condition():
            await asyncio.sleep(0.001)

    await asyncio.wait_for(wait(), 10)


async def test_what_comes_is_handed_on(listening: Listening, database: Any, told: Told) -> None:
    listening.start()
    await until(lambda: told.missed == 1)
    database.listeners[0].send(NEWS, WakeUp(Kind.TURN, "c"))
    await until(lambda: len(told.heard) == 2)
    database.listeners[0].send(NEWS)
    await until(lambda: len(told.heard) == 3)
    await listening.stop()
    assert told.missed == 1
    assert database.listeners[0].closed


async def test_after_a_break_it_listens_again_and_says_that_something_may_be_missed(
    listening: Listening, database: Any, told: Told
) -> None:
    listening.start()
    await until(lambda: told.missed == 1)
    database.listeners[0].break_off()
    await until(lambda: len(database.listeners) == 2 and told.missed >= 3)
    database.listeners[1].send(NEWS)
    await until(lambda: told.heard == [NEWS])
    await listening.stop()
    assert all(listener.closed for listener in database.listeners)


async def test_while_the_server_is_away_it_is_looked_for_again_and_again(
    listening: Listening, database: Any, told: Told
) -> None:
    database.away = True
    listening.start()
    await until(lambda: told.missed == 3)
    database.away = False
    await until(lambda: len(database.listeners) == 1)
    await listening.stop()


async def test_a_database_without_wake_ups_is_not_listened_to(listening: Listening, database: Any, told: Told) -> None:
    database.has_wake_ups = False
    listening.start()
    await asyncio.sleep(0.01)
    await listening.stop()
    assert (database.listeners, told.missed) == ([], 0)
