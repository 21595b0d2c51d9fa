"""Who stores a message has its turn at once, where nothing is in the way; else it waits like any other."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from candidacy.assistant.reply import Reply
from candidacy.records.database import Database
from candidacy.records.messages import Received, receive, say
from candidacy.records.tables import conversations
from candidacy.records.turn import Taker, Turn
from candidacy.records.turns import claim_turn, finish_turn, release_turn
from candidacy.records.visitor_sessions import end_session
from candidacy.records.wake_ups import Kind, WakeUp, noted

LEASE = timedelta(seconds=30)
ANSWER = Reply(text="A few days.", kind="answer")


class Desk:
    """Stores messages and takes their turns, each in a transaction of its own."""

    def __init__(self, database: Database, conversation: str, now: datetime) -> None:
        self.database, self.conversation, self.now = database, conversation, now

    def store(self, text: str, **options: Any) -> Received:
        taker = Taker("desk", LEASE, lambda: self.now)
        options = {"client_id": text, "taker": taker, "now": self.now, **options}
        with self.database.session() as session:
            return receive(session, conversation_id=self.conversation, text=text, **options)

    def claim(self, *, owner: str = "rival", now: datetime | None = None) -> Turn | None:
        with self.database.session() as session:
            return claim_turn(session, owner=owner, now=now or self.now, lease=LEASE)

    def finish(self, turn: Turn | None) -> bool:
        assert turn is not None
        with self.database.session() as session:
            finished = finish_turn(
                session,
                turn=turn,
                owner="desk",
                replies=[ANSWER],
                understanding=None,
                dialogue_state=b"state",
                now=self.now,
            )
        return finished is not None


@pytest.fixture
def desk(database: Database, conversation: str, now: datetime) -> Desk:
    return Desk(database, conversation, now)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"payload": '/answer{"a": "yes"}'},
        {"client_id": None, "channel": "sms", "said_after": ("utter_texting_help",)},
    ],
)
def test_a_taken_turn_is_what_a_claim_would_give(desk: Desk, said: dict[str, Any]) -> None:
    desk.finish(desk.store("Hello").turn)
    taken = desk.store("Yes", **said).turn
    assert taken is not None
    with desk.database.session() as session:
        assert release_turn(session, turn=taken, owner="desk")

    claimed = desk.claim()

    assert claimed is not None
    assert (taken.attempts, claimed.attempts) == (1, 2)
    assert Turn(**{**vars(claimed), "attempts": 1}) == taken


def test_a_taken_turn_can_be_finished_and_nobody_else_has_it(desk: Desk) -> None:
    turn = desk.store("how long?").turn
    assert desk.claim() is None
    assert desk.finish(turn)
    assert desk.claim() is None


def test_a_taken_turn_whose_taker_died_is_claimed_when_its_lease_has_run_out(desk: Desk) -> None:
    turn = desk.store("how long?").turn
    again = desk.claim(now=desk.now + LEASE)
    assert again is not None
    assert again.text == "how long?"
    assert not desk.finish(turn)


def test_without_a_taker_a_message_waits(desk: Desk) -> None:
    assert desk.store("how long?", taker=None).turn is None
    assert desk.claim() is not None


def test_a_message_waits_for_the_turn_that_is_under_way(desk: Desk) -> None:
    first = desk.store("one").turn
    assert desk.store("two").turn is None
    assert desk.finish(first)
    second = desk.claim()
    assert second is not None
    assert second.text == "two"


def test_a_message_does_not_overtake_one_that_waits(desk: Desk) -> None:
    desk.store("one", taker=None)
    assert desk.store("two").turn is None
    first = desk.claim()
    assert first is not None
    assert first.text == "one"


def test_a_message_does_not_overtake_one_whose_lease_has_run_out(desk: Desk) -> None:
    desk.store("one")
    late = desk.now + LEASE
    assert desk.store("two", taker=Taker("desk", LEASE, lambda: late), now=late).turn is None


def test_the_assistants_own_turn_comes_first_too(desk: Desk) -> None:
    with desk.database.session() as session:
        say(session, conversation_id=desk.conversation, replies=[ANSWER], then_turn="/handed_back", now=desk.now)
    assert desk.store("one").turn is None


def test_what_is_only_kept_has_no_turn(desk: Desk) -> None:
    assert desk.store("STOP", answered=True).turn is None
    assert desk.store("one").turn is not None


def test_a_message_that_comes_twice_has_one_turn(desk: Desk) -> None:
    assert desk.store("one").turn is not None
    again = desk.store("one")
    assert again.duplicate
    assert again.turn is None


def test_a_closed_conversation_is_the_assistants_again(desk: Desk) -> None:
    with desk.database.session() as session:
        session.execute(conversations.update().values(state="closed"))
    turn = desk.store("one").turn
    assert turn is not None
    assert turn.state == "assistant"


def test_of_many_stored_at_once_one_has_its_turn(desk: Desk, at_once: Callable[..., list[Received]]) -> None:
    stored = at_once(8, lambda number: desk.store(str(number)))
    (taken,) = [received for received in stored if received.turn is not None]
    assert taken.position == 1


@pytest.mark.parametrize("taken", [True, False])
def test_others_are_told_only_of_a_turn_that_waits(
    database: Database, conversation: str, now: datetime, taken: bool
) -> None:
    taker = Taker("desk", LEASE, lambda: now) if taken else None
    with database.session() as session:
        receive(session, conversation_id=conversation, client_id=None, text="one", taker=taker, now=now)
        assert (WakeUp(Kind.TURN, conversation) in noted(session)) is not taken


@pytest.mark.parametrize("ended", [False, True])
def test_a_message_lets_the_session_last_unless_the_visitor_ended_it(desk: Desk, ended: bool) -> None:
    until = desk.now + timedelta(hours=1)
    if ended:
        with desk.database.session() as session:
            end_session(session, conversation_id=desk.conversation, now=desk.now)
    desk.store("one", session_until=until)
    with desk.database.read_session() as session:
        lasts_until = session.execute(select(conversations.c.session_expires_at)).scalar_one()
    assert lasts_until == (None if ended else until)


def test_a_turn_is_taken_for_its_whole_time_however_long_its_storing_waited(desk: Desk) -> None:
    began = desk.now + timedelta(minutes=1)
    taken = desk.store("Hello", taker=Taker("desk", LEASE, lambda: began)).turn
    assert taken is not None
    assert desk.claim(now=began + LEASE - timedelta(seconds=1)) is None
    assert desk.claim(now=began + LEASE) is not None
