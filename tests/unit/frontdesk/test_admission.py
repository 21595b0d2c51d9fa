"""Limits count by network address and by session, and say when to come again."""

from typing import Any

import httpx
import pytest

from candidacy.settings import Settings

pytestmark = pytest.mark.anyio

HELLO = {"client_id": "a", "text": "hello"}


def limited(**changes: Any) -> Settings:
    return Settings(message_max_length=200, **changes)


async def test_sessions_of_an_address(serve: Any) -> None:
    async with serve(settings=limited(address_sessions_per_minute=2)) as client:
        answers = [await client.post("/api/chat/sessions", json={}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert answers[-1].headers["Retry-After"] == "30"
    assert "(212) 430-0312" in answers[-1].json()["message"]


async def test_messages_of_an_address_in_many_sessions(serve: Any, new_session: Any) -> None:
    async with serve(settings=limited(address_messages_per_minute=2)) as client:
        statuses = [
            (await client.post("/api/chat/messages", json=HELLO, headers=await new_session(client))).status_code
            for _ in range(3)
        ]
    assert statuses == [202, 202, 429]


async def test_one_session_at_its_limit_leaves_the_other_alone(serve: Any, new_session: Any) -> None:
    async with serve(settings=limited(session_messages_per_minute=1)) as client:
        ours, theirs = await new_session(client), await new_session(client)
        answers = [await client.post("/api/chat/messages", json=HELLO, headers=ours) for _ in range(2)]
        other = await client.post("/api/chat/messages", json=HELLO, headers=theirs)
        reading = await client.get("/api/chat/messages", headers=ours)
    assert [answer.status_code for answer in (*answers, other, reading)] == [202, 429, 202, 200]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/chat/configuration"),
        ("GET", "/api/chat/messages"),
        ("GET", "/api/chat/events"),
        ("GET", "/api/chat/session"),
        ("DELETE", "/api/chat/session"),
        ("POST", "/api/chat/session/extend"),
        ("POST", "/api/chat/sessions"),
        ("POST", "/api/chat/messages"),
    ],
)
async def test_requests_of_any_kind(serve: Any, method: str, path: str) -> None:
    async with serve(settings=limited(address_requests_per_minute=1)) as client:
        await client.get("/api/chat/configuration")
        assert (await client.request(method, path, json={})).status_code == 429


@pytest.mark.parametrize(
    ("proxies", "header", "statuses"),
    [
        ("127.0.0.1", "X-Forwarded-For", [201, 201]),
        ("127.0.0.1", "X-Real-IP", [201, 429]),
        ("", "X-Forwarded-For", [201, 429]),
    ],
    ids=["a trusted proxy", "another header than the proxy's", "nobody is trusted"],
)
async def test_whom_a_proxy_speaks_for(serve: Any, proxies: str, header: str, statuses: list[int]) -> None:
    async with serve(settings=limited(address_sessions_per_minute=1, trusted_proxies=proxies)) as client:
        answers = [
            await client.post("/api/chat/sessions", json={}, headers={header: address})
            for address in ("198.51.100.7", "198.51.100.8")
        ]
    assert [answer.status_code for answer in answers] == statuses


async def test_liveness_is_never_limited(serve: Any) -> None:
    async with serve(settings=limited(address_requests_per_minute=1)) as client:
        assert [(await client.get("/healthz")).status_code for _ in range(3)] == [200] * 3


async def test_a_page_of_an_allowed_origin_can_read_when_to_come_again(serve: Any) -> None:
    settings = limited(address_sessions_per_minute=1, allowed_origins="https://clinic.example")
    async with serve(settings=settings) as client:
        for _ in range(2):
            response: httpx.Response = await client.post(
                "/api/chat/sessions", json={}, headers={"Origin": "https://clinic.example"}
            )
    assert response.status_code == 429
    assert response.headers["Access-Control-Allow-Origin"] == "https://clinic.example"
    assert "Retry-After" in response.headers["Access-Control-Expose-Headers"]
