"""Each message is answered by one turn, in order, once, also when the one who answers it dies."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from candidacy.assistant.reply import Reply
from candidacy.records.conversations import start_conversation
from candidacy.records.database import Database
from candidacy.records.dialogue_states import find_dialogue_state
from candidacy.records.erasure import erase_conversation
from candidacy.records.messages import messages_after, receive, say
from candidacy.records.tables import conversations, messages
from candidacy.records.turn import Turn
from candidacy.records.turns import claim_turn, extend_lease, finish_turn, release_turn

LEASE = timedelta(seconds=30)
ANSWER = Reply(text="A few days.", kind="answer", topic="faq/hospital_stay", facts=("F6",))
UNDERSTANDING = {"intent": {"name": "faq", "confidence": 0.93}, "findings": []}


class Desk:
    """One owner of turns, each call in a transaction of its own."""

    def __init__(self, database: Database, owner: str = "desk") -> None:
        self.database, self.owner = database, owner

    def claim(self, now: datetime, conversation_id: str | None = None) -> Turn | None:
        with self.database.session() as session:
            return claim_turn(session, owner=self.owner, now=now, lease=LEASE, conversation_id=conversation_id)

    def finish(self, turn: Turn | None, now: datetime, *replies: Reply, state: bytes | None = None) -> bool:
        assert turn is not None
        with self.database.session() as session:
            finished = finish_turn(
                session,
                turn=turn,
                owner=self.owner,
                replies=replies,
                understanding=UNDERSTANDING,
                dialogue_state=state,
                now=now,
            )
        return finished is not None

    def release(self, turn: Turn) -> bool:
        with self.database.session() as session:
            return release_turn(session, turn=turn, owner=self.owner)

    def extend(self, turn: Turn, now: datetime) -> bool:
        with self.database.session() as session:
            return extend_lease(session, turn=turn, owner=self.owner, now=now, lease=LEASE)


@pytest.fixture
def desk(database: Database) -> Desk:
    """Who answers."""
    return Desk(database)


@pytest.fixture
def rival(database: Database) -> Desk:
    """Another process that would answer too."""
    return Desk(database, owner="rival")


def send(database: Database, conversation: str, now: datetime, words: str = "how long?") -> int:
    """A visitor's message; returns its database id."""
    with database.session() as session:
        return receive(session, conversation_id=conversation, client_id=None, text=words, now=now).id


def another_conversation(database: Database, now: datetime) -> str:
    """A second conversation."""
    with database.session() as session:
        return start_conversation(session, channel="sms", now=now)[0]


def said(database: Database, conversation: str) -> list[tuple[str, str]]:
    """Who said what."""
    with database.read_session() as session:
        return [(view.author, view.text) for view in messages_after(session, conversation_id=conversation)]


def kept_state(database: Database, conversation: str) -> bytes | None:
    """The dialogue state that the next turn goes on from."""
    with database.read_session() as session:
        return find_dialogue_state(session, conversation_id=conversation)


def test_a_claimed_turn_says_all_that_is_needed_to_answer(database: Database, conversation: str, now: datetime) -> None:
    with database.session() as session:
        received = receive(
            session, conversation_id=conversation, client_id="a", text="Yes", payload='/answer{"a": "yes"}', now=now
        )

    assert Desk(database).claim(now) == Turn(
        message_id=received.id,
        conversation_id=conversation,
        channel="web",
        state="assistant",
        text="Yes",
        payload='/answer{"a": "yes"}',
        attempts=1,
    )


def test_where_nothing_waits_there_is_no_turn(desk: Desk, conversation: str, now: datetime) -> None:
    assert desk.claim(now) is None


def test_what_the_assistant_says_waits_for_no_answer(
    desk: Desk, database: Database, conversation: str, now: datetime
) -> None:
    with database.session() as session:
        say(session, conversation_id=conversation, replies=[ANSWER], now=now)

    assert desk.claim(now) is None


def test_a_finished_turn_is_stored_whole(desk: Desk, database: Database, conversation: str, now: datetime) -> None:
    message_id = send(database, conversation, now)

    assert desk.finish(desk.claim(now), now, ANSWER, ANSWER)

    with database.read_session() as session:
        question, *replies = session.execute(select(messages).order_by(messages.c.position)).all()
        lease = session.execute(select(conversations.c.lease_owner, conversations.c.lease_until)).one()
    assert (question.turn_state, question.understanding) == ("done", UNDERSTANDING)
    assert [(reply.author, reply.in_reply_to, reply.position) for reply in replies] == [
        ("assistant", message_id, 2),
        ("assistant", message_id, 3),
    ]
    assert lease == (None, None)
    assert desk.claim(now) is None


