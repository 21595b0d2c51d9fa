"""Do many open streams slow down those who talk? ``python -m bench.open_streams`` starts the product and measures it.

People talk, each over a stream of their own, first alone and then beside so many others that only have the chat open.
A reply's time runs from the visitor's message until the first words of the answer have come over the stream.
"""

import argparse
import asyncio
import json
import random
import statistics
import tempfile
import time
import uuid
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

import httpx

from candidacy.frontdesk.open_files import allow_many_connections
from tests.support.stack import start_stack, trained_model

PROJECT = Path(__file__).parent.parent
GOAL = 1.5
"""How many times as long a reply may take beside the open streams."""

QUESTIONS = (
    "What is spinal fusion?",
    "How long would I be in the hospital?",
    "Will I need physical therapy?",
    "Where does the bone graft come from?",
    "Is it done under general anesthesia?",
    "When can I go back to work?",
    "Who needs a fusion?",
    "What are the two types?",
)
REPLY_PATIENCE_SECONDS = 30
OPENED_AT_ONCE = 10
READ_BYTES = 65536


@dataclass(frozen=True)
class Plan:
    """What is measured."""

    streams: int
    talkers: int
    messages: int
    """How many each talker sends, each time."""
    pause_seconds: float
    """Mean pause of a talker between a reply and the next message."""
    rounds: int


@dataclass(frozen=True)
class Summary:
    """Reply times, in seconds."""

    replies: int
    median: float
    p95: float


def summarize(seconds: Sequence[float]) -> Summary:
    """The median and the 95th percentile of at least two reply times."""
    return Summary(
        replies=len(seconds),
        median=statistics.median(seconds),
        p95=statistics.quantiles(seconds, n=20, method="inclusive")[-1],
    )


def table(plan: Plan, alone: Summary, beside: Summary) -> str:
    """The result in words and figures."""
    rows = [("open streams", "replies", "median", "95 %"), *(_row(0, alone), _row(plan.streams, beside))]
    ratios = ("ratio", "", f"{beside.median / alone.median:.2f}", f"{beside.p95 / alone.p95:.2f}")
    lines = [f"{a:>12}  {b:>8}  {c:>10}  {d:>10}" for a, b, c, d in (*rows, ratios)]
    return "\n".join([f"{plan.talkers} people talk; goal: a ratio of at most {GOAL}", *lines])


def _row(streams: int, summary: Summary) -> tuple[str, str, str, str]:
    return (str(streams), str(summary.replies), f"{summary.median * 1000:.0f} ms", f"{summary.p95 * 1000:.0f} ms")


async def measure(plan: Plan, *, url: str) -> tuple[Summary, Summary]:
    """Reply times without and with the open streams, in turns, so that both see the same machine."""
    alone: list[float] = []
    beside: list[float] = []
    async with http_client(url) as client:
        # The first replies of a new process are slower, whoever is there.
        await talk_together(client, plan, messages=2)
        for number in range(1, plan.rounds + 1):
            alone += await talk_together(client, plan, messages=plan.messages)
            print(f"round {number}: alone done", flush=True)
            async with many_streams(client, count=plan.streams):
                beside += await talk_together(client, plan, messages=plan.messages)
            print(f"round {number}: beside {plan.streams} streams done", flush=True)
    return summarize(alone), summarize(beside)


def http_client(url: str) -> httpx.AsyncClient:
    """A client with as many connections as it likes, a new one for each request: a kept one may close as it is used."""
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
    return httpx.AsyncClient(base_url=url, limits=limits, timeout=60, trust_env=False)


async def talk_together(client: httpx.AsyncClient, plan: Plan, *, messages: int) -> list[float]:
    """The reply times of all talkers, who talk at the same time."""
    randoms = [random.Random(seed) for seed in range(plan.talkers)]
    times = await asyncio.gather(
        *(talk(client, messages=messages, pause_seconds=plan.pause_seconds, chance=chance) for chance in randoms)
    )
    return [seconds for talker in times for seconds in talker]


