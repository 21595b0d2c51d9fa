"""The search for a turn reads only what waits, and is not deceived by a turn that ends meanwhile."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import String, and_, cast, event, func, select, text

from candidacy.assistant.reply import Reply
from candidacy.records import turns
from candidacy.records.database import Database
from candidacy.records.messages import messages_after, receive
from candidacy.records.turn import Turn
from candidacy.records.turns import claim_turn, finish_turn

Claim = Callable[[str], Turn | None]


@pytest.fixture
def claim(database: Database, now: datetime) -> Claim:
    """Claims a turn for an owner, in a transaction of its own."""

    def claim_for(owner: str) -> Turn | None:
        with database.session() as session:
            return claim_turn(session, owner=owner, now=now, lease=timedelta(seconds=30))

    return claim_for


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_message_answered_between_the_search_and_the_lock_is_not_answered_again(
    claim: Claim, database: Database, conversation: str, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.session() as session:
        receive(session, conversation_id=conversation, client_id=None, text="how long?", now=now)
    gate = 42
    held_up = and_(turns.turn_is_pending, cast(func.pg_advisory_xact_lock_shared(gate), String) == "")
    searching = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")

    with ThreadPoolExecutor(1) as pool:
        with database.session() as session:
            session.execute(select(func.pg_advisory_xact_lock(gate)))
            monkeypatch.setattr(turns, "turn_is_pending", held_up)
            late = pool.submit(claim, "rival")
            while not session.execute(searching).scalar_one():
                assert not late.done()
            monkeypatch.undo()
            finish(claim("desk"), database, now)

        assert late.result() is None
    with database.read_session() as session:
        assert len(messages_after(session, conversation_id=conversation)) == 2


def finish(turn: Turn | None, database: Database, now: datetime) -> None:
    """Finish a turn of the desk's."""
    assert turn is not None
    replies = [Reply(text="A few days.", kind="answer")]
    with database.session() as session:
        assert finish_turn(session, turn=turn, owner="desk", replies=replies, understanding=None, now=now)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_search_reads_only_the_messages_that_wait(claim: Claim, database: Database, conversation: str) -> None:
    statements: list[tuple[str, Any]] = []
    with database.session() as session:
        event.listen(
            session.connection().engine,
            "before_cursor_execute",
            lambda _connection, _cursor, statement, parameters, *_: statements.append((statement, parameters)),
        )
    with database.session() as session:
        # As after an ANALYZE of many conversations of which none waits.
        session.execute(text("ANALYZE"))
        session.execute(text("UPDATE sqlite_stat1 SET stat = '100000 1' WHERE tbl = 'conversations'"))
        session.execute(text("DELETE FROM sqlite_stat1 WHERE tbl = 'messages'"))
        session.execute(text("INSERT INTO sqlite_stat1 VALUES ('messages', NULL, '2000000')"))
        session.execute(text("ANALYZE sqlite_schema"))
    claim("desk")
    ((search, parameters),) = [statement for statement in statements if "JOIN" in statement[0]]

    with database.session() as session:
        rows = session.connection().exec_driver_sql("EXPLAIN QUERY PLAN " + search, parameters)
        plan = " ".join(row.detail for row in rows)

    assert "messages USING INDEX ix_messages_pending" in plan
    assert "BLOOM FILTER" not in plan
