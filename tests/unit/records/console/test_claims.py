"""Of all who want a conversation one gets it; while a person has it the assistant is silent; and it comes back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from candidacy.assistant.reply import Reply
from candidacy.records.console.claims import HANDED_BACK, Claim, Holder, claim, close, hand_back, take_from
from candidacy.records.console.tables import waits
from candidacy.records.conversation_lock import ConversationErased
from candidacy.records.conversations import conversation_state, request_person
from candidacy.records.database import Database
from candidacy.records.erasure import erase_conversation
from candidacy.records.messages import messages_after
from candidacy.records.staff_tables import staff_accounts
from candidacy.records.tables import messages
from candidacy.records.turns import claim_turn, finish_turn
from tests.unit.records.console.conftest import ANN, BEN, LEASE, NOTICE, Clinic

Ask = Callable[..., Any]
BACK = Reply(text="The assistant is back.", kind="notice")
CROWD = 50


@pytest.fixture
def conversation(clinic: Clinic) -> str:
    return clinic.begin()


def said(ask: Ask, conversation: str) -> list[tuple[str, str]]:
    return [(view.author, view.text) for view in ask(messages_after, conversation_id=conversation)]


def test_of_fifty_at_once_exactly_one_wins_and_the_others_see_who(
    clinic: Clinic, conversation: str, database: Database, at_once: Callable[..., list[Claim]]
) -> None:
    crowd = range(100, 100 + CROWD)
    with database.session() as session:
        session.execute(
            insert(staff_accounts),
            [
                {
                    "id": number,
                    "sign_in_name": f"s{number}",
                    "full_name": f"S{number}",
                    "role": "agent",
                    "created_at": clinic.now,
                }
                for number in crowd
            ],
        )

    def want(number: int) -> Claim:
        with database.session() as session:
            return claim(session, conversation_id=conversation, staff_id=crowd[number], notice=NOTICE, now=clinic.now)

    claims = at_once(CROWD, want)

    winners = [crowd[number] for number, made in enumerate(claims) if made.won]
    assert len(winners) == 1
    holder = Holder(staff_id=winners[0], name=f"S{winners[0]}", since=clinic.now)
    assert {made.holder for made in claims} == {holder}
    with database.read_session() as session:
        assert [view.text for view in messages_after(session, conversation_id=conversation)] == ["A person is here."]


def test_the_visitor_is_told_once(clinic: Clinic, conversation: str, do: Ask, ask: Ask) -> None:
    for _ in range(2):
        made = do(claim, conversation_id=conversation, staff_id=ANN, notice=NOTICE, now=clinic.now)
        assert made.won
    assert said(ask, conversation) == [("system", "A person is here.")]


def test_on_a_channel_that_sends_the_notice_is_queued(clinic: Clinic, do: Ask, database: Database) -> None:
    conversation = clinic.begin(channel="sms")
    do(claim, conversation_id=conversation, staff_id=ANN, notice=NOTICE, now=clinic.now)
    with database.read_session() as session:
        assert session.execute(select(messages.c.delivery_state)).scalar_one() == "queued"


def test_the_wait_ends_with_who_came(clinic: Clinic, conversation: str, do: Ask, database: Database) -> None:
    do(request_person, conversation_id=conversation, now=clinic.now)
    later = clinic.now + timedelta(minutes=3)
    do(claim, conversation_id=conversation, staff_id=BEN, notice=NOTICE, now=later)
    with database.read_session() as session:
        row = session.execute(select(waits)).one()
    assert (row.since, row.ended_at, row.how, row.staff_id) == (clinic.now, later, "claimed", BEN)


def test_an_erased_conversation_cannot_be_claimed(clinic: Clinic, conversation: str, do: Ask) -> None:
    do(erase_conversation, conversation_id=conversation, now=clinic.now)
    with pytest.raises(ConversationErased):
        do(claim, conversation_id=conversation, staff_id=ANN, notice=NOTICE, now=clinic.now)


def test_a_reply_that_comes_after_the_claim_is_not_said(
    clinic: Clinic, conversation: str, database: Database, do: Ask, ask: Ask
) -> None:
    clinic.write(conversation, "how long?")
    with database.session() as session:
        turn = claim_turn(session, owner="desk", now=clinic.now, lease=LEASE)
    do(claim, conversation_id=conversation, staff_id=ANN, notice=NOTICE, now=clinic.now)
    replies = [Reply(text="A few days.", kind="answer"), Reply(text="Call 911.", kind="emergency")]

    do(finish_turn, turn=turn, owner="desk", replies=replies, understanding=None, now=clinic.now)

    assert said(ask, conversation) == [
        ("visitor", "how long?"),
        ("system", "A person is here."),
        ("assistant", "Call 911."),
    ]


def test_handed_back_the_assistant_goes_on_and_what_was_typed_meanwhile_answers_nothing(
    clinic: Clinic, conversation: str, database: Database, do: Ask, ask: Ask
) -> None:
    do(claim, conversation_id=conversation, staff_id=ANN, notice=NOTICE, now=clinic.now)
    clinic.write(conversation, "yes, L1")

    assert do(hand_back, conversation_id=conversation, staff_id=ANN, notice=BACK, now=clinic.now)

    assert ask(conversation_state, conversation_id=conversation) == "assistant"
    with database.session() as session:
        meanwhile = claim_turn(session, owner="desk", now=clinic.now, lease=LEASE)
        assert meanwhile is not None
        # As while the person had it: it is looked at for danger, and not answered.
        assert (meanwhile.text, meanwhile.state) == ("yes, L1", "person")
        finish_turn(session, turn=meanwhile, owner="desk", replies=[], understanding=None, now=clinic.now)
    with database.session() as session:
        turn = claim_turn(session, owner="desk", now=clinic.now, lease=LEASE)
        assert turn is not None
        assert (turn.payload, turn.text, turn.state) == (HANDED_BACK, BACK.text, "assistant")
        finish_turn(
            session,
            turn=turn,
            owner="desk",
            replies=[Reply(text="Have you had a fracture?", kind="question", topic="fracture")],
            understanding=None,
            now=clinic.now,
        )
    assert said(ask, conversation)[-2:] == [
        ("system", "The assistant is back."),
        ("assistant", "Have you had a fracture?"),
    ]
    with database.session() as session:
        assert claim_turn(session, owner="desk", now=clinic.now, lease=LEASE) is None


def test_only_who_has_it_hands_it_back(clinic: Clinic, conversation: str, do: Ask, ask: Ask) -> None:
    assert not do(hand_back, conversation_id=conversation, staff_id=ANN, notice=BACK, now=clinic.now)
    do(claim, conversation_id=conversation, staff_id=ANN, notice=NOTICE, now=clinic.now)
    assert not do(hand_back, conversation_id=conversation, staff_id=BEN, notice=BACK, now=clinic.now)
    assert ask(conversation_state, conversation_id=conversation) == "person"


def test_it_is_taken_from_a_colleague_only_while_they_have_it(clinic: Clinic, conversation: str, do: Ask) -> None:
    do(claim, conversation_id=conversation, staff_id=ANN, notice=NOTICE, now=clinic.now)
    stale = do(take_from, conversation_id=conversation, holder_id=BEN, staff_id=3, now=clinic.now)
    assert not stale.won
    assert stale.holder.name == "Ann"
    assert do(take_from, conversation_id=conversation, holder_id=ANN, staff_id=BEN, now=clinic.now).won


def test_closed_it_opens_again_when_the_visitor_writes(clinic: Clinic, conversation: str, do: Ask, ask: Ask) -> None:
    do(claim, conversation_id=conversation, staff_id=ANN, notice=NOTICE, now=clinic.now)
    assert not do(close, conversation_id=conversation, staff_id=BEN, now=clinic.now)
    assert do(close, conversation_id=conversation, staff_id=ANN, now=clinic.now)
    assert ask(conversation_state, conversation_id=conversation) == "closed"
    assert not do(close, conversation_id=conversation, staff_id=ANN, now=clinic.now)

    clinic.write(conversation, "one more thing")

    assert ask(conversation_state, conversation_id=conversation) == "assistant"
