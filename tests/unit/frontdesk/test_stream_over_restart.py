"""A client that follows the stream over HTTP while the front desk is stopped and started again under it."""

import asyncio
import json
import socket
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import anyio
import httpx
import pytest
import uvicorn

from candidacy.frontdesk.app import create_app

PATIENCE_SECONDS = 20


@pytest.fixture
def address() -> tuple[str, int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        host, port = probe.getsockname()
        return host, port


@asynccontextmanager
async def served(app: Any, address: tuple[str, int]) -> AsyncIterator[None]:
    """The app behind a real server, which cuts open streams off when it stops."""
    host, port = address
    config = uvicorn.Config(
        app, host=host, port=port, log_config=None, access_log=False, ws="none", timeout_graceful_shutdown=0
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        with anyio.CancelScope(shield=True):
            await asyncio.to_thread(thread.join, PATIENCE_SECONDS)
        assert not thread.is_alive()


class Follower:
    """A visitor's client: it follows the stream, and after a break goes on from the last event that it saw."""

    def __init__(self, *, url: str, headers: dict[str, str]) -> None:
        self.events: list[tuple[str, dict[str, Any]]] = []
        self.connections = 0
        self._url = url
        self._headers = headers

    async def has(self, count: int) -> bool:
        return len(self.events) >= count

    async def follow(self) -> None:
        async with httpx.AsyncClient(base_url=self._url, headers=self._headers, trust_env=False, timeout=30) as client:
            while True:
                try:
                    await self._follow_until_broken(client)
                except httpx.TransportError:
                    await asyncio.sleep(0.02)

    async def _follow_until_broken(self, client: httpx.AsyncClient) -> None:
        resume = {"Last-Event-ID": self.events[-1][0]} if self.events else {}
        async with client.stream("GET", "/api/chat/events", headers=resume) as response:
            assert response.status_code == 200
            self.connections += 1
            event_id = ""
            async for line in response.aiter_lines():
                name, _, value = line.partition(": ")
                if name == "id":
                    event_id = value
                elif name == "data":
                    self.events.append((event_id, json.loads(value)))


@pytest.mark.anyio
async def test_nothing_is_lost_and_nothing_comes_twice(
    address: tuple[str, int],
    settings: Any,
    database: Any,
    assistant: Any,
    texts: Any,
    red_flags: Any,
    until: Callable[..., Any],
) -> None:
    url = f"http://{address[0]}:{address[1]}"
    parts = {"settings": settings, "database": database, "assistant": assistant, "texts": texts, "red_flags": red_flags}

    async with (
        httpx.AsyncClient(base_url=url, trust_env=False, timeout=30) as client,
        anyio.create_task_group() as tasks,
    ):
        async with served(create_app(**parts), address):
            await until(lambda: answers(client))
            token = (await client.post("/api/chat/sessions", json={})).json()["token"]
            client.headers["Authorization"] = f"Bearer {token}"
            follower = Follower(url=url, headers={"Authorization": f"Bearer {token}"})
            tasks.start_soon(follower.follow)
            await say(client, "one")
            await until(lambda: follower.has(3))
            await say(client, "two")
        async with served(create_app(**parts), address):
            await until(lambda: answers(client))
            await say(client, "three")
            await until(lambda: follower.has(7))
            stored = (await client.get("/api/chat/messages")).json()["messages"]
            tasks.cancel_scope.cancel()

    assert [event for _, event in follower.events] == stored
    assert [int(event_id) for event_id, _ in follower.events] == list(range(1, 8))
    assert follower.connections >= 2


async def say(client: httpx.AsyncClient, text: str) -> None:
    response = await client.post("/api/chat/messages", json={"client_id": text, "text": text})
    assert response.status_code == 202


async def answers(client: httpx.AsyncClient) -> bool:
    try:
        return (await client.get("/healthz")).status_code == 200
    except httpx.TransportError:
        return False
