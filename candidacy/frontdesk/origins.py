"""Which web pages may use the chat: the front desk's own, and those on the allow-list."""

from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from candidacy.frontdesk.errors import error_response
from candidacy.web.foreign_origin import is_foreign

GUARDED = "/api/"
"""Where pages of other origins are refused; all else is public, such as the widget's files."""


class ForeignOriginMiddleware:
    """Refuses what a browser sends for a page of a foreign origin, before anything is looked at.

    Args:
        app: what is guarded.
        allowed: origins that may call, besides the front desk's own.
    """

    def __init__(self, app: ASGIApp, *, allowed: Sequence[str]) -> None:
        self._app = app
        self._allowed = frozenset(allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or not scope["path"].startswith(GUARDED):
            return await self._app(scope, receive, send)
        headers = Headers(scope=scope)
        if not is_foreign(headers.get("origin"), host=headers.get("host", ""), allowed=self._allowed):
            return await self._app(scope, receive, send)
        refusal = error_response(
            403,
            "foreign_origin",
            "Pages of this origin may not use the chat. The clinic adds it to CANDIDACY_ALLOWED_ORIGINS.",
        )
        await refusal(scope, receive, send)
