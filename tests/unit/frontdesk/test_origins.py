"""Pages of foreign origins are refused; our own pages, allowed ones, and programs without an origin are not."""

import httpx
import pytest

from candidacy.frontdesk.origins import is_foreign

ALLOWED = frozenset({"https://clinic.example"})


@pytest.mark.parametrize(
    ("origin", "host", "foreign"),
    [
        (None, "desk.example", False),
        ("https://clinic.example", "desk.example", False),
        ("https://desk.example", "desk.example", False),
        ("https://desk.example", "desk.example:443", False),
        ("http://desk.example", "desk.example", False),
        ("http://127.0.0.1:8000", "127.0.0.1:8000", False),
        ("http://[::1]:8000", "[::1]:8000", False),
        ("https://DESK.example", "desk.example", False),
        ("http://clinic.example", "desk.example", True),
        ("https://clinic.example.evil.example", "desk.example", True),
        ("https://evil.example", "desk.example", True),
        ("https://desk.example:8443", "desk.example", True),
        ("http://127.0.0.1:9000", "127.0.0.1:8000", True),
        ("null", "desk.example", True),
        ("", "desk.example", True),
        ("null", "", True),
        ("https://desk.example:x", "desk.example", True),
    ],
)
def test_is_foreign(origin: str | None, host: str, foreign: bool) -> None:
    assert is_foreign(origin, host=host, allowed=ALLOWED) is foreign


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
