"""Refuses what a page of another site makes a browser send, before anything is looked at."""

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from candidacy.console.access.cross_site import is_cross_site


class CrossSiteMiddleware:
    """Guards an app.

    Args:
        app: what is guarded.
        public_origin: the console's own origin, where a proxy gives it another name.
        refusal: what is answered.
    """

    def __init__(self, app: ASGIApp, *, public_origin: str | None, refusal: Response) -> None:
        self._app = app
        self._public_origin = public_origin
        self._refusal = refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        headers = Headers(scope=scope)
        foreign = is_cross_site(
            scope["method"],
            fetch_site=headers.get("sec-fetch-site"),
            origin=headers.get("origin"),
            host=headers.get("host", ""),
            public_origin=self._public_origin,
        )
        await (self._refusal if foreign else self._app)(scope, receive, send)
