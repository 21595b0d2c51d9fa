"""Only the token opens a conversation."""

from typing import Any

import httpx
import pytest

from candidacy.frontdesk.authentication import bearer_token


@pytest.mark.parametrize(
    ("authorization", "token"),
    [
        ("Bearer abc", "abc"),
        ("bearer  abc ", "abc"),
        ("", None),
        ("Bearer", None),
        ("Bearer ", None),
        ("Basic abc", None),
        ("abc", None),
    ],
)
def test_bearer_token(authorization: str, token: str | None) -> None:
    assert bearer_token(authorization) == token


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/api/chat/messages"), ("GET", "/api/chat/messages"), ("GET", "/api/chat/events")],
)
@pytest.mark.parametrize("knows", ["nothing", "the conversation's id"])
async def test_without_the_token_there_is_nothing(
    client: httpx.AsyncClient, method: str, path: str, knows: str
) -> None:
    conversation = (await client.post("/api/chat/sessions", json={})).json()["conversation"]
    headers = {} if knows == "nothing" else {"Authorization": f"Bearer {conversation}"}
    response = await client.request(
        method, path, params={"conversation": conversation}, headers=headers, content=b"not even JSON"
    )
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith('Bearer realm="chat"')
    assert set(response.json()) == {"error", "message"}


@pytest.mark.anyio
async def test_a_token_opens_its_own_conversation_only(client: httpx.AsyncClient, new_session: Any) -> None:
    ours, theirs = await new_session(client), await new_session(client)
    await client.post("/api/chat/messages", json={"client_id": "a", "text": "private"}, headers=ours)
    messages = (await client.get("/api/chat/messages", headers=theirs)).json()["messages"]
    assert [message["author"] for message in messages] == ["assistant"]
