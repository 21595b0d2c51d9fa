"""What staff say reaches the visitor once, and only from the one who has the conversation."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from candidacy.records.console.claims import claim
from candidacy.records.console.staff_messages import NotTheirs, send
from candidacy.records.console.transcript import transcript_page
from candidacy.records.database import Database
from candidacy.records.messages import messages_after
from candidacy.records.tables import messages
from tests.unit.records.console.conftest import ANN, BEN, NOTICE, Clinic

Ask = Callable[..., Any]


@pytest.fixture
def claimed(clinic: Clinic, do: Ask) -> str:
    conversation = clinic.begin()
    do(claim, conversation_id=conversation, staff_id=ANN, notice=NOTICE, now=clinic.now)
    return conversation


def test_the_visitor_reads_it_and_colleagues_see_who_said_it(clinic: Clinic, claimed: str, do: Ask, ask: Ask) -> None:
    do(send, conversation_id=claimed, staff_id=ANN, client_id="a", text=" Hello. ", now=clinic.now)

    view = ask(messages_after, conversation_id=claimed)[-1]
    assert (view.author, view.text, view.kind) == ("staff", "Hello.", None)
    message = ask(transcript_page, conversation_id=claimed).messages[-1]
    assert (message.author, message.staff) == ("staff", "Ann")


def test_sent_at_once_by_an_impatient_finger_it_is_said_once(
    clinic: Clinic, claimed: str, database: Database, at_once: Callable[..., list[int]], ask: Ask
) -> None:
    def press(_: int) -> int:
        with database.session() as session:
            return send(session, conversation_id=claimed, staff_id=ANN, client_id="a", text="Hello.", now=clinic.now)

    assert set(at_once(10, press)) == {2}
    assert [view.text for view in ask(messages_after, conversation_id=claimed)] == ["A person is here.", "Hello."]


def test_on_a_channel_that_sends_it_is_queued(clinic: Clinic, do: Ask, database: Database) -> None:
    conversation = clinic.begin(channel="sms")
    do(claim, conversation_id=conversation, staff_id=ANN, notice=NOTICE, now=clinic.now)
    do(send, conversation_id=conversation, staff_id=ANN, client_id="a", text="Hello.", now=clinic.now)
    with database.read_session() as session:
        states = session.execute(select(messages.c.delivery_state).where(messages.c.author == "staff"))
        assert states.scalar_one() == "queued"


def test_others_are_told_who_has_it(clinic: Clinic, claimed: str, do: Ask) -> None:
    with pytest.raises(NotTheirs) as refused:
        do(send, conversation_id=claimed, staff_id=BEN, client_id="b", text="Hello.", now=clinic.now)
    assert refused.value.holder is not None
    assert refused.value.holder.name == "Ann"


def test_unclaimed_nobody_answers_it(clinic: Clinic, do: Ask) -> None:
    with pytest.raises(NotTheirs):
        do(send, conversation_id=clinic.begin(), staff_id=ANN, client_id="a", text="Hello.", now=clinic.now)


def test_nothing_is_not_said(clinic: Clinic, claimed: str, do: Ask) -> None:
    with pytest.raises(ValueError, match="must say something"):
        do(send, conversation_id=claimed, staff_id=ANN, client_id="a", text="  ", now=clinic.now)
