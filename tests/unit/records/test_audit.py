"""The audit grows by one entry at a time, and no statement changes what it holds."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from candidacy.records.audit import Entry, append_entry, audit_head, audit_page, verify_audit
from candidacy.records.audit_chain import EMPTY_HEAD, ChainHead
from candidacy.records.database import Database

KEY = b"k" * 32


def append(database: Database, now: datetime, *, count: int = 1) -> None:
    for number in range(count):
        with database.session() as session:
            entry = Entry(
                action="conversation.viewed",
                actor="ann",
                subject=f"conversation/{number}",
                reason="she called; señora Peña",
                detail={"turns": 50, "filters": ["web", "ünread"]},
            )
            append_entry(session, key=KEY, entry=entry, now=now)


def breaks(database: Database, *, key: bytes = KEY, noted: ChainHead = EMPTY_HEAD) -> list[int]:
    with database.read_session() as session:
        return [found.sequence for found in verify_audit(session, key=key, noted=noted).breaks]


def execute(database: Database, *statements: str) -> None:
    with database.session() as session:
        for statement in statements:
            session.execute(text(statement))


def drop_triggers(database: Database) -> None:
    with database.session() as session:
        dialect = session.get_bind().dialect.name
    on_table = " ON audit_entries" if dialect == "postgresql" else ""
    execute(database, *(f"DROP TRIGGER audit_entries_{name}{on_table}" for name in ("follow", "stand", "stay")))


def test_what_is_entered_can_be_read_and_holds(database: Database, now: datetime) -> None:
    append(database, now, count=3)

    with database.read_session() as session:
        newest, *_, oldest = audit_page(session)
        report = verify_audit(session, key=KEY)
    assert (newest.sequence, oldest.sequence) == (3, 1)
    assert (newest.at, newest.actor, newest.subject) == (now, "ann", "conversation/2")
    assert newest.detail == {"turns": 50, "filters": ["web", "ünread"]}
    assert (report.head, report.breaks) == (ChainHead(3, newest.hash), ())


def test_it_is_read_in_pages_and_by_what_it_is_about(database: Database, now: datetime) -> None:
    append(database, now, count=5)

    with database.read_session() as session:
        assert [entry.sequence for entry in audit_page(session, limit=2)] == [5, 4]
        assert [entry.sequence for entry in audit_page(session, before=4, limit=2)] == [3, 2]
        assert [entry.sequence for entry in audit_page(session, subject="conversation/1")] == [2]


def test_an_empty_audit_holds(database: Database) -> None:
    assert breaks(database) == []
    with database.read_session() as session:
        assert audit_head(session) == EMPTY_HEAD


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entries SET actor = 'nobody' WHERE sequence = 2",
        "UPDATE audit_entries SET sequence = 9 WHERE sequence = 3",
        "DELETE FROM audit_entries WHERE sequence = 3",
        "DELETE FROM audit_entries",
        "INSERT INTO audit_entries SELECT 9, at, actor, staff_id, action, subject, outcome, reason, detail,"
        " previous_hash, hash FROM audit_entries WHERE sequence = 3",
    ],
)
def test_no_statement_changes_an_entry_or_leaves_a_gap(database: Database, now: datetime, statement: str) -> None:
    append(database, now, count=3)

    with pytest.raises(DatabaseError, match="of the audit"):
        execute(database, statement)

    assert breaks(database) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_sqlites_replace_changes_none_either(database: Database, now: datetime) -> None:
    append(database, now, count=3)

    with pytest.raises(DatabaseError, match="of the audit"):
        execute(
            database,
            "INSERT OR REPLACE INTO audit_entries SELECT sequence, at, 'nobody', staff_id, action, subject, outcome,"
            " reason, detail, previous_hash, hash FROM audit_entries WHERE sequence = 2",
        )

    assert breaks(database) == []


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_postgresqls_truncate_empties_nothing(database: Database, now: datetime) -> None:
    append(database, now, count=3)

    with pytest.raises(DatabaseError, match="of the audit"):
        execute(database, "TRUNCATE audit_entries")


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE audit_entries SET actor = 'nobody' WHERE sequence = 2", [2]),
        ("UPDATE audit_entries SET reason = NULL WHERE sequence = 3", [3]),
        ("DELETE FROM audit_entries WHERE sequence = 2", [3]),
        ("DELETE FROM audit_entries WHERE sequence > 2", [3]),
        ("DELETE FROM audit_entries", [3]),
    ],
)
def test_whoever_drops_the_triggers_is_found_out(
    database: Database, now: datetime, statement: str, found: list[int]
) -> None:
    append(database, now, count=3)
    with database.read_session() as session:
        noted = audit_head(session)
    drop_triggers(database)
    execute(database, statement)

    assert breaks(database, noted=noted)[:1] == found


def test_an_audit_written_with_another_key_does_not_hold(database: Database, now: datetime) -> None:
    append(database, now)

    assert breaks(database, key=b"x" * 32) == [1]


def test_an_entry_lasts_as_its_transaction_does(database: Database, now: datetime) -> None:
    def fail() -> None:
        with database.session() as session:
            append_entry(session, key=KEY, entry=Entry(action="a", actor="ann"), now=now)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()

    append(database, now)
    assert breaks(database) == []


def test_many_at_once_make_one_chain(
    database: Database, now: datetime, at_once: Callable[[int, Callable[[int], None]], list[None]]
) -> None:
    at_once(8, lambda _: append(database, now, count=3))

    with database.read_session() as session:
        assert audit_head(session).sequence == 24
    assert breaks(database) == []