def test_a_turn_killed_while_it_is_stored_leaves_nothing_and_is_done_again(
    desk: Desk, database: Database, conversation: str, now: datetime
) -> None:
    send(database, conversation, now)
    turn = desk.claim(now)
    assert turn is not None

    def killed() -> None:
        with database.session() as session:
            finish_turn(
                session,
                turn=turn,
                owner="desk",
                replies=[ANSWER],
                understanding=UNDERSTANDING,
                dialogue_state=b"half",
                now=now,
            )
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        killed()

    assert said(database, conversation) == [("visitor", "how long?")]
    assert kept_state(database, conversation) is None
    assert desk.claim(now) is None
    assert desk.finish(turn, now, ANSWER)
    assert said(database, conversation) == [("visitor", "how long?"), ("assistant", "A few days.")]


def test_of_fifty_who_claim_at_once_one_wins(
    database: Database, conversation: str, now: datetime, at_once: Callable[..., list[Turn | None]]
) -> None:
    send(database, conversation, now)

    turns = at_once(50, lambda number: Desk(database, owner=f"desk {number}").claim(now))

    assert sum(turn is not None for turn in turns) == 1


def test_many_workers_answer_every_message_once_and_in_order(
    database: Database, now: datetime, at_once: Callable[..., list[None]]
) -> None:
    talks = [another_conversation(database, now) for _ in range(4)]
    for number in range(5):
        for talk in talks:
            send(database, talk, now, f"question {number}")
    answered: list[tuple[str, str]] = []

    def work(number: int) -> None:
        worker = Desk(database, owner=f"worker {number}")
        misses = 0
        while misses < 20:
            turn = worker.claim(now)
            if turn is None:
                misses += 1
                continue
            answered.append((turn.conversation_id, turn.text))
            assert worker.finish(turn, now, Reply(text=f"answer to {turn.text}", kind="answer"))

    at_once(6, work)

    assert len(answered) == 20
    for talk in talks:
        assert [words for of, words in answered if of == talk] == [f"question {number}" for number in range(5)]
        assert said(database, talk)[5:] == [("assistant", f"answer to question {number}") for number in range(5)]


def test_messages_of_one_conversation_are_answered_one_after_another(
    desk: Desk, rival: Desk, database: Database, conversation: str, now: datetime
) -> None:
    send(database, conversation, now, "first")
    send(database, conversation, now, "second")

    first = desk.claim(now)
    assert first is not None
    assert first.text == "first"
    assert rival.claim(now) is None

    desk.finish(first, now, ANSWER)
    second = rival.claim(now)
    assert second is not None
    assert second.text == "second"


def test_a_conversation_under_way_does_not_hold_up_others(
    desk: Desk, rival: Desk, database: Database, conversation: str, now: datetime
) -> None:
    other = another_conversation(database, now)
    send(database, conversation, now, "first")
    send(database, conversation, now, "second")
    send(database, other, now, "elsewhere")

    desk.claim(now)

    turn = rival.claim(now)
    assert turn is not None
    assert (turn.conversation_id, turn.channel) == (other, "sms")


def test_a_turn_can_be_looked_for_in_one_conversation(
    desk: Desk, database: Database, conversation: str, now: datetime
) -> None:
    other = another_conversation(database, now)
    send(database, conversation, now, "here")

    assert desk.claim(now, conversation_id=other) is None
    turn = desk.claim(now, conversation_id=conversation)
    assert turn is not None
    assert turn.text == "here"


def test_the_turn_of_one_who_died_is_taken_over_when_the_lease_ends(
    desk: Desk, rival: Desk, database: Database, conversation: str, now: datetime
) -> None:
    send(database, conversation, now)
    desk.claim(now)

    assert rival.claim(now + LEASE - timedelta(microseconds=1)) is None
    turn = rival.claim(now + LEASE)
    assert turn is not None
    assert turn.attempts == 2


def test_a_turn_goes_on_from_what_the_one_before_left(
    desk: Desk, database: Database, conversation: str, now: datetime
) -> None:
    gone_on_from = []
    for number, left in enumerate([b"first", None, b"third", b"fourth"]):
        send(database, conversation, now, f"message {number}")
        turn = desk.claim(now)
        assert turn is not None
        gone_on_from.append(turn.dialogue_state)
        assert desk.finish(turn, now, ANSWER, state=left)
    assert gone_on_from == [None, b"first", b"first", b"third"]
    assert kept_state(database, conversation) == b"fourth"


