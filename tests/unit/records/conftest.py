"""Databases of both kinds, each test in one of its own."""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from pathlib import Path
from threading import Barrier
from typing import Any, TypeVar
from uuid import uuid4

import pytest
from cryptography.fernet import Fernet

from candidacy.records.conversations import start_conversation
from candidacy.records.database import Database
from candidacy.records.encryption import Cipher
from candidacy.records.migrate import migrate
from tests.support.postgresql import create_postgresql_database

Result = TypeVar("Result")


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database that is migrated, to be copied."""
    file = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def migrated_template(postgresql: Any) -> str:
    """The name of a PostgreSQL database that is migrated, to be copied."""
    name = f"migrated_{uuid4().hex}"
    migrate(create_postgresql_database(postgresql, name=name))
    return name


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database without tables, once for each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    return create_postgresql_database(request.getfixturevalue("postgresql"), name=f"empty_{uuid4().hex}")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a migrated database, once for each kind."""
    if request.param == "sqlite":
        file = tmp_path / "candidacy.db"
        shutil.copy(request.getfixturevalue("migrated_file"), file)
        return f"sqlite:///{file}"
    server, template = request.getfixturevalue("postgresql"), request.getfixturevalue("migrated_template")
    return create_postgresql_database(server, name=f"test_{uuid4().hex}", template=template)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated database, once for each kind."""
    database = Database(database_url)
    yield database
    database.dispose()


@pytest.fixture
def conversation(database: Database, now: datetime) -> str:
    """The id of a conversation that has just begun."""
    with database.session() as session:
        conversation_id, _ = start_conversation(session, channel="web", now=now)
    return conversation_id


@pytest.fixture
def now() -> datetime:
    """The present."""
    return datetime(2024, 5, 6, 14, 30, 15, 250_000, tzinfo=timezone.utc)


@pytest.fixture
def cipher() -> Cipher:
    """A cipher with one key."""
    return Cipher([Fernet.generate_key().decode()])


@pytest.fixture
def at_once() -> Callable[[int, Callable[[int], Result]], list[Result]]:
    """Runs a function in so many threads, all let go at the same instant; gives the results in the threads' order."""

    def run(threads: int, work: Callable[[int], Result]) -> list[Result]:
        barrier = Barrier(threads)

        def start(number: int) -> Result:
            barrier.wait(timeout=30)
            return work(number)

        with ThreadPoolExecutor(threads) as pool:
            return list(pool.map(start, range(threads)))

    return run
