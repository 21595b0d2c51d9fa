"""Visitors take the reply to their own message, and not words that the assistant is down."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web

from bench.side_by_side.visitors import NoReply, http_session, rest_visitor, web_visitor

APOLOGY = "The assistant is down."


class FrontDesk:
    """The web chat's API, with replies that are given."""

    def __init__(self, *replies: str) -> None:
        self._replies = iter(replies)
        self._events: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._position = 1

    def app(self) -> web.Application:
        app = web.Application()
        app.add_routes(
            [
                web.post("/api/chat/sessions", self._begin),
                web.post("/api/chat/messages", self._take),
                web.get("/api/chat/events", self._stream),
            ]
        )
        return app

    async def _begin(self, request: web.Request) -> web.Response:
        self._say("assistant", "Hello.")
        return web.json_response({"token": "t"}, status=201)

    async def _take(self, request: web.Request) -> web.Response:
        position = self._say("visitor", (await request.json())["text"])
        # The second message of a turn comes late, and is no reply to the next message.
        self._say("assistant", next(self._replies))
        self._say("assistant", "And one thing more.")
        return web.json_response({"id": position}, status=202)

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            message = await self._events.get()
            await response.write(f"id: {message['id']}\r\ndata: {json.dumps(message)}\r\n\r\n".encode())

    def _say(self, author: str, text: str) -> int:
        self._events.put_nowait({"id": self._position, "author": author, "text": text})
        self._position += 1
        return self._position - 1


@asynccontextmanager
async def served(app: web.Application) -> AsyncIterator[str]:
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def chat(*replies: str, say: list[str]) -> list[float]:
    async with (
        served(FrontDesk(*replies).app()) as url,
        http_session() as http,
        web_visitor(http, url=url, apology=APOLOGY) as visitor,
    ):
        return [await visitor.say(text) for text in say]


def rest_app(answer: Callable[[], list[dict[str, str]]]) -> web.Application:
    async def webhook(request: web.Request) -> web.Response:
        assert set(await request.json()) == {"sender", "message"}
        return web.json_response(answer())

    app = web.Application()
    app.add_routes([web.post("/webhooks/rest/webhook", webhook)])
    return app


def run(talk: Coroutine[Any, Any, list[float]]) -> list[float]:
    return asyncio.run(asyncio.wait_for(talk, 10))


def test_each_message_gets_its_own_reply() -> None:
    assert len(run(chat("One.", "Two.", say=["first", "second"]))) == 2


def test_words_that_the_assistant_is_down_are_no_reply() -> None:
    with pytest.raises(NoReply, match="answered by itself"):
        run(chat(APOLOGY, say=["first"]))


@pytest.mark.parametrize("said", [[{"text": "A few days."}], []])
def test_the_rest_channel(said: list[dict[str, str]]) -> None:
    async def talk() -> list[float]:
        async with (
            served(rest_app(lambda: said)) as url,
            http_session() as http,
            rest_visitor(http, url=url) as visitor,
        ):
            return [await visitor.say("how long?")]

    if said:
        assert len(run(talk())) == 1
    else:
        with pytest.raises(NoReply, match="said nothing"):
            run(talk())
