"""A response gets the headers, and keeps one that it chose itself."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from candidacy.web.security_headers import SecurityHeadersMiddleware

HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}

pytestmark = pytest.mark.anyio


async def test_a_page_may_choose_its_own() -> None:
    async def page(request: Request) -> PlainTextResponse:
        return PlainTextResponse("page", headers={"Cache-Control": "max-age=60"})

    app = Starlette(routes=[Route("/", page)], middleware=[Middleware(SecurityHeadersMiddleware, headers=HEADERS)])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://desk") as client:
        headers = (await client.get("/")).headers
    assert headers["Cache-Control"] == "max-age=60"
    assert headers["X-Content-Type-Options"] == "nosniff"
