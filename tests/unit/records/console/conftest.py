"""A clinic with staff in it, and ways to ask its records and to change them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import insert

from candidacy.assistant.reply import Reply
from candidacy.records.database import Database
from candidacy.records.staff_tables import staff_accounts
from tests.support.clinic import LEASE, Clinic

__all__ = ["ANN", "BEN", "CLEO", "LEASE", "NOTICE", "Clinic"]

ANN, BEN, CLEO = 1, 2, 3
NOTICE = Reply(text="A person is here.", kind="notice")


@pytest.fixture
def clinic(database: Database, now: datetime) -> Clinic:
    """A clinic with three people."""
    with database.session() as session:
        session.execute(
            insert(staff_accounts),
            [
                {"id": number, "sign_in_name": name.lower(), "full_name": name, "role": "agent", "created_at": now}
                for number, name in ((ANN, "Ann"), (BEN, "Ben"), (CLEO, "Cleo"))
            ],
        )
    return Clinic(database=database, now=now)


@pytest.fixture
def ask(database: Database) -> Callable[..., Any]:
    """Run a query that only reads."""

    def run(query: Callable[..., Any], **options: Any) -> Any:
        with database.read_session() as session:
            return query(session, **options)

    return run


@pytest.fixture
def do(database: Database) -> Callable[..., Any]:
    """Run a query that may write, in a transaction of its own."""

    def run(query: Callable[..., Any], **options: Any) -> Any:
        with database.session() as session:
            return query(session, **options)

    return run
