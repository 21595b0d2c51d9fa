"""What the front desk makes of what comes, or does not come, from a process of Rasa."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import pytest

from candidacy.assistant.client import AssistantClient, AssistantNotReached, AssistantUnavailable, TurnResult
from candidacy.launcher.ports import free_ports

pytestmark = pytest.mark.anyio

ANSWER = {
    "replies": [{"text": "A few days.", "kind": "answer"}],
    "understanding": {"answer": "no"},
    "state": "after",
}
REPLIES = json.dumps(ANSWER)
Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def serving(handler: Handler) -> AsyncIterator[str]:
    """The address of a server that does with each connection as it is told."""
    server = await asyncio.start_server(handler, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


@asynccontextmanager
async def client_of(url: str, *, timeout_seconds: float = 5.0) -> AsyncIterator[AssistantClient]:
    client = AssistantClient(base_url=url, token="secret", timeout_seconds=timeout_seconds)
    try:
        yield client
    finally:
        await client.close()


async def ask(client: AssistantClient, *, spent_seconds: float = 0.0) -> TurnResult:
    return await client.turn(
        conversation_id="c",
        turn_id="7",
        channel="web",
        text="no",
        payload=None,
        dialogue_state=b"before",
        spent_seconds=spent_seconds,
    )


def answering(status: str, body: str, *, asked: list[str] | None = None) -> Handler:
    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", head.lower())
        if asked is not None and length is not None:
            asked.append((await reader.readexactly(int(length[1]))).decode())
        answer = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        writer.write((answer + body).encode())
        await writer.drain()
        writer.close()

    return handle


async def test_an_answer_is_read_and_the_time_that_is_over_is_told() -> None:
    asked: list[str] = []
    async with serving(answering("200 OK", REPLIES, asked=asked)) as url, client_of(url) as client:
        result = await ask(client, spent_seconds=1.5)
    assert [reply.text for reply in result.replies] == ["A few days."]
    assert result.understanding == {"answer": "no"}
    assert json.loads(asked[0])["spent_seconds"] == 1.5


async def test_the_dialogue_state_goes_with_the_turn_and_comes_back() -> None:
    asked: list[str] = []
    async with serving(answering("200 OK", REPLIES, asked=asked)) as url, client_of(url) as client:
        result = await ask(client)
    assert json.loads(asked[0])["state"] == "before"
    assert result.dialogue_state == b"after"


async def test_where_nobody_listens_nothing_was_begun() -> None:
    (port,) = free_ports(1)
    async with client_of(f"http://127.0.0.1:{port}") as client:
        with pytest.raises(AssistantNotReached):
            await ask(client)
        assert not await client.ready()


async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(65536)
    writer.close()


@pytest.mark.parametrize(
    "handler",
    [
        hang_up,
        answering("503 Service Unavailable", '{"error": "custom action: ClientConnectorError"}'),
        answering("200 OK", "not JSON"),
        answering("200 OK", json.dumps({**ANSWER, "replies": [{"text": "x", "kind": "no kind of ours"}]})),
        answering("200 OK", json.dumps({**ANSWER, "state": None})),
        answering("200 OK", json.dumps({"replies": [], "understanding": {}})),
    ],
)
async def test_whatever_else_goes_wrong_the_turn_may_have_begun(handler: Handler) -> None:
    async with serving(handler) as url, client_of(url) as client:
        with pytest.raises(AssistantUnavailable) as failed:
            await ask(client)
    assert not isinstance(failed.value, AssistantNotReached)


async def test_of_a_turns_time_only_the_rest_is_waited() -> None:
    over = asyncio.Event()

    async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await over.wait()
        writer.close()

    async with serving(hang) as url, client_of(url, timeout_seconds=3600) as client:
        with pytest.raises(AssistantUnavailable):
            await asyncio.wait_for(ask(client, spent_seconds=3599.99), 30)
        over.set()


@pytest.mark.parametrize(("status", "ready"), [("200 OK", True), ("503 Service Unavailable", False)])
async def test_it_is_ready_when_it_says_so(status: str, ready: bool) -> None:
    async with serving(answering(status, "{}")) as url, client_of(url) as client:
        assert await client.ready() is ready


async def test_turns_in_a_row_share_a_connection() -> None:
    connections = 0

    async def keep_answering(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        with suppress(asyncio.IncompleteReadError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = re.search(rb"content-length: (\d+)", head.lower())
                assert length is not None
                await reader.readexactly(int(length[1]))
                writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {len(REPLIES)}\r\n\r\n{REPLIES}".encode())
        writer.close()

    async with serving(keep_answering) as url, client_of(url) as client:
        for _ in range(3):
            await ask(client)
    assert connections == 1
