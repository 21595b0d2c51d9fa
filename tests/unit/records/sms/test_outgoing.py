"""What goes out is claimed in order by one at a time; danger advice waits for nothing."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from candidacy.assistant.reply import Reply
from candidacy.records.database import Database
from candidacy.records.erasure import erase_conversation
from candidacy.records.messages import say
from candidacy.records.sms.outgoing import (
    Outgoing,
    claim_outgoing,
    fail_outgoing,
    find_sent_text,
    finish_outgoing,
    hold_outgoing,
    note_part_sent,
    postpone_outgoing,
    release_held,
)
from candidacy.records.sms.parts import Part, lock_part, set_part_state
from candidacy.records.sms.texters import start_texts, stop_texts
from candidacy.records.tables import messages

HIDDEN = timedelta(seconds=30)


@pytest.fixture
def tell(database: Database, texting: str, now: datetime) -> Callable[..., None]:
    def tell(*texts: str) -> None:
        replies = [Reply(text=text, kind="emergency" if text.startswith("Call") else "answer") for text in texts]
        with database.session() as session:
            say(session, conversation_id=texting, replies=replies, delivery_state="queued", now=now)

    return tell


def claim(database: Database, now: datetime) -> Outgoing | None:
    with database.session() as session:
        return claim_outgoing(session, now=now, hidden_until=now + HIDDEN)


def claimed(database: Database, now: datetime) -> Outgoing:
    outgoing = claim(database, now)
    assert outgoing is not None
    return outgoing


def hold(database: Database, outgoing: Outgoing, until: datetime) -> bool:
    with database.session() as session:
        return hold_outgoing(session, outgoing=outgoing, until=until)


def test_what_is_held_back_goes_out_at_its_time_whatever_the_hour(
    database: Database, tell: Callable[..., None], now: datetime
) -> None:
    tell("one", "two")
    first = claimed(database, now)
    assert not first.at_any_hour
    morning = now + timedelta(hours=9)
    assert hold(database, first, morning)
    assert not hold(database, first, morning)
    assert claim(database, morning - timedelta(seconds=1)) is None
    again = claimed(database, morning)
    assert (again.reply.text, again.attempts, again.at_any_hour) == ("one", 1, True)


def test_what_is_held_back_is_let_go_with_all_behind_it(
    database: Database, texting: str, tell: Callable[..., None], now: datetime
) -> None:
    tell("one", "two")
    hold(database, claimed(database, now), now + timedelta(hours=9))
    with database.session() as session:
        release_held(session, conversation_id=texting, now=now)
    first = claimed(database, now)
    send(database, first, now)
    assert finish(database, first)
    second = claimed(database, now)
    assert [first.reply.text, second.reply.text] == ["one", "two"]
    assert first.at_any_hour
    assert second.at_any_hour


def send(database: Database, outgoing: Outgoing, now: datetime, *, number: int = 1) -> bool:
    with database.session() as session:
        return note_part_sent(
            session, outgoing=outgoing, number=number, message_sid=f"SM{number}", now=now, hidden_until=now + HIDDEN
        )


def finish(database: Database, outgoing: Outgoing) -> bool:
    with database.session() as session:
        return finish_outgoing(session, outgoing=outgoing)


def test_messages_are_claimed_one_after_the_other(database: Database, tell: Callable[..., None], now: datetime) -> None:
    tell("first", "second")
    first = claimed(database, now)
    assert (first.reply.text, first.attempts, first.number_encrypted) == ("first", 1, b"encrypted for SM1")
    assert claim(database, now) is None
    assert send(database, first, now)
    assert finish(database, first)
    assert claimed(database, now).reply.text == "second"


def test_danger_advice_goes_before_what_is_under_way(
    database: Database, tell: Callable[..., None], now: datetime
) -> None:
    tell("first", "second")
    claimed(database, now)
    tell("Call 911 now.")
    assert claimed(database, now).reply.text == "Call 911 now."
    assert claim(database, now) is None


def test_of_many_claims_at_once_one_has_it(
    database: Database, tell: Callable[..., None], now: datetime, at_once: Callable[..., list[Outgoing | None]]
) -> None:
    tell("first", "second")
    found = at_once(8, lambda _: claim(database, now))
    assert [outgoing.reply.text for outgoing in found if outgoing] == ["first"]


def test_a_claim_that_is_not_finished_can_be_taken_over_and_then_writes_nothing(
    database: Database, tell: Callable[..., None], now: datetime
) -> None:
    tell("first")
    late = claimed(database, now)
    assert send(database, late, now)
    second = claimed(database, now + HIDDEN)
    assert (second.attempts, second.parts_sent) == (2, frozenset({1}))
    assert not send(database, late, now, number=2)
    assert not finish(database, late)
    with database.session() as session:
        assert not postpone_outgoing(session, outgoing=late, until=now, error="late")
        assert not fail_outgoing(session, outgoing=late, error="late")


def test_what_is_postponed_holds_up_the_next(database: Database, tell: Callable[..., None], now: datetime) -> None:
    tell("first", "second")
    first = claimed(database, now)
    with database.session() as session:
        assert postpone_outgoing(session, outgoing=first, until=now + timedelta(minutes=1), error="busy")
    assert claim(database, now + timedelta(seconds=59)) is None
    assert claimed(database, now + timedelta(seconds=60)).reply.text == "first"


def test_what_is_given_up_does_not(database: Database, tell: Callable[..., None], now: datetime) -> None:
    tell("first", "second")
    first = claimed(database, now)
    with database.session() as session:
        assert fail_outgoing(session, outgoing=first, error="no such number")
    assert claimed(database, now).reply.text == "second"


def test_who_stops_in_between_gets_no_further_part(
    database: Database, tell: Callable[..., None], now: datetime
) -> None:
    tell("first")
    outgoing = claimed(database, now)
    with database.session() as session:
        stop_texts(session, sender_key="sender", now=now)
    assert not send(database, outgoing, now)
    with database.session() as session:
        start_texts(session, sender_key="sender")
    assert send(database, outgoing, now, number=2)


def test_reports_and_what_is_noted_of_a_part_at_once_are_both_kept(
    database: Database, tell: Callable[..., None], now: datetime, at_once: Callable[..., list[bool]]
) -> None:
    tell("first")
    outgoing = claimed(database, now)
    part = Part(message_id=outgoing.message_id, number=1)

    def report() -> bool:
        with database.session() as session:
            lock_part(session, part=part, now=now)
            set_part_state(session, part=part, message_sid="SM1", state="delivered", error=None, now=now)
        return True

    def note() -> bool:
        return send(database, outgoing, now) and finish(database, outgoing)

    assert at_once(2, lambda number: (report, note)[number]()) == [True, True]
    with database.read_session() as session:
        row = session.execute(messages.select().where(messages.c.id == outgoing.message_id)).one()
    # Whichever came first: a report before the part was noted is overtaken by nothing.
    assert row.delivery_state == "delivered"


def test_a_message_that_was_erased_meanwhile_is_left(
    database: Database, tell: Callable[..., None], texting: str, now: datetime
) -> None:
    tell("first")
    outgoing = claimed(database, now)
    with database.session() as session:
        erase_conversation(session, conversation_id=texting, now=now)
    assert not send(database, outgoing, now)
    assert not finish(database, outgoing)


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (("sent", "sent"), "sent"),
        (("delivered", "sent"), "sent"),
        (("delivered", "delivered"), "delivered"),
        (("delivered", "failed"), "failed"),
        (("failed", "sent"), "failed"),
    ],
)
def test_a_message_is_as_its_parts(
    database: Database, tell: Callable[..., None], now: datetime, states: tuple[str, str], expected: str
) -> None:
    tell("first")
    outgoing = claimed(database, now)
    for number in (1, 2):
        send(database, outgoing, now, number=number)
    with database.session() as session:
        for number, state in enumerate(states, start=1):
            part = Part(message_id=outgoing.message_id, number=number)
            assert lock_part(session, part=part, now=now) == "sent"
            set_part_state(session, part=part, message_sid=f"SM{number}", state=state, error=None, now=now)
    finish(database, outgoing)
    with database.read_session() as session:
        row = session.execute(messages.select().where(messages.c.id == outgoing.message_id)).one()
    assert row.delivery_state == expected


def test_a_text_opens_for_a_while(database: Database, tell: Callable[..., None], now: datetime) -> None:
    tell("first")
    message_id = claimed(database, now).message_id
    with database.read_session() as session:
        assert find_sent_text(session, message_id=message_id, since=now - timedelta(minutes=1)) == "first"
        assert find_sent_text(session, message_id=message_id, since=now) is None
        assert find_sent_text(session, message_id=999, since=now - timedelta(minutes=1)) is None
