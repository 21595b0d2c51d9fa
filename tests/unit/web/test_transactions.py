"""Queries run whole or not at all, and a database that cannot be used is said so."""

import threading
from typing import Any

import anyio
import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from candidacy.records import engine
from candidacy.records.conversations import conversation_state, ensure_conversation
from candidacy.records.database import Database
from candidacy.web.transactions import RecordsUnavailable, read, write

pytestmark = pytest.mark.anyio


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
    monkeypatch.setattr("candidacy.web.transactions.QUEUE_PATIENCE_SECONDS", 0.05)
    let_go = threading.Event()

    def hold(_: Session) -> None:
        let_go.wait(10)

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(write, database, hold)
        await anyio.sleep(0.01)
        with pytest.raises(RecordsUnavailable, match="too many before it"):
            await write(database, hold)
        let_go.set()
