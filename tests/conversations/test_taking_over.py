"""A person takes a conversation in the middle of the questions, and gives it back; danger is advised meanwhile."""

import time
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import insert

from candidacy.assistant.saved_slots import saved_slots
from candidacy.records.console.claims import claim, hand_back
from candidacy.records.console.red_flags import red_flags_of
from candidacy.records.console.staff_messages import send
from candidacy.records.database import Database
from candidacy.records.staff_tables import staff_accounts
from tests.support.conversation import Visitor
from tests.support.stack import Stack

PATIENCE_SECONDS = 15


def now() -> datetime:
    return datetime.now(timezone.utc)


def do(database: Database, query: Callable[..., Any], **options: Any) -> Any:
    with database.session() as session:
        return query(session, now=now(), **options)


def texts_after(visitor: Visitor, position: int, *, count: int) -> list[str]:
    """The texts after a position, once there are so many."""
    end = time.monotonic() + PATIENCE_SECONDS
    while len(found := visitor.messages_after(position)) < count:
        assert time.monotonic() < end, found
        time.sleep(0.1)
    return [message["text"] for message in found]


def add_staff(stack: Stack, *, name: str) -> int:
    """An account of the clinic's staff."""
    account = {"sign_in_name": name, "full_name": name.title(), "role": "agent", "created_at": now()}
    with stack.database.session() as session:
        added = session.execute(insert(staff_accounts).values(account))
        return int(added.inserted_primary_key[0])


def test_taken_over_in_the_middle_and_handed_back(stack: Stack) -> None:
    texts = stack.texts
    question = texts.reply("utter_ask_fracture").text
    visitor = Visitor(stack)
    for answer in ("Answer screening questions", "Yes, start"):
        visitor.press(answer)
    for answer in ("it's for me", "I'm 71", "none of these"):
        asked = visitor.say(answer)
    assert asked[-1]["text"] == question
    place = {"conversation_id": visitor.conversation, "staff_id": add_staff(stack, name="ann")}

    assert do(stack.database, claim, notice=texts.reply("utter_person_has_conversation"), **place).won
    position = asked[-1]["id"] + 1
    posted = visitor.http.post("/api/chat/messages", json={"client_id": "meanwhile", "text": "yes, I broke L1"})
    assert posted.status_code == 202
    do(stack.database, send, client_id="a", text="Hello, this is Ann.", **place)
    assert texts_after(visitor, position, count=2) == ["yes, I broke L1", "Hello, this is Ann."]

    assert do(stack.database, hand_back, notice=texts.reply("utter_assistant_is_back"), **place)

    back = texts_after(visitor, position + 2, count=2)
    assert back == [texts.reply("utter_assistant_is_back").text, question]
    with stack.database.read_session() as session:
        slots = saved_slots(session, cipher=stack.cipher, conversation_id=visitor.conversation)
    assert slots.get("fracture") is None
    assert slots["requested_slot"] == "fracture"

    answered = visitor.say("no fracture")
    assert answered[-1]["text"] == texts.reply("utter_ask_age_related").text


def test_danger_said_to_a_person_is_advised_at_once_and_alarms_and_nothing_else_is_said(stack: Stack) -> None:
    texts = stack.texts
    visitor = Visitor(stack)
    place = {"conversation_id": visitor.conversation, "staff_id": add_staff(stack, name="ben")}
    assert do(stack.database, claim, notice=texts.reply("utter_person_has_conversation"), **place).won
    position = visitor.messages_after(0)[-1]["id"]
    written = [
        "How long does it take?",
        "I can't control my bladder anymore and I'm numb between my legs",
        "yes",
    ]

    for client_id, text in enumerate(written):
        posted = visitor.http.post("/api/chat/messages", json={"client_id": str(client_id), "text": text})
        assert posted.status_code == 202
        texts_after(visitor, position, count=client_id + 1)

    advice = texts.reply("utter_emergency").text
    assert sorted(texts_after(visitor, position, count=4)) == sorted([*written, advice])
    do(stack.database, send, client_id="b", text="Hello, this is Ben.", **place)
    assert texts_after(visitor, position, count=5)[-1] == "Hello, this is Ben."
    with stack.database.read_session() as session:
        flags = red_flags_of(session, conversation_id=visitor.conversation)
        slots = saved_slots(session, cipher=stack.cipher, conversation_id=visitor.conversation)
    assert [flag.level for flag in flags] == ["emergency"]
    assert not any(slots.values())
