"""Visitors of both assistants: each says something and tells how long the first words of the reply took."""

import asyncio
import json
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

import aiohttp

from bench.side_by_side.running import MeasurementFailed

PATIENCE_SECONDS = 60.0
"""How long a reply may take before the measurement is given up."""

EVENT_BYTES = 2**20
"""Longest line of the event stream."""


class NoReply(MeasurementFailed):
    """A message got no reply of the assistant's, or only the words that it is down."""

    def __init__(self, reason: str, *, seconds: float) -> None:
        super().__init__(reason)
        self.seconds = seconds
        """How long the visitor waited."""


class Visitor(Protocol):
    """Somebody in a conversation."""

    async def say(self, text: str) -> float:
        """Send a message; the seconds until the first words of its reply were there.

        Raises:
            NoReply: there were none, or they were only that the assistant is down.
        """


class Assistant(Protocol):
    """An assistant that can be talked with."""

    @property
    def title(self) -> str:
        """As tables name it."""

    def visitor(self, http: aiohttp.ClientSession) -> AbstractAsyncContextManager[Visitor]:
        """A conversation of its own."""


def http_session() -> aiohttp.ClientSession:
    """A client that keeps as many connections as there are visitors."""
    timeout = aiohttp.ClientTimeout(total=None, sock_connect=PATIENCE_SECONDS)
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0), timeout=timeout, read_bufsize=EVENT_BYTES, trust_env=False
    )


@dataclass
class WebVisitor:
    """Somebody at the product's web chat: sends by its API, and reads from the stream of events."""

    http: aiohttp.ClientSession
    url: str
    headers: dict[str, str]
    apology: str
    """What the front desk says when the assistant gave no answer."""
    arrived: "asyncio.Queue[tuple[dict[str, Any], float]]" = field(default_factory=asyncio.Queue)

    async def say(self, text: str) -> float:
        """See `Visitor.say`; replies are stored before they are sent, so a reply that came is stored."""
        body = {"client_id": uuid.uuid4().hex, "text": text}
        began = time.perf_counter()
        async with self.http.post(f"{self.url}/api/chat/messages", json=body, headers=self.headers) as answer:
            answer.raise_for_status()
            position = (await answer.json())["id"]
        reply, at = await asyncio.wait_for(self._reply_after(position), PATIENCE_SECONDS)
        if reply["text"] == self.apology:
            raise NoReply(f"The front desk answered by itself: {text}", seconds=at - began)
        return at - began

    async def listen(self, stream: aiohttp.ClientResponse) -> None:
        """Note when each message of the assistant comes, until cancelled."""
        async for line in stream.content:
            if line.startswith(b"data: "):
                at = time.perf_counter()
                message = json.loads(line[len(b"data: ") :])
                if message.get("author") == "assistant":
                    self.arrived.put_nowait((message, at))
        raise MeasurementFailed("The stream of events ended.")

    async def _reply_after(self, position: int) -> tuple[dict[str, Any], float]:
        while True:
            message, at = await self.arrived.get()
            if message["id"] > position:
                return message, at


@asynccontextmanager
async def web_visitor(http: aiohttp.ClientSession, *, url: str, apology: str) -> AsyncIterator[WebVisitor]:
    """A new session with its stream open and its opening read."""
    async with http.post(f"{url}/api/chat/sessions", json={}) as answer:
        answer.raise_for_status()
        headers = {"Authorization": f"Bearer {(await answer.json())['token']}"}
    async with http.get(f"{url}/api/chat/events", headers=headers) as stream:
        stream.raise_for_status()
        visitor = WebVisitor(http, url, headers, apology)
        listening = asyncio.create_task(visitor.listen(stream))
        try:
            await asyncio.wait_for(visitor.arrived.get(), PATIENCE_SECONDS)
            yield visitor
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)


@dataclass
class RestVisitor:
    """Somebody at the stock assistant's REST channel, which answers in the same call when all is said and stored."""

    http: aiohttp.ClientSession
    url: str
    sender: str = field(default_factory=lambda: uuid.uuid4().hex)

    async def say(self, text: str) -> float:
        """See `Visitor.say`."""
        body = {"sender": self.sender, "message": text}
        began = time.perf_counter()
        async with self.http.post(f"{self.url}/webhooks/rest/webhook", json=body) as answer:
            answer.raise_for_status()
            said = await asyncio.wait_for(answer.json(), PATIENCE_SECONDS)
        seconds = time.perf_counter() - began
        if not said:
            raise NoReply(f"Stock Rasa said nothing to: {text}", seconds=seconds)
        return seconds


@asynccontextmanager
async def rest_visitor(http: aiohttp.ClientSession, *, url: str) -> AsyncIterator[RestVisitor]:
    """A conversation of its own; nothing has to be opened for it."""
    yield RestVisitor(http, url)
