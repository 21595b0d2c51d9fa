"""Pages of foreign origins are refused; our own pages, allowed ones, and programs without an origin are not."""

import httpx
import pytest


@pytest.mark.anyio
@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
async def test_a_foreign_page_gets_nothing_even_with_the_token(visitor: httpx.AsyncClient, origin: str) -> None:
    for method, path in (
        ("GET", "/api/chat/messages"),
        ("POST", "/api/chat/messages"),
        ("DELETE", "/api/chat/session"),
    ):
        response = await visitor.request(method, path, headers={"Origin": origin})
        assert (response.status_code, response.json()["error"]) == (403, "foreign_origin")
        assert "Access-Control-Allow-Origin" not in response.headers
    assert (await visitor.get("/api/chat/session")).status_code == 200


@pytest.mark.anyio
async def test_our_own_page_may_call(visitor: httpx.AsyncClient) -> None:
    assert (await visitor.get("/api/chat/messages", headers={"Origin": "http://desk"})).status_code == 200
