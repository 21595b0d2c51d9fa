"""An instant comes out as it went in, in UTC, whatever the time zone it was written in."""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, create_engine, insert, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import StatementError

from candidacy.records.utc_datetime import UtcDateTime

NEW_YORK = ZoneInfo("America/New_York")

instants = Table("instants", MetaData(), Column("id", Integer, primary_key=True), Column("at", UtcDateTime))


@pytest.fixture
def connection(empty_url: str) -> Iterator[Connection]:
    """A connection to a database that has the table of instants."""
    engine = create_engine(empty_url, future=True)
    with engine.connect() as connection:
        instants.create(connection)
        yield connection
    engine.dispose()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (datetime(2024, 5, 6, 14, 30, tzinfo=timezone.utc), "2024-05-06T14:30:00+00:00"),
        (datetime(2024, 5, 6, 14, 30, 15, 123456, tzinfo=timezone.utc), "2024-05-06T14:30:15.123456+00:00"),
        (datetime(2024, 5, 6, 10, 30, tzinfo=NEW_YORK), "2024-05-06T14:30:00+00:00"),
        (datetime(2024, 12, 6, 9, 30, tzinfo=NEW_YORK), "2024-12-06T14:30:00+00:00"),
        (datetime(2024, 11, 3, 1, 30, fold=0, tzinfo=NEW_YORK), "2024-11-03T05:30:00+00:00"),
        (datetime(2024, 11, 3, 1, 30, fold=1, tzinfo=NEW_YORK), "2024-11-03T06:30:00+00:00"),
        (datetime(2024, 5, 6, 20, 0, tzinfo=timezone(timedelta(hours=5, minutes=30))), "2024-05-06T14:30:00+00:00"),
    ],
)
def test_an_instant_comes_out_in_utc(connection: Connection, written: datetime, read: str) -> None:
    connection.execute(insert(instants).values(at=written))

    assert connection.execute(select(instants.c.at)).scalar_one().isoformat() == read


def test_instants_compare_as_instants(connection: Connection) -> None:
    connection.execute(insert(instants).values(at=datetime(2024, 5, 6, 10, 30, tzinfo=NEW_YORK)))

    later = datetime(2024, 5, 6, 14, 31, tzinfo=timezone.utc)
    assert connection.execute(select(instants.c.id).where(instants.c.at < later)).scalar_one() == 1


def test_nothing_stays_nothing(connection: Connection) -> None:
    connection.execute(insert(instants).values(at=None))

    assert connection.execute(select(instants.c.at)).scalar_one() is None


def test_a_time_without_a_zone_is_refused(connection: Connection) -> None:
    with pytest.raises(StatementError, match="must carry its time zone"):
        connection.execute(insert(instants).values(at=datetime(2024, 5, 6, 14, 30)))
