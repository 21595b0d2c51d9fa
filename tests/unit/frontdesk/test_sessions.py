"""The start of a conversation."""

import httpx
import pytest

pytestmark = pytest.mark.anyio


async def test_a_session_begins_with_the_opening(client: httpx.AsyncClient) -> None:
    response = await client.post("/api/chat/sessions", json={})
    assert response.status_code == 201
    session = response.json()
    messages = await client.get("/api/chat/messages", headers={"Authorization": f"Bearer {session['token']}"})
    (opening,) = messages.json()["messages"]
    assert (opening["id"], opening["author"], opening["kind"]) == (1, "assistant", "notice")
    assert opening["text"] == "utter_opening (212) 430-0312"


async def test_each_session_is_another(client: httpx.AsyncClient) -> None:
    first, second = [(await client.post("/api/chat/sessions", json={})).json() for _ in range(2)]
    assert first["token"] != second["token"]
    assert first["conversation"] != second["conversation"]
    assert first["conversation"] not in first["token"]
