"""A switch between Rasa and its actions: passes calls on, hangs, answers 500, or is not there at all."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

HANG_SECONDS = 30


class Fault(Enum):
    """What is wrong with the actions."""

    NONE = "none"
    DEAD = "dead"
    HUNG = "hung"
    ERROR = "error"


class ActionSwitch:
    """Listens where Rasa looks for its actions, and passes calls on to the real ones."""

    def __init__(self, *, port: int, actions_port: int) -> None:
        self._port = port
        self._actions_url = f"http://127.0.0.1:{actions_port}"
        self._fault = Fault.NONE
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    @contextmanager
    def fault(self, fault: Fault) -> Iterator[None]:
        """Break the actions for a while."""
        self._fault = fault
        if fault is Fault.DEAD:
            self.stop()
        try:
            yield
        finally:
            self._fault = Fault.NONE
            if fault is Fault.DEAD:
                self.start()

    @property
    def is_listening(self) -> bool:
        """Whether it was started, and not stopped since."""
        return self._thread is not None and self._thread.is_alive()

    def start(self) -> None:
        """Begin to listen."""
        app = Starlette(routes=[Route("/{path:path}", self._pass_on, methods=["GET", "POST"])])
        config = uvicorn.Config(
            app,
            host="127.0.0.1",
            port=self._port,
            log_level="error",
            ws="none",
            loop="asyncio",
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            assert self._thread.is_alive(), "the switch could not listen"
            time.sleep(0.01)

    def stop(self) -> None:
        """Stop listening: whoever calls now finds nobody."""
        assert self._server is not None
        assert self._thread is not None
        self._server.should_exit = True
        self._thread.join(timeout=10)

    async def _pass_on(self, request: Request) -> Response:
        if request.method == "POST" and self._fault is Fault.HUNG:
            await asyncio.sleep(HANG_SECONDS)
        if request.method == "POST" and self._fault is Fault.ERROR:
            return JSONResponse({"error": "broken"}, status_code=500)
        headers = {
            name: value for name, value in request.headers.items() if name.lower() not in ("host", "content-length")
        }
        async with httpx.AsyncClient(base_url=self._actions_url, trust_env=False, timeout=60) as client:
            answer = await client.request(
                request.method, request.url.path, content=await request.body(), headers=headers
            )
        return Response(answer.content, status_code=answer.status_code, media_type="application/json")
