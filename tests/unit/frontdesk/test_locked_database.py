"""A database that cannot be written is said so, with the clinic's number; reading goes on."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest

from candidacy.records import engine
from candidacy.records.database import Database

pytestmark = pytest.mark.anyio


@contextmanager
def locked(database_url: str) -> Iterator[None]:
    """Hold the database's one write lock."""
    with closing(sqlite3.connect(database_url.removeprefix("sqlite:///"), isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


async def test_a_locked_database_is_answered_with_the_number(
    serve: Any, new_session: Any, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MILLISECONDS", 250)
    async with serve(database=Database(database_url)) as client:
        headers = await new_session(client)
        with locked(database_url):
            response = await client.post("/api/chat/messages", json={"client_id": "a", "text": "hi"}, headers=headers)
            reading = await client.get("/api/chat/messages", headers=headers)
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert response.json() == {
        "error": "unavailable",
        "message": "utter_not_received (212) 430-0312",
        "kind": "fallback",
        "links": [{"text": "(212) 430-0312", "href": "tel:+1-212-430-0312"}],
    }
    assert reading.status_code == 200
