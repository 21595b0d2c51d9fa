"""A visitor's session: its start, how long it lasts, and its end."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from candidacy.frontdesk.known_tokens import KnownTokens
from candidacy.records.conversations import conversation_state
from candidacy.records.messages import messages_after

pytestmark = pytest.mark.anyio

DAY_SECONDS = 24 * 3600


async def test_a_session_begins_with_the_opening(client: httpx.AsyncClient, clock: Any) -> None:
    response = await client.post("/api/chat/sessions", json={})
    assert response.status_code == 201
    session = response.json()
    assert session["expires_at"] == (clock() + timedelta(days=1)).isoformat()
    messages = await client.get("/api/chat/messages", headers={"Authorization": f"Bearer {session['token']}"})
    (opening,) = messages.json()["messages"]
    assert (opening["id"], opening["author"], opening["kind"]) == (1, "assistant", "notice")
    assert opening["text"] == "utter_opening (212) 430-0312"


async def test_each_session_is_another(client: httpx.AsyncClient) -> None:
    first, second = [(await client.post("/api/chat/sessions", json={})).json() for _ in range(2)]
    assert first["token"] != second["token"]
    assert first["conversation"] != second["conversation"]
    assert first["conversation"] not in first["token"]


async def test_a_session_says_what_it_opens_and_how_long(visitor: httpx.AsyncClient, clock: Any) -> None:
    clock.advance(hours=1)
    session = (await visitor.get("/api/chat/session")).json()
    assert session.pop("conversation")
    assert session == {
        "expires_at": (clock() + timedelta(hours=23)).isoformat(),
        "now": clock().isoformat(),
        "expires_in": 23 * 3600,
        "clinic_name": "Datta Endoscopic Back Surgery and Pain Center",
        "clinic_phone": "(212) 430-0312",
        "clinic_phone_link": "tel:+1-212-430-0312",
    }


async def test_it_can_be_extended_before_its_end(visitor: httpx.AsyncClient, clock: Any) -> None:
    clock.advance(hours=23)
    extended = await visitor.post("/api/chat/session/extend")
    assert (extended.status_code, extended.json()["expires_in"]) == (200, DAY_SECONDS)
    assert (await visitor.get("/api/chat/session")).json() == extended.json()


async def test_a_message_extends_it_and_reading_does_not(visitor: httpx.AsyncClient, clock: Any) -> None:
    clock.advance(hours=2)
    await visitor.get("/api/chat/messages")
    assert (await visitor.get("/api/chat/session")).json()["expires_in"] == 22 * 3600
    await visitor.post("/api/chat/messages", json={"client_id": "a", "text": "hello"})
    assert (await visitor.get("/api/chat/session")).json()["expires_in"] == DAY_SECONDS


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/chat/session"),
        ("DELETE", "/api/chat/session"),
        ("POST", "/api/chat/session/extend"),
        ("GET", "/api/chat/messages"),
        ("POST", "/api/chat/messages"),
        ("GET", "/api/chat/events"),
    ],
)
@pytest.mark.parametrize("how", ["expired", "ended"])
async def test_after_its_end_the_token_opens_nothing(
    visitor: httpx.AsyncClient, clock: Any, how: str, method: str, path: str
) -> None:
    if how == "expired":
        clock.advance(days=1)
    else:
        assert (await visitor.delete("/api/chat/session")).status_code == 204
    response = await visitor.request(method, path, json={"client_id": "a", "text": "hello"})
    assert response.status_code == 401
    assert response.json()["error"] == ("session_expired" if how == "expired" else "invalid_token")


@pytest.mark.parametrize("known", [True, False], ids=["to this process", "to the records alone"])
@pytest.mark.parametrize("body", ['{"client_id": "a", "text": "hello"}', '{"client_id": "a"}', "not even JSON"])
async def test_whose_session_is_over_learns_that_whatever_they_send(
    visitor: httpx.AsyncClient, clock: Any, known: bool, body: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not known:
        monkeypatch.setattr(KnownTokens, "conversation_of", lambda *_: None)
    clock.advance(days=1)
    headers = {"Content-Type": "application/json"}
    response = await visitor.post("/api/chat/messages", content=body, headers=headers)
    assert (response.status_code, response.json()["error"]) == (401, "session_expired")


async def test_a_message_is_taken_in_a_session_that_another_process_began(
    visitor: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(KnownTokens, "conversation_of", lambda *_: None)
    response = await visitor.post("/api/chat/messages", json={"client_id": "a", "text": "hello"})
    assert response.status_code == 202


async def test_the_clinic_keeps_what_was_said(visitor: httpx.AsyncClient, database: Any) -> None:
    conversation = (await visitor.get("/api/chat/session")).json()["conversation"]
    await visitor.delete("/api/chat/session")
    with database.read_session() as session:
        assert conversation_state(session, conversation_id=conversation) == "closed"
        assert len(messages_after(session, conversation_id=conversation)) == 1
