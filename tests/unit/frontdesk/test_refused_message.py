"""Whatever a message is refused for, danger in it is advised."""

import threading
from typing import Any

import anyio
import httpx
import pytest
from sqlalchemy.exc import OperationalError

from candidacy.frontdesk.refused_message import outer_parts, typed_text
from candidacy.records.database import Database
from candidacy.records.erasure import erase_conversation
from candidacy.settings import Settings

ONE_A_MINUTE = Settings(session_messages_per_minute=1, message_max_length=200)
DANGER = {"client_id": "danger", "text": "I am numb between the legs"}
SORRY = "utter_not_received (212) 430-0312"
ADVICE = f"utter_emergency (212) 430-0312\n\n{SORRY}"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b'{"text": "hi"}', "hi"),
        (b'{"text": 7}', ""),
        (b'{"button": "1-1"}', ""),
        (b"[]", ""),
        (b"\xff", ""),
        (b"", ""),
    ],
)
def test_typed_text(body: bytes, text: str) -> None:
    assert typed_text(body) == text


@pytest.mark.parametrize(("text", "parts"), [("", []), (" \n", []), ("abcd", ["abcd"]), ("abcde", ["abcd", "bcde"])])
def test_a_long_text_is_looked_at_where_it_begins_and_ends(text: str, parts: list[str]) -> None:
    assert outer_parts(text, length=4) == parts


async def send(visitor: httpx.AsyncClient, text: str, *, client_id: str = "a") -> httpx.Response:
    return await visitor.post("/api/chat/messages", json={"client_id": client_id, "text": text})


@pytest.mark.anyio
class TestTooMany:
    """One message more than the session may send."""

    @pytest.fixture
    async def limited(self, serve: Any, new_session: Any) -> Any:
        async with serve(settings=ONE_A_MINUTE) as client:
            client.headers.update(await new_session(client))
            assert (await send(client, "hello")).status_code == 202
            yield client

    async def test_it_is_refused_in_words_with_the_number(self, limited: httpx.AsyncClient) -> None:
        response = await send(limited, "and another thing", client_id="b")
        assert response.status_code == 429
        assert 0 < int(response.headers["Retry-After"]) <= 60
        assert (response.json()["error"], response.json()["kind"]) == ("too_many", "fallback")
        assert response.json()["message"] == SORRY

    async def test_danger_is_advised_all_the_same(self, limited: httpx.AsyncClient) -> None:
        response = await limited.post("/api/chat/messages", json=DANGER)
        assert (response.status_code, response.json()["kind"]) == (429, "emergency")
        assert response.json()["message"] == ADVICE

    async def test_it_is_not_stored(self, limited: httpx.AsyncClient, read_until: Any) -> None:
        await limited.post("/api/chat/messages", json=DANGER)
        await read_until(limited, count=3)

    async def test_a_broken_detector_costs_no_words(
        self, limited: httpx.AsyncClient, red_flags: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(red_flags, "words", None)
        response = await limited.post("/api/chat/messages", json=DANGER)
        assert (response.status_code, response.json()["message"]) == (429, SORRY)

    async def test_a_flood_is_not_looked_at_without_end(
        self, limited: httpx.AsyncClient, red_flags: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """While one message is looked at, the next waits a while and then gets the general words."""
        let_go = threading.Event()
        monkeypatch.setattr("candidacy.frontdesk.refused_message.PATIENCE_SECONDS", 0.05)
        monkeypatch.setattr(red_flags, "detect", lambda _: let_go.wait(10) and None)
        responses: list[httpx.Response] = []

        async def refuse() -> None:
            responses.append(await limited.post("/api/chat/messages", json=DANGER))

        async with anyio.create_task_group() as tasks:
            for _ in range(3):
                tasks.start_soon(refuse)
        let_go.set()
        assert [response.json()["message"] for response in responses] == [SORRY] * 3


@pytest.mark.anyio
@pytest.mark.parametrize("text", ["numb " + "x" * 200, "x" * 200 + " numb"])
async def test_a_text_that_is_too_long(visitor: httpx.AsyncClient, text: str) -> None:
    response = await send(visitor, text)
    assert (response.status_code, response.json()["error"]) == (400, "message_too_long")
    assert (response.json()["kind"], response.json()["message"]) == ("emergency", ADVICE)


@pytest.mark.anyio
async def test_a_session_that_is_over(visitor: httpx.AsyncClient, clock: Any) -> None:
    clock.advance(days=2)
    response = await send(visitor, DANGER["text"])
    assert (response.status_code, response.json()["error"], response.json()["kind"]) == (
        401,
        "session_expired",
        "emergency",
    )
    assert response.headers["WWW-Authenticate"]
    assert "kind" not in (await send(visitor, "hello")).json()


@pytest.mark.anyio
async def test_a_conversation_that_was_deleted(visitor: httpx.AsyncClient, database: Database, clock: Any) -> None:
    conversation = (await visitor.get("/api/chat/session")).json()["conversation"]
    with database.session() as session:
        erase_conversation(session, conversation_id=conversation, now=clock())
    response = await send(visitor, DANGER["text"])
    assert (response.status_code, response.json()["kind"]) == (410, "emergency")


@pytest.mark.anyio
async def test_a_database_that_is_away(visitor: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any, **__: Any) -> None:
        raise OperationalError("INSERT", {}, Exception())

    monkeypatch.setattr("candidacy.frontdesk.messages._receive_and_extend", away)
    response = await send(visitor, DANGER["text"])
    assert (response.status_code, response.json()["message"]) == (503, ADVICE)
    assert response.headers["Retry-After"]
