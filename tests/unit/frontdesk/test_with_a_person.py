"""Somebody of the staff has the conversation on the website: the assistant says nothing there but danger advice."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from sqlalchemy import insert, select

from candidacy.assistant.reply import Reply
from candidacy.records.console.claims import HANDED_BACK, claim, hand_back
from candidacy.records.console.red_flags import red_flags_of
from candidacy.records.conversations import start_conversation
from candidacy.records.database import Database
from candidacy.records.messages import messages_after, receive
from candidacy.records.staff_tables import staff_accounts
from candidacy.records.tables import conversations

pytestmark = pytest.mark.anyio
CALL_911 = "utter_emergency (212) 430-0312"


@pytest.fixture
def staff(database: Database, clock: Callable[[], Any]) -> Callable[..., Any]:
    """Does something as Ann in the only conversation."""
    with database.session() as session:
        values = {"sign_in_name": "ann", "full_name": "Ann", "role": "agent", "created_at": clock()}
        ann = session.execute(insert(staff_accounts).values(values)).inserted_primary_key[0]

    def do(query: Callable[..., Any], notice: str) -> Any:
        with database.session() as session:
            conversation_id = session.execute(select(conversations.c.id)).scalar_one()
            said = Reply(text=notice, kind="notice")
            return query(session, conversation_id=conversation_id, staff_id=ann, notice=said, now=clock())

    return do


def alarms(database: Database) -> list[str]:
    with database.read_session() as session:
        row = session.execute(select(conversations.c.id, conversations.c.alarming)).one()
        levels = [flag.level for flag in red_flags_of(session, conversation_id=row.id)]
    assert row.alarming == bool(levels)
    return levels


async def test_danger_is_advised_and_alarms_and_all_else_is_left_to_the_person(
    visitor: httpx.AsyncClient, staff: Any, read_until: Any, assistant: Any, database: Database
) -> None:
    staff(claim, "A person is here.")
    for client_id, text in (("a", "who is there?"), ("b", "I am numb")):
        await visitor.post("/api/chat/messages", json={"client_id": client_id, "text": text})
    said = [message["text"] for message in await read_until(visitor, count=5)]
    assert said[1:3] == ["A person is here.", "who is there?"]
    assert said[3:] == ["I am numb", CALL_911]
    assert alarms(database) == ["emergency"]
    assert assistant.asked == []


async def test_danger_that_nobody_had_looked_at_when_it_was_given_back_is_advised(
    staff: Any, database: Database, clock: Any, assistant: Any, make_runner: Any, until: Any
) -> None:
    with database.session() as session:
        conversation_id, _ = start_conversation(session, channel="web", now=clock())
    staff(claim, "A person is here.")
    for text in ("yes", "I am numb"):
        with database.session() as session:
            receive(session, conversation_id=conversation_id, client_id=text, text=text, now=clock())
    staff(hand_back, "The assistant is back.")
    runner = make_runner()
    runner.start()

    async def look() -> list[str] | None:
        with database.read_session() as session:
            said = [view.text for view in messages_after(session, conversation_id=conversation_id)]
        return said if len(said) >= 6 else None

    said = await until(look)
    await runner.stop(grace_seconds=1)
    assert said == ["A person is here.", "yes", "I am numb", "The assistant is back.", CALL_911, f"heard {HANDED_BACK}"]
    assert alarms(database) == ["emergency"]
    assert [turn["payload"] for turn in assistant.asked] == [HANDED_BACK]
