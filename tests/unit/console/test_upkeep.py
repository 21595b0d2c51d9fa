"""The console deletes by itself what is old enough, and what erased people left on disk."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import select

from candidacy.console.upkeep import Upkeep
from candidacy.records.audit import audit_page
from candidacy.records.console.exports import record_export
from candidacy.records.console.tables import search_purges_due
from candidacy.records.conversations import start_conversation
from candidacy.records.database import Database
from candidacy.records.encryption import Cipher
from candidacy.records.messages import messages_after, receive

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 3, 9, 15, tzinfo=timezone.utc)
MANY = 25
CIPHER = Cipher([Fernet.generate_key().decode()])


def conversation(database: Database, *, at: datetime) -> str:
    with database.session() as session:
        conversation_id, _ = start_conversation(session, channel="web", now=at)
        receive(session, conversation_id=conversation_id, client_id=None, text="hello", now=at)
    return conversation_id


def left(database: Database, conversation_id: str) -> int:
    with database.read_session() as session:
        return len(messages_after(session, conversation_id=conversation_id))


@pytest.mark.parametrize(("retention", "kept"), [(timedelta(days=365), 0), (None, 1)])
async def test_what_is_old_enough_goes(
    database: Database, tmp_path: Path, retention: timedelta | None, kept: int
) -> None:
    old = [conversation(database, at=NOW - timedelta(days=366)) for _ in range(MANY)]
    recent = conversation(database, at=NOW - timedelta(days=364))
    file = tmp_path / "list.csv"
    file.write_text("hello")
    with database.session() as session:
        record_export(session, path=file, made_by="ann", conversation_ids=old[:1], now=NOW)

    await Upkeep(database=database, retention=retention, cipher=CIPHER, audit_key=b"k" * 32, now=lambda: NOW).run()

    assert {left(database, one) for one in old} == {kept}
    assert left(database, recent) == 1
    assert file.exists() == bool(kept)
    with database.read_session() as session:
        assert len(audit_page(session)) == (0 if kept else MANY)
        assert session.execute(select(search_purges_due)).all() == []
