"""What unit tests of several folders share: a clock that stands still, and a database of their own."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from candidacy.records.database import Database
from candidacy.records.migrate import migrate


class Clock:
    """A present that stands still until it is moved."""

    def __init__(self) -> None:
        self.present = datetime(2030, 5, 1, 12, 0, tzinfo=timezone.utc)

    def __call__(self) -> datetime:
        return self.present

    def advance(self, **duration: float) -> None:
        self.present += timedelta(**duration)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database that is migrated, to be copied."""
    file = tmp_path_factory.mktemp("migrated") / "candidacy.db"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture
def database_url(migrated_file: Path, tmp_path: Path) -> str:
    """The URL of a migrated SQLite database."""
    file = tmp_path / "candidacy.db"
    shutil.copy(migrated_file, file)
    return f"sqlite:///{file}"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated SQLite database."""
    database = Database(database_url)
    yield database
    database.dispose()
