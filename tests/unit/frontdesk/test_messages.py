"""Sending messages and reading them."""

from datetime import datetime
from typing import Any

import httpx
import pytest

from candidacy.assistant.reply import Button
from candidacy.frontdesk.errors import ApiError
from candidacy.frontdesk.messages import read_position
from candidacy.records.erasure import erase_conversation

BUTTONS = (Button("Yes", '/answer{"fracture": "yes"}'), Button("No", '/answer{"fracture": "no"}'))


@pytest.mark.parametrize(("value", "position"), [(None, 0), ("0", 0), ("17", 17), ("999999999", 999_999_999)])
def test_read_position(value: str | None, position: int) -> None:
    assert read_position(value, name="after") == position


@pytest.mark.parametrize("value", ["", "-1", "1.5", "1_0", " 1", "٣", "x", "9999999999"])
def test_other_positions_are_refused(value: str) -> None:
    with pytest.raises(ApiError) as refusal:
        read_position(value, name="after")
    assert refusal.value.error == "invalid_position"


@pytest.mark.anyio
async def test_a_message_is_answered(visitor: httpx.AsyncClient, read_until: Any) -> None:
    response = await visitor.post("/api/chat/messages", json={"client_id": "a", "text": "How long?"})
    assert (response.status_code, response.json()) == (202, {"id": 2})
    _, question, answer = await read_until(visitor, count=3)
    assert datetime.fromisoformat(question.pop("at")).utcoffset() is not None
    assert question == {
        "id": 2,
        "author": "visitor",
        "kind": None,
        "text": "How long?",
        "buttons": [],
        "facts": [],
        "links": [],
        "client_id": "a",
    }
    assert (answer["id"], answer["author"], answer["kind"]) == (3, "assistant", "answer")
    assert (answer["text"], answer["facts"], answer["client_id"]) == ("heard How long?", ["F6"], None)


@pytest.mark.anyio
async def test_only_messages_after_the_given_one_are_read(visitor: httpx.AsyncClient, read_until: Any) -> None:
    await visitor.post("/api/chat/messages", json={"client_id": "a", "text": "hello"})
    await read_until(visitor, count=3)
    response = await visitor.get("/api/chat/messages", params={"after": 2})
    assert [message["id"] for message in response.json()["messages"]] == [3]


@pytest.mark.anyio
async def test_the_same_client_id_is_the_same_message(
    visitor: httpx.AsyncClient, assistant: Any, read_until: Any
) -> None:
    answers = [
        await visitor.post("/api/chat/messages", json={"client_id": "a", "text": text}) for text in ("one", "two")
    ]
    assert [(answer.status_code, answer.json()) for answer in answers] == [(202, {"id": 2})] * 2
    await visitor.post("/api/chat/messages", json={"client_id": "b", "text": "three"})
    messages = await read_until(visitor, count=5)
    assert sorted(message["text"] for message in messages[1:]) == ["heard one", "heard three", "one", "three"]
    assert len(assistant.asked) == 2


@pytest.mark.anyio
async def test_a_typed_slash_is_text(visitor: httpx.AsyncClient, assistant: Any, read_until: Any) -> None:
    await visitor.post("/api/chat/messages", json={"client_id": "a", "text": "/restart"})
    await read_until(visitor, count=3)
    (asked,) = assistant.asked
    assert (asked["text"], asked["payload"], asked["channel"]) == ("/restart", None, "web")


class TestButtons:
    """A button stands for a payload that only the server knows."""

    pytestmark = pytest.mark.anyio

    @pytest.fixture
    async def asked(
        self, visitor: httpx.AsyncClient, assistant: Any, result: Any, read_until: Any
    ) -> list[dict[str, str]]:
        """The buttons of a question that the visitor was asked."""

        async def ask(_: Any) -> Any:
            return result("A fracture?", buttons=BUTTONS)

        assistant.answer = ask
        await visitor.post("/api/chat/messages", json={"client_id": "a", "text": "screen me"})
        buttons: list[dict[str, str]] = (await read_until(visitor, count=3))[-1]["buttons"]
        assistant.answer = assistant.say_back
        return buttons

    async def test_the_client_sees_titles_and_no_payloads(self, asked: list[dict[str, str]]) -> None:
        assert [button["title"] for button in asked] == ["Yes", "No"]
        assert all(set(button) == {"id", "title", "live"} for button in asked)

    async def test_a_press_says_the_title_and_sends_the_payload(
        self, asked: list[dict[str, str]], visitor: httpx.AsyncClient, assistant: Any, read_until: Any
    ) -> None:
        response = await visitor.post("/api/chat/messages", json={"client_id": "b", "button": asked[1]["id"]})
        assert response.status_code == 202
        messages = await read_until(visitor, count=5)
        assert (messages[3]["author"], messages[3]["text"]) == ("visitor", "No")
        assert (assistant.asked[-1]["text"], assistant.asked[-1]["payload"]) == ("No", BUTTONS[1].payload)

    async def test_a_second_press_is_stale_but_the_same_press_again_is_not(
        self, asked: list[dict[str, str]], visitor: httpx.AsyncClient, read_until: Any
    ) -> None:
        press = {"client_id": "b", "button": asked[1]["id"]}
        first = await visitor.post("/api/chat/messages", json=press)
        again = await visitor.post("/api/chat/messages", json=press)
        other = await visitor.post("/api/chat/messages", json={"client_id": "c", "button": asked[0]["id"]})
        assert (again.status_code, again.json()) == (202, first.json())
        assert (other.status_code, other.json()["error"]) == (409, "stale_button")
        await read_until(visitor, count=5)

    async def test_a_button_that_was_never_offered_is_unknown(
        self, asked: list[dict[str, str]], visitor: httpx.AsyncClient
    ) -> None:
        for button in ("3-9", "77-1", "nonsense"):
            response = await visitor.post("/api/chat/messages", json={"client_id": "b", "button": button})
            assert (response.status_code, response.json()["error"]) == (400, "unknown_button")


@pytest.mark.anyio
async def test_a_deleted_conversation_takes_no_more_but_can_be_read(
    client: httpx.AsyncClient, database: Any, clock: Any
) -> None:
    started = (await client.post("/api/chat/sessions", json={})).json()
    client.headers["Authorization"] = f"Bearer {started['token']}"
    with database.session() as session:
        erase_conversation(session, conversation_id=started["conversation"], now=clock())
    response = await client.post("/api/chat/messages", json={"client_id": "a", "text": "still there?"})
    assert (response.status_code, response.json()["error"]) == (410, "conversation_deleted")
    assert (await client.get("/api/chat/messages")).status_code == 200
