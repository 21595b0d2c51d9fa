"""Who waited too long is told in the words of the domain, and whoever listens hears it."""

from datetime import datetime, timedelta, timezone

import pytest

from candidacy.assistant.texts import Texts
from candidacy.casework.call_back_rules import load_call_back_rules
from candidacy.frontdesk.waiting import WaitingRoom
from candidacy.records.conversations import conversation_state, request_person, start_conversation
from candidacy.records.database import Database
from candidacy.records.messages import messages_after
from candidacy.settings import Settings

pytestmark = pytest.mark.anyio
PATIENCE = timedelta(minutes=10)
NOW = datetime(2026, 3, 9, 15, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("waited", "told"), [(PATIENCE - timedelta(seconds=1), []), (PATIENCE, ["utter_nobody_came (212) 430-0312"])]
)
async def test_patience(
    database: Database, texts: Texts, settings: Settings, waited: timedelta, told: list[str]
) -> None:
    announced: list[str] = []
    with database.session() as session:
        conversation, _ = start_conversation(session, channel="web", now=NOW)
        request_person(session, conversation_id=conversation, now=NOW)
    room = WaitingRoom(
        database=database,
        texts=texts,
        call_backs=load_call_back_rules(hours=settings.hours, timezone=settings.timezone),
        patience=PATIENCE,
        announce=announced.append,
        now=lambda: NOW + waited,
    )

    await room.look()
    await room.look()

    with database.read_session() as session:
        assert [view.text for view in messages_after(session, conversation_id=conversation)] == told
        assert conversation_state(session, conversation_id=conversation) == ("assistant" if told else "waiting")
    assert announced == [conversation] * len(told)
