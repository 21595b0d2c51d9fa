"""What all tests share."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.postgresql import execute_on_server

PROJECT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def project() -> Path:
    """The root of the checkout."""
    return PROJECT


@pytest.fixture(scope="session")
def require() -> Callable[[bool, str], None]:
    """Say that a test needs something which may be absent: skipped and counted by hand, failed with CI=true."""

    def check(condition: bool, reason: str) -> None:
        if condition:
            return
        if os.environ.get("CI") == "true":
            pytest.fail(f"needed in CI: {reason}", pytrace=False)
        pytest.skip(reason)

    return check


@pytest.fixture(scope="session")
def postgresql(require: Callable[[bool, str], None]) -> Iterator[Any]:
    """A real PostgreSQL server for the session.

    Its folder is none of pytest's: as root the server runs as another user, and each new session of pytest shuts the
    folder of them all to others.
    """
    folder = Path(tempfile.mkdtemp(prefix="candidacy-postgresql-"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pgserver

            server = pgserver.get_server(folder)
            # The data need not outlive the machine, and without this each new database takes a quarter of a second.
            execute_on_server(server, "ALTER SYSTEM SET fsync = off")
            execute_on_server(server, "SELECT pg_reload_conf()")
    except Exception as error:
        require(False, f"PostgreSQL does not start: {error}")
        raise
    yield server
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)
