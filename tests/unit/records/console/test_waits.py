"""Nobody waits for ever: who waited too long is told, goes back to the assistant, and is called back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from candidacy.assistant.reply import Reply
from candidacy.records.console.call_backs import call_back_page
from candidacy.records.console.claims import claim
from candidacy.records.console.tables import waits
from candidacy.records.console.waits import give_up_waiting
from candidacy.records.conversations import conversation_state, request_person
from candidacy.records.database import Database
from candidacy.records.encryption import Cipher
from candidacy.records.messages import messages_after
from candidacy.records.visitor_sessions import end_session
from tests.unit.records.console.conftest import ANN, NOTICE, Clinic

Ask = Callable[..., Any]
PATIENCE = timedelta(minutes=10)


def give_up(do: Ask, now: datetime) -> list[str]:
    told: list[str] = do(
        give_up_waiting,
        patience=PATIENCE,
        notice=lambda channel: Reply(text=f"Nobody came ({channel}).", kind="handoff"),
        due_at=lambda since: since + timedelta(hours=4),
        now=now,
    )
    return told


def test_who_waited_too_long_is_told_and_queued(clinic: Clinic, do: Ask, ask: Ask, cipher: Cipher) -> None:
    late, early = clinic.begin(channel="sms"), clinic.begin()
    do(request_person, conversation_id=late, now=clinic.now)
    do(request_person, conversation_id=early, now=clinic.now + timedelta(minutes=1))
    now = clinic.now + PATIENCE

    assert give_up(do, now) == [late]

    assert ask(conversation_state, conversation_id=late) == "assistant"
    assert ask(conversation_state, conversation_id=early) == "waiting"
    assert [view.text for view in ask(messages_after, conversation_id=late)] == ["Nobody came (sms)."]
    (call,), _ = ask(call_back_page, cipher=cipher)
    assert (call.conversation_id, call.reason, call.due_at) == (late, "nobody_came", now + timedelta(hours=4))
    assert give_up(do, now) == []


def test_who_was_answered_or_left_is_not(clinic: Clinic, do: Ask, database: Database) -> None:
    answered, left = clinic.begin(), clinic.begin()
    for conversation in (answered, left):
        do(request_person, conversation_id=conversation, now=clinic.now)
    do(claim, conversation_id=answered, staff_id=ANN, notice=NOTICE, now=clinic.now)
    do(end_session, conversation_id=left, now=clinic.now)

    assert give_up(do, clinic.now + timedelta(days=1)) == []
    with database.read_session() as session:
        assert set(session.execute(select(waits.c.how)).scalars()) == {"claimed", "closed"}


def test_of_several_that_look_at_once_one_tells_them(
    clinic: Clinic, do: Ask, ask: Ask, at_once: Callable[..., list[list[str]]]
) -> None:
    waiting = [clinic.begin() for _ in range(5)]
    for conversation in waiting:
        do(request_person, conversation_id=conversation, now=clinic.now)

    told = at_once(4, lambda _: give_up(do, clinic.now + PATIENCE))

    assert sorted(conversation for some in told for conversation in some) == sorted(waiting)
    for conversation in waiting:
        assert len(ask(messages_after, conversation_id=conversation)) == 1
