"""Ways to talk with an assistant: one visitor alone, many at once, many at a pace, one for very long."""

import asyncio
import random
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass

from bench.side_by_side.script import SCRIPT, messages
from bench.side_by_side.visitors import Assistant, NoReply, Visitor, http_session


@dataclass(frozen=True)
class Load:
    """What came of a number of visitors who talked at the same time."""

    reply_seconds: tuple[float, ...]
    """Of each turn that ended in the time measured."""
    seconds: float

    @property
    def turns_per_second(self) -> float:
        """All visitors' together."""
        return len(self.reply_seconds) / self.seconds


async def talk_alone(assistant: Assistant, *, scripts: int) -> list[float]:
    """The reply times of one visitor who is alone and goes through the script so many times."""
    return await talk_long(assistant, turns=scripts * len(SCRIPT))


async def talk_long(assistant: Assistant, *, turns: int) -> list[float]:
    """The reply times of one conversation of so many turns."""
    async with http_session() as http, assistant.visitor(http) as visitor:
        script = messages()
        return [await visitor.say(next(script)) for _ in range(turns)]


async def talk_at_once(assistant: Assistant, *, visitors: int, seconds: float) -> Load:
    """Visitors who answer a reply at once, each at another place of the script, for so long."""
    async with http_session() as http, AsyncExitStack() as open_chats:
        everybody = [await open_chats.enter_async_context(assistant.visitor(http)) for _ in range(visitors)]
        end = time.perf_counter() + seconds
        times = await asyncio.gather(*(_until(end, one, begin) for begin, one in enumerate(everybody)))
    return Load(tuple(seconds for one in times for seconds in one), seconds)


async def _until(end: float, visitor: Visitor, begin: int) -> list[float]:
    """The reply times of the turns that ended by then; the one under way is waited for and not counted."""
    times = []
    for message in messages(begin=begin):
        if time.perf_counter() >= end:
            break
        taken = await visitor.say(message)
        if time.perf_counter() <= end:
            times.append(taken)
    return times


async def talk_at_a_pace(assistant: Assistant, *, visitors: int, period: float, seconds: float) -> list[float]:
    """The reply times of visitors who each send a message every `period` seconds, out of step with each other.

    A visitor whose reply is late sends the next message as soon as it came. Words that the assistant is down count as
    late as they came.
    """
    chance = random.Random(visitors)
    async with http_session() as http, AsyncExitStack() as open_chats:
        everybody = [await open_chats.enter_async_context(assistant.visitor(http)) for _ in range(visitors)]
        began = time.perf_counter()
        phases = [period * (number + chance.random()) / visitors for number in range(visitors)]
        times = await asyncio.gather(
            *(
                _paced(one, begin, starts=[began + phase + period * step for step in range(int(seconds // period))])
                for begin, (one, phase) in enumerate(zip(everybody, phases, strict=True))
            )
        )
    return [seconds for one in times for seconds in one]


async def _paced(visitor: Visitor, begin: int, *, starts: Sequence[float]) -> list[float]:
    times = []
    for start, message in zip(starts, messages(begin=begin), strict=False):
        await asyncio.sleep(max(0.0, start - time.perf_counter()))
        try:
            times.append(await visitor.say(message))
        except NoReply as missed:
            times.append(missed.seconds)
    return times
