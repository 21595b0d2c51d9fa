"""Server-sent events of an app in this process, piece by piece, as a network would bring them and break them off."""

import asyncio
from contextlib import suppress
from typing import Any

CHAT = "/api/chat/events"
BLANK_LINE = b"\r\n\r\n"
PIECE_BYTES = 3
"""Byte by byte would take long; by threes, an event is broken off in every place all the same."""


class StreamOver(Exception):
    """The app sends nothing more."""


class AsgiStream:
    """An open stream; what has come of an event that is not whole yet is kept back, and lost when the stream breaks."""

    def __init__(self, app: Any, *, headers: dict[str, str], query: str = "", path: str = CHAT) -> None:
        self._pieces: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._rest = b""
        self._serving = asyncio.create_task(self._serve(app, _scope(path, headers, query)))

    async def events(self) -> list[dict[str, str]]:
        """The events that are whole with the next piece, each as its fields; raises StreamOver."""
        piece = await self._pieces.get()
        if piece is None:
            raise StreamOver
        *whole, self._rest = (self._rest + piece).split(BLANK_LINE)
        return [fields for event in whole if (fields := fields_of(event))]

    async def close(self) -> None:
        """Break the connection off."""
        self._serving.cancel()
        with suppress(asyncio.CancelledError):
            await self._serving

    async def _serve(self, app: Any, scope: dict[str, Any]) -> None:
        try:
            await app(scope, _nothing_more, self._send)
        finally:
            self._pieces.put_nowait(None)

    async def _send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            assert message["status"] == 200
            return
        body = message["body"]
        for start in range(0, len(body), PIECE_BYTES):
            self._pieces.put_nowait(body[start : start + PIECE_BYTES])


def fields_of(event: bytes) -> dict[str, str]:
    """The fields of an event; none of a comment."""
    pairs = (line.partition(": ") for line in event.decode().split("\r\n"))
    return {name: value for name, _, value in pairs if name}


async def _nothing_more() -> Any:
    await asyncio.Event().wait()


def _scope(path: str, headers: dict[str, str], query: str) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 4711),
        "server": ("desk", 80),
    }
