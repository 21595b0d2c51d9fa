"""The last net: an error nobody foresaw is answered in the app's own way, and logged without anything anybody wrote."""

import traceback
from collections.abc import Callable

import structlog
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.get_logger(__name__)


class UnexpectedErrorMiddleware:
    """Answers what was not foreseen.

    Starlette's own net re-raises, and the server then logs the exception's message, which may quote the request.

    Args:
        app: what is guarded.
        answer: makes the response, of status 500.
    """

    def __init__(self, app: ASGIApp, *, answer: Callable[[], Response]) -> None:
        self._app = app
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        started = False

        async def note_start(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, note_start)
        except ClientDisconnect:
            return
        except Exception as error:
            log.error("request.failed", path=scope["path"], reason=type(error).__name__, where=where(error))
            if not started:
                await self._answer()(scope, receive, send)


def where(error: BaseException) -> list[str]:
    """The places an error came through, innermost last, as ``file:line function``; never its message."""
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)[-5:]]