async def talk(client: httpx.AsyncClient, *, messages: int, pause_seconds: float, chance: random.Random) -> list[float]:
    """The reply times of one talker."""
    times = []
    headers = await session(client)
    async with client.stream("GET", "/api/chat/events", headers=headers) as stream:
        lines = stream.aiter_lines()
        await next_reply(lines)
        for _ in range(messages):
            await asyncio.sleep(chance.uniform(0.5, 1.5) * pause_seconds)
            body = {"client_id": uuid.uuid4().hex, "text": chance.choice(QUESTIONS)}
            began = time.perf_counter()
            (await client.post("/api/chat/messages", json=body, headers=headers)).raise_for_status()
            await asyncio.wait_for(next_reply(lines), REPLY_PATIENCE_SECONDS)
            times.append(time.perf_counter() - began)
            await asyncio.sleep(0)
    return times


async def next_reply(lines: AsyncIterator[str]) -> None:
    """Wait for the next message of the assistant."""
    async for line in lines:
        if line.startswith("data: ") and json.loads(line[len("data: ") :])["author"] == "assistant":
            return
    raise RuntimeError("the stream ended")


@asynccontextmanager
async def many_streams(client: httpx.AsyncClient, *, count: int) -> AsyncIterator[None]:
    """So many visitors with the chat open, who only listen; each has received the opening."""
    gate = asyncio.Semaphore(OPENED_AT_ONCE)

    async def open_one() -> asyncio.Task[None]:
        async with gate:
            return await listen(client.base_url, await session(client))

    listening = await asyncio.gather(*(open_one() for _ in range(count)))
    yield
    broken = sum(task.done() for task in listening)
    for task in listening:
        task.cancel()
    await asyncio.gather(*listening, return_exceptions=True)
    if broken:
        raise RuntimeError(f"{broken} of {count} streams broke off")


async def listen(url: httpx.URL, headers: Mapping[str, str]) -> "asyncio.Task[None]":
    """Open a stream and read on it until the task is cancelled.

    It is a bare connection, since httpx looks at all its open ones for each request, which would be measured too.
    """
    reader, writer = await asyncio.open_connection(url.host, url.port)
    lines = [f"{name}: {value}" for name, value in {"Host": url.host, **headers}.items()]
    writer.write("\r\n".join(["GET /api/chat/events HTTP/1.1", *lines, "", ""]).encode())
    await reader.readuntil(b'"author":"assistant"')

    async def read_on() -> None:
        with closing(writer):
            while await reader.read(READ_BYTES):
                pass

    return asyncio.create_task(read_on())


async def session(client: httpx.AsyncClient) -> dict[str, str]:
    """A new session's headers."""
    answer = (await client.post("/api/chat/sessions", json={})).raise_for_status()
    return {"Authorization": f"Bearer {answer.json()['token']}"}


def read_plan() -> Plan:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench.open_streams", description=__doc__)
    parser.add_argument("--streams", type=int, default=500)
    parser.add_argument("--talkers", type=int, default=20)
    parser.add_argument("--messages", type=int, default=4, help="of each talker, each time")
    parser.add_argument("--pause", type=float, default=4.0, metavar="SECONDS", help="mean, between two messages")
    parser.add_argument("--rounds", type=int, default=4)
    given = parser.parse_args()
    return Plan(given.streams, given.talkers, given.messages, given.pause, given.rounds)


def main() -> None:
    """Start the product, measure, print the table."""
    plan = read_plan()
    allow_many_connections()
    with tempfile.TemporaryDirectory(prefix="candidacy-bench-") as folder:
        stack = start_stack(Path(folder), model=trained_model(PROJECT))
        try:
            alone, beside = asyncio.run(measure(plan, url=stack.url))
        finally:
            stack.stop()
    print(table(plan, alone, beside))


if __name__ == "__main__":
    main()