def test_who_lost_the_lease_writes_nothing(
    desk: Desk, rival: Desk, database: Database, conversation: str, now: datetime
) -> None:
    send(database, conversation, now)
    late = desk.claim(now)
    assert late is not None
    taken = rival.claim(now + LEASE)

    assert not desk.finish(late, now + LEASE, Reply(text="too late", kind="answer"), state=b"too late")
    assert not desk.release(late)
    assert not desk.extend(late, now + LEASE)
    assert said(database, conversation) == [("visitor", "how long?")]
    assert kept_state(database, conversation) is None
    assert rival.finish(taken, now + LEASE, ANSWER, state=b"in time")
    assert kept_state(database, conversation) == b"in time"
    assert not desk.finish(late, now + LEASE, Reply(text="too late", kind="answer"))
    assert said(database, conversation) == [("visitor", "how long?"), ("assistant", "A few days.")]


def test_an_owners_late_turn_is_not_its_next_one(
    desk: Desk, database: Database, conversation: str, now: datetime
) -> None:
    send(database, conversation, now)
    late = desk.claim(now)
    again = desk.claim(now + LEASE)

    assert not desk.finish(late, now + LEASE, ANSWER)
    assert desk.finish(again, now + LEASE, ANSWER)


def test_a_late_turn_that_nobody_took_over_still_counts(
    desk: Desk, database: Database, conversation: str, now: datetime
) -> None:
    send(database, conversation, now)
    turn = desk.claim(now)

    assert desk.finish(turn, now + 2 * LEASE, ANSWER)


def test_a_turn_is_finished_once(desk: Desk, database: Database, conversation: str, now: datetime) -> None:
    send(database, conversation, now)
    turn = desk.claim(now)

    assert desk.finish(turn, now, ANSWER)
    assert not desk.finish(turn, now, ANSWER)
    assert len(said(database, conversation)) == 2


def test_an_extended_lease_lasts_longer(
    desk: Desk, rival: Desk, database: Database, conversation: str, now: datetime
) -> None:
    send(database, conversation, now)
    turn = desk.claim(now)
    assert turn is not None

    assert desk.extend(turn, now + timedelta(seconds=20))

    assert rival.claim(now + LEASE) is None
    assert rival.claim(now + timedelta(seconds=20) + LEASE) is not None


def test_a_released_turn_can_be_claimed_at_once(
    desk: Desk, rival: Desk, database: Database, conversation: str, now: datetime
) -> None:
    send(database, conversation, now)
    turn = desk.claim(now)
    assert turn is not None

    assert desk.release(turn)

    again = rival.claim(now)
    assert again is not None
    assert again.attempts == 2
    assert not desk.finish(turn, now, ANSWER)


@pytest.mark.parametrize("state", ["assistant", "waiting", "person", "closed"])
def test_the_turn_says_who_has_the_conversation(
    desk: Desk, database: Database, conversation: str, now: datetime, state: str
) -> None:
    send(database, conversation, now)
    with database.session() as session:
        session.execute(update(conversations).values(state=state))

    turn = desk.claim(now)

    assert turn is not None
    assert turn.state == state


def test_a_turn_without_replies_marks_the_message_answered(
    desk: Desk, database: Database, conversation: str, now: datetime
) -> None:
    send(database, conversation, now)

    assert desk.finish(desk.claim(now), now)

    assert said(database, conversation) == [("visitor", "how long?")]
    assert desk.claim(now) is None


def test_when_the_turn_erased_the_conversation_the_goodbye_is_still_said(
    desk: Desk, database: Database, conversation: str, now: datetime
) -> None:
    send(database, conversation, now, "delete my data")
    turn = desk.claim(now)
    with database.session() as session:
        erase_conversation(session, conversation_id=conversation, now=now)

    assert desk.finish(turn, now, Reply(text="All is deleted.", kind="notice"), state=b"what was deleted")

    assert said(database, conversation) == [("assistant", "All is deleted.")]
    assert kept_state(database, conversation) is None
    with database.read_session() as session:
        assert session.execute(select(messages.c.in_reply_to)).scalar_one() is None


def test_a_stored_turn_can_be_left_for_a_channel_to_send(
    desk: Desk, database: Database, conversation: str, now: datetime
) -> None:
    send(database, conversation, now)
    turn = desk.claim(now)
    assert turn is not None

    with database.session() as session:
        finish_turn(
            session,
            turn=turn,
            owner="desk",
            replies=[ANSWER],
            understanding=None,
            delivery_state="queued",
            now=now,
        )

    with database.read_session() as session:
        rows = session.execute(select(messages.c.delivery_state).order_by(messages.c.position))
        assert list(rows.scalars()) == [None, "queued"]


def test_a_turns_words_do_not_show_where_it_is_printed(
    desk: Desk, database: Database, conversation: str, now: datetime
) -> None:
    send(database, conversation, now)
    desk.finish(desk.claim(now), now, ANSWER, state=b"what was said")
    send(database, conversation, now, "my back hurts")

    shown = repr(desk.claim(now))
    assert "my back hurts" not in shown
    assert "what was said" not in shown
