"""Every response is guarded, and a response that chose its own header keeps it."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from candidacy.frontdesk.security_headers import SecurityHeadersMiddleware

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("path", ["/", "/healthz", "/nowhere", "/api/chat/messages", "/openapi.json"])
async def test_every_response_has_them(client: httpx.AsyncClient, path: str) -> None:
    headers = (await client.get(path)).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in headers["Content-Security-Policy"]


async def test_a_page_may_choose_its_own() -> None:
    async def page(request: Request) -> PlainTextResponse:
        return PlainTextResponse("page", headers={"Cache-Control": "max-age=60"})

    app = Starlette(routes=[Route("/", page)], middleware=[Middleware(SecurityHeadersMiddleware)])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://desk") as client:
        headers = (await client.get("/")).headers
    assert headers["Cache-Control"] == "max-age=60"
    assert headers["X-Content-Type-Options"] == "nosniff"
