"""Visitors keep to the script, in their order, however many they are."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp

from bench.side_by_side.load import Load, talk_alone, talk_at_a_pace, talk_at_once
from bench.side_by_side.script import SCRIPT


@dataclass
class Echo:
    """An assistant in this process; remembers what each visitor said."""

    title: str = "echo"
    said: list[list[str]] = field(default_factory=list)

    @asynccontextmanager
    async def visitor(self, http: aiohttp.ClientSession) -> AsyncIterator["EchoVisitor"]:
        self.said.append([])
        yield EchoVisitor(self.said[-1])


@dataclass
class EchoVisitor:
    said: list[str]

    async def say(self, text: str) -> float:
        self.said.append(text)
        await asyncio.sleep(0)
        return 0.25


def test_alone_goes_through_the_script() -> None:
    echo = Echo()
    assert asyncio.run(talk_alone(echo, scripts=2)) == [0.25] * 2 * len(SCRIPT)
    assert echo.said == [[*SCRIPT, *SCRIPT]]


def test_many_begin_at_different_places_of_the_script() -> None:
    echo = Echo()
    load = asyncio.run(talk_at_once(echo, visitors=3, seconds=0.01))
    assert [said[0] for said in echo.said] == list(SCRIPT[:3])
    assert 0 < len(load.reply_seconds) <= sum(map(len, echo.said))


def test_at_a_pace_each_sends_so_many() -> None:
    echo = Echo()
    times = asyncio.run(talk_at_a_pace(echo, visitors=4, period=0.01, seconds=0.05))
    assert [len(said) for said in echo.said] == [5] * 4
    assert len(times) == 20


def test_turns_a_second() -> None:
    assert Load((0.1, 0.1, 0.1), seconds=2).turns_per_second == 1.5
