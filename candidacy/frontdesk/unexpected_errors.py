"""The last net: an error nobody foresaw is answered in the API's shape and logged without anything a visitor wrote."""

import structlog
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from candidacy.frontdesk.errors import error_response
from candidacy.frontdesk.visitor_words import VisitorWords
from candidacy.web.error_places import where

log = structlog.get_logger(__name__)


class UnexpectedErrorMiddleware:
    """Answers 500 with the clinic's number.

    Starlette's own net re-raises, and the server then logs the exception's message, which may quote the request.
    """

    def __init__(self, app: ASGIApp, *, words: VisitorWords) -> None:
        self._app = app
        self._words = words

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
                await error_response(500, "internal_error", self._words)(scope, receive, send)
