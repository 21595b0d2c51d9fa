"""A body is JSON, an object, and not too large, whatever its headers claim."""

from collections.abc import AsyncIterator

import httpx
import pytest

from candidacy.frontdesk.errors import ApiError
from candidacy.frontdesk.json_body import MAX_BODY_BYTES, is_json, parse_json_object

JSON_HEADERS = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    ("content_type", "expected"),
    [
        ("application/json", True),
        ("Application/JSON; charset=utf-8", True),
        ("", False),
        ("text/plain", False),
        ("application/x-www-form-urlencoded", False),
        ("application/json-seq", False),
    ],
)
def test_is_json(content_type: str, expected: bool) -> None:
    assert is_json(content_type) is expected


def test_parse_json_object() -> None:
    assert parse_json_object('{"text": "¿sí?"}'.encode()) == {"text": "¿sí?"}


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", "malformed_json"),
        (b"{", "malformed_json"),
        (b"\xff\xfe{", "malformed_json"),
        (b"[" * 10_000, "malformed_json"),
        (b"[]", "not_an_object"),
        (b'"text"', "not_an_object"),
        (b"null", "not_an_object"),
    ],
)
def test_refused(body: bytes, error: str) -> None:
    with pytest.raises(ApiError) as refusal:
        parse_json_object(body)
    assert (refusal.value.status, refusal.value.error) == (400, error)


@pytest.mark.anyio
async def test_another_content_type_is_refused(client: httpx.AsyncClient) -> None:
    response = await client.post("/api/chat/sessions", content="{}", headers={"Content-Type": "text/plain"})
    assert (response.status_code, response.json()["error"]) == (415, "not_json")


@pytest.mark.anyio
async def test_a_large_body_is_refused(client: httpx.AsyncClient) -> None:
    body = b'{"page": "' + b"x" * MAX_BODY_BYTES + b'"}'
    response = await client.post("/api/chat/sessions", content=body, headers=JSON_HEADERS)
    assert (response.status_code, response.json()["error"]) == (413, "body_too_large")


@pytest.mark.anyio
async def test_a_body_of_the_largest_size_is_read(client: httpx.AsyncClient) -> None:
    body = b'{"page": "' + b"x" * (MAX_BODY_BYTES - 12) + b'"}'
    assert len(body) == MAX_BODY_BYTES
    response = await client.post("/api/chat/sessions", content=body, headers=JSON_HEADERS)
    assert response.status_code == 201


@pytest.mark.anyio
async def test_a_body_without_an_announced_length_is_cut_off_while_it_comes(client: httpx.AsyncClient) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += 1024
            yield b" " * 1024

    response = await client.post("/api/chat/sessions", content=endless(), headers=JSON_HEADERS)
    assert response.status_code == 413
    assert sent <= MAX_BODY_BYTES + 1024
