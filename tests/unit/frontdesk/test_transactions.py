"""Queries run whole or not at all, and a database that cannot be used is said so."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import anyio
import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from candidacy.frontdesk.transactions import RecordsUnavailable, read, write
from candidacy.records import engine
from candidacy.records.conversations import conversation_state, ensure_conversation
from candidacy.records.database import Database

pytestmark = pytest.mark.anyio


@contextmanager
def locked(database_url: str) -> Iterator[None]:
    """Hold the database's one write lock."""
    with closing(sqlite3.connect(database_url.removeprefix("sqlite:///"), isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


async def test_what_is_written_can_be_read(database: Database, clock: Any) -> None:
    await write(database, ensure_conversation, conversation_id="c", channel="web", now=clock())
    assert await read(database, conversation_state, conversation_id="c") == "assistant"


async def test_a_failed_query_leaves_nothing(database: Database, clock: Any) -> None:
    def fail(session: Session) -> None:
        ensure_conversation(session, conversation_id="c", channel="web", now=clock())
        raise ValueError("wrong")

    with pytest.raises(ValueError, match="wrong"):
        await write(database, fail)
    assert await read(database, conversation_state, conversation_id="c") is None


async def test_the_error_does_not_quote_the_statement(database: Database) -> None:
    def fail(session: Session) -> None:
        raise OperationalError("INSERT", {"text": "my back hurts"}, Exception("my back hurts"))

    with pytest.raises(RecordsUnavailable) as error:
        await write(database, fail)
    assert str(error.value) == "OperationalError"
    assert error.value.__cause__ is None


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


async def test_many_that_write_at_once_all_do_in_their_order(
    database: Database, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where each would give up at once if it found the file locked."""
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MILLISECONDS", 0)
    done: list[int] = []

    def note(session: Session, number: int) -> None:
        ensure_conversation(session, conversation_id=str(number), channel="web", now=clock())
        done.append(number)

    async with anyio.create_task_group() as tasks:
        for number in range(60):
            tasks.start_soon(write, database, note, number)
    assert done == list(range(60))


async def test_who_queues_too_long_is_told_so(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("candidacy.frontdesk.transactions.QUEUE_PATIENCE_SECONDS", 0.05)
    let_go = threading.Event()

    def hold(_: Session) -> None:
        let_go.wait(10)

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(write, database, hold)
        await anyio.sleep(0.01)
        with pytest.raises(RecordsUnavailable, match="too many before it"):
            await write(database, hold)
        let_go.set()
