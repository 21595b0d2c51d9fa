"""A session is one transaction: all of it or nothing, also with many at once."""

from collections.abc import Callable

import pytest
from sqlalchemy import column, select, table, text
from sqlalchemy.exc import DBAPIError

from candidacy.records.database import Database
from candidacy.records.migrate import migration_connection


@pytest.fixture
def counting(database: Database, database_url: str) -> Database:
    """A database with a counter, at 0."""
    with migration_connection(database_url) as connection:
        connection.execute(text("CREATE TABLE counter (number integer)"))
        connection.execute(text("INSERT INTO counter VALUES (0)"))
    return database


def count(database: Database) -> int:
    """The counter's number."""
    with database.read_session() as session:
        return int(session.execute(text("SELECT number FROM counter")).scalar_one())


def test_what_was_written_stays(counting: Database) -> None:
    with counting.session() as session:
        session.execute(text("UPDATE counter SET number = 7"))

    assert count(counting) == 7


def test_what_an_exception_interrupted_was_never_written(counting: Database) -> None:
    def interrupted() -> None:
        with counting.session() as session:
            session.execute(text("UPDATE counter SET number = 7"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()

    assert count(counting) == 0


def test_a_reading_session_cannot_write(counting: Database) -> None:
    with counting.read_session() as session, pytest.raises(DBAPIError, match=r"read-?only"):
        session.execute(text("UPDATE counter SET number = 7"))


def test_a_connection_that_only_read_can_write_again(counting: Database) -> None:
    for number in range(30):
        assert count(counting) == number
        with counting.session() as session:
            session.execute(text("UPDATE counter SET number = number + 1"))


def test_readers_do_not_wait_for_a_writer(counting: Database) -> None:
    with counting.session() as session:
        session.execute(text("UPDATE counter SET number = 7"))

        assert count(counting) == 0


def test_writers_that_read_first_wait_for_each_other(counting: Database, at_once: Callable[..., list[None]]) -> None:
    counter = table("counter", column("number"))

    def add_one(_: int) -> None:
        with counting.session() as session:
            number = session.execute(select(counter.c.number).with_for_update()).scalar_one()
            session.execute(text("UPDATE counter SET number = :number"), {"number": number + 1})

    at_once(20, add_one)

    assert count(counting) == 20


def test_a_database_that_answers_is_reachable(database: Database) -> None:
    assert database.reachable()


def test_a_database_that_is_away_is_not_reachable() -> None:
    assert not Database("postgresql://nobody@127.0.0.1:1/nothing").reachable()
