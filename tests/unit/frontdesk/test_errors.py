"""Refusals are JSON in one shape, with plain words."""

from typing import Any

import httpx
import pytest

from candidacy.frontdesk.errors import ApiError, handle_api_error

pytestmark = pytest.mark.anyio


async def test_a_refusal_says_what_was_wrong_and_what_to_do() -> None:
    refusal = ApiError(409, "stale_button", "The conversation has moved on.", headers={"X-More": "yes"})
    request: Any = None
    response = await handle_api_error(request, refusal)
    assert response.status_code == 409
    assert response.body == b'{"error":"stale_button","message":"The conversation has moved on."}'
    assert response.headers["X-More"] == "yes"


@pytest.mark.parametrize(
    ("method", "path", "status", "error"),
    [
        ("GET", "/nowhere", 404, "not_found"),
        ("POST", "/api/chat/messages/", 404, "not_found"),
        ("GET", "/api/chat/sessions", 405, "method_not_allowed"),
        ("DELETE", "/api/chat/messages", 405, "method_not_allowed"),
        ("POST", "/", 405, "method_not_allowed"),
    ],
)
async def test_what_is_not_there(client: httpx.AsyncClient, method: str, path: str, status: int, error: str) -> None:
    response = await client.request(method, path)
    assert (response.status_code, response.json()["error"]) == (status, error)
    assert ("Allow" in response.headers) is (status == 405)
