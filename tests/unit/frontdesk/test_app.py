"""Who may call, and what begins and ends with the app."""

from typing import Any

import httpx
import pytest

from candidacy.assistant.texts import Texts
from candidacy.frontdesk.app import create_app

pytestmark = pytest.mark.anyio

PREFLIGHT = {
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization,content-type,last-event-id",
}


@pytest.mark.parametrize(("origin", "allowed"), [("https://clinic.example", True), ("https://evil.example", False)])
async def test_only_pages_of_allowed_origins_may_call(client: httpx.AsyncClient, origin: str, allowed: bool) -> None:
    preflight = await client.options("/api/chat/messages", headers={"Origin": origin, **PREFLIGHT})
    assert preflight.is_success is allowed
    assert (preflight.headers.get("Access-Control-Allow-Origin") == origin) is allowed
    response = await client.post("/api/chat/sessions", json={}, headers={"Origin": origin})
    assert response.status_code == (201 if allowed else 403)
    assert response.headers.get("Access-Control-Allow-Origin") == (origin if allowed else None)


async def test_a_refusal_can_be_read_by_the_page_too(client: httpx.AsyncClient) -> None:
    response = await client.get("/api/chat/messages", headers={"Origin": "https://clinic.example"})
    assert response.status_code == 401
    assert response.headers["Access-Control-Allow-Origin"] == "https://clinic.example"


async def test_the_assistant_is_closed_at_the_end(serve: Any, assistant: Any) -> None:
    async with serve():
        assert not assistant.closed
    assert assistant.closed


async def test_it_does_not_start_without_its_texts(
    settings: Any, database: Any, assistant: Any, red_flags: Any
) -> None:
    texts = Texts(responses={}, variables={})
    with pytest.raises(ValueError, match="utter_opening"):
        create_app(settings=settings, database=database, assistant=assistant, texts=texts, red_flags=red_flags)
