"""A small front desk that answers as the web chat API does, without Rasa and without a database."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route


class FakeFrontDesk:
    """Says "You said: ..." to a text, and offers two choices to who says "choices"."""

    def __init__(self) -> None:
        self.url = ""
        self.received: list[dict[str, Any]] = []
        self.messages: list[dict[str, Any]] = []
        self.silent = False
        self.app = Starlette(
            routes=[
                Route("/api/chat/sessions", self._begin, methods=["POST"]),
                Route("/api/chat/messages", self._post, methods=["POST"]),
                Route("/api/chat/messages", self._list, methods=["GET"]),
            ]
        )

    def say(self, text: str, *, author: str = "assistant", buttons: tuple[str, ...] = ()) -> None:
        """Add a message to the conversation."""
        position = len(self.messages) + 1
        offered = [{"id": f"{position}-{number}", "title": title} for number, title in enumerate(buttons, 1)]
        self.messages.append({"id": position, "author": author, "kind": None, "text": text, "buttons": offered})

    async def _begin(self, request: Request) -> Response:
        self.say("Hello. I am automated.")
        return JSONResponse({"token": "the-token", "conversation": "c"}, status_code=201)

    async def _post(self, request: Request) -> Response:
        if request.headers.get("Authorization") != "Bearer the-token":
            return JSONResponse({"error": "invalid_token", "message": "Who are you?"}, status_code=401)
        data = await request.json()
        self.received.append(data)
        if data.get("text") == "too long":
            return JSONResponse({"error": "message_too_long", "message": "Shorten it."}, status_code=400)
        self.say(data.get("text", "a button"), author="visitor")
        position = len(self.messages)
        if not self.silent:
            self._answer(data)
        return JSONResponse({"id": position}, status_code=202)

    def _answer(self, data: dict[str, Any]) -> None:
        if "button" in data:
            self.say(f"You pressed {data['button']}.")
        elif data["text"] == "choices":
            self.say("Which one?", buttons=("Yes", "No"))
        else:
            self.say(f"You said: {data['text']}")
            self.say("Anything else?")

    async def _list(self, request: Request) -> Response:
        after = int(request.query_params["after"])
        return JSONResponse({"messages": [message for message in self.messages if message["id"] > after]})


@pytest.fixture
def front_desk() -> Iterator[FakeFrontDesk]:
    """A fake front desk that listens on a free port."""
    desk = FakeFrontDesk()
    server = uvicorn.Server(uvicorn.Config(desk.app, port=0, log_level="error", lifespan="off", ws="none"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the fake front desk did not start"
        time.sleep(0.01)
    desk.url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    yield desk
    server.should_exit = True
    thread.join()
