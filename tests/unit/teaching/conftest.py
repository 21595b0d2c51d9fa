"""A database with one correction that two people agreed on."""

from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import pytest
from sqlalchemy import insert

from candidacy.records.console.tables import corrections
from candidacy.records.conversations import start_conversation
from candidacy.records.database import Database
from candidacy.records.messages import receive
from candidacy.records.migrate import migrate
from candidacy.records.staff_tables import staff_accounts

NOW = datetime(2026, 3, 9, 15, tzinfo=timezone.utc)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    url = f"sqlite:///{tmp_path / 'candidacy.db'}"
    migrate(url)
    database = Database(url)
    yield database
    database.dispose()


@pytest.fixture
def conversation(database: Database) -> str:
    """The conversation that the correction is of."""
    with database.session() as session:
        people = [
            {"id": number, "sign_in_name": name, "full_name": name, "role": "reviewer", "created_at": NOW}
            for number, name in ((1, "ann"), (2, "ben"))
        ]
        session.execute(insert(staff_accounts), people)
        conversation_id, _ = start_conversation(session, channel="web", now=NOW)
        message = receive(session, conversation_id=conversation_id, client_id=None, text="any", now=NOW)
        session.execute(
            insert(corrections).values(
                conversation_id=conversation_id,
                message_id=message.id,
                staff_id=1,
                kind="topic",
                meant={"topic": "faq/hospital_stay"},
                redacted_text="how many sleeps on the ward [bed](x)",
                state="approved",
                at=NOW,
                reviewer_id=2,
                reviewed_at=NOW,
            )
        )
    return conversation_id
