"""A message is stored once, in one order, and shown without what is not the visitor's to see."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from candidacy.assistant.reply import Button, Reply
from candidacy.records.conversation_lock import ConversationErased, ConversationUnknown
from candidacy.records.conversations import start_conversation
from candidacy.records.database import Database
from candidacy.records.erasure import erase_conversation
from candidacy.records.messages import (
    ButtonView,
    MessageView,
    Received,
    find_received,
    messages_after,
    receive,
    say,
)
from candidacy.records.tables import conversations, messages

QUESTION = Reply(
    text="Have you had a fracture of the spine?",
    kind="question",
    buttons=(Button("Yes", '/answer{"fracture": "yes"}'), Button("No", '/answer{"fracture": "no"}')),
)
ANSWER = Reply(text="A few days.", kind="answer", topic="faq/hospital_stay", facts=("F6",))


def received(database: Database, conversation: str, now: datetime, text: str, client_id: str | None = None) -> Received:
    """Receive a message in a transaction of its own."""
    with database.session() as session:
        return receive(session, conversation_id=conversation, client_id=client_id, text=text, now=now)


def shown(database: Database, conversation: str, position: int = 0, limit: int = 200) -> list[MessageView]:
    """What the visitor sees."""
    with database.read_session() as session:
        return messages_after(session, conversation_id=conversation, position=position, limit=limit)


def test_a_message_sent_twice_is_stored_once(database: Database, conversation: str, now: datetime) -> None:
    first = received(database, conversation, now, "how long in hospital?", client_id="a")
    again = received(database, conversation, now + timedelta(seconds=3), "how long in hospital?", client_id="a")

    assert not first.duplicate
    assert again == Received(id=first.id, position=first.position, duplicate=True)
    assert len(shown(database, conversation)) == 1


def test_the_same_words_under_another_name_are_another_message(
    database: Database, conversation: str, now: datetime
) -> None:
    positions = [received(database, conversation, now, "yes", client_id=name).position for name in ("a", "b")]

    assert positions == [1, 2]


def test_a_message_without_a_name_is_always_new(database: Database, conversation: str, now: datetime) -> None:
    results = [received(database, conversation, now, "yes") for _ in range(2)]

    assert [(result.position, result.duplicate) for result in results] == [(1, False), (2, False)]


def test_the_same_name_in_another_conversation_is_another_message(
    database: Database, conversation: str, now: datetime
) -> None:
    with database.session() as session:
        other, _ = start_conversation(session, channel="web", now=now)

    assert not received(database, conversation, now, "hello", client_id="a").duplicate
    assert not received(database, other, now, "hello", client_id="a").duplicate


def test_of_the_same_message_many_times_at_once_one_is_stored(
    database: Database, conversation: str, now: datetime, at_once: Callable[..., list[Received]]
) -> None:
    results = at_once(12, lambda _: received(database, conversation, now, "hello", client_id="a"))

    assert [result.duplicate for result in results].count(False) == 1
    assert {(result.id, result.position) for result in results} == {(results[0].id, 1)}
    assert len(shown(database, conversation)) == 1


def test_of_many_writers_at_once_each_gets_its_own_position(
    database: Database, conversation: str, now: datetime, at_once: Callable[..., list[None]]
) -> None:
    def write(number: int) -> None:
        received(database, conversation, now, f"message {number}", client_id=str(number))
        with database.session() as session:
            say(session, conversation_id=conversation, replies=[ANSWER, ANSWER], now=now)

    at_once(12, write)

    assert [message.id for message in shown(database, conversation)] == list(range(1, 37))


def test_the_order_of_positions_is_the_order_of_database_ids(
    database: Database, conversation: str, now: datetime, at_once: Callable[..., list[Received]]
) -> None:
    results = at_once(12, lambda number: received(database, conversation, now, f"message {number}"))

    by_position = sorted(results, key=lambda result: result.position)
    assert by_position == sorted(results, key=lambda result: result.id)


def test_a_message_whose_transaction_died_was_never_received(
    database: Database, conversation: str, now: datetime
) -> None:
    def killed() -> None:
        with database.session() as session:
            receive(session, conversation_id=conversation, client_id="a", text="hello", now=now)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        killed()

    assert shown(database, conversation) == []
    assert received(database, conversation, now, "hello", client_id="a").position == 1


def test_receiving_is_an_activity(database: Database, conversation: str, now: datetime) -> None:
    later = now + timedelta(hours=1)
    received(database, conversation, later, "hello")

    with database.read_session() as session:
        assert session.execute(select(conversations.c.last_activity_at)).scalar_one() == later


def test_nothing_is_received_where_nothing_is(database: Database, conversation: str, now: datetime) -> None:
    with database.session() as session:
        erase_conversation(session, conversation_id=conversation, now=now)

    with pytest.raises(ConversationErased):
        received(database, conversation, now, "hello")
    with pytest.raises(ConversationUnknown):
        received(database, "nowhere", now, "hello")


def test_a_received_message_is_found_by_its_name(database: Database, conversation: str, now: datetime) -> None:
    first = received(database, conversation, now, "hello", client_id="a")

    with database.read_session() as session:
        found = find_received(session, conversation_id=conversation, client_id="a")
        assert found == Received(id=first.id, position=1, duplicate=True)
        assert find_received(session, conversation_id=conversation, client_id="b") is None


def test_the_visitor_sees_what_was_said_but_no_payload(database: Database, conversation: str, now: datetime) -> None:
    with database.session() as session:
        receive(session, conversation_id=conversation, client_id="a", text="Ask me", payload="/screening", now=now)
        assert say(session, conversation_id=conversation, replies=[ANSWER, QUESTION], now=now) == [2, 3]

    pressed, answer, question = shown(database, conversation)
    assert pressed == MessageView(
        id=1,
        author="visitor",
        kind=None,
        text="Ask me",
        buttons=(),
        topic=None,
        facts=(),
        at=now,
        client_id="a",
    )
    assert answer == MessageView(
        id=2,
        author="assistant",
        kind="answer",
        text="A few days.",
        buttons=(),
        topic="faq/hospital_stay",
        facts=("F6",),
        at=now,
        client_id=None,
    )
    assert question.buttons == (ButtonView(id="3-1", title="Yes"), ButtonView(id="3-2", title="No"))
    assert "/answer" not in str(question)


def test_messages_are_read_on_from_a_position(database: Database, conversation: str, now: datetime) -> None:
    for number in range(5):
        received(database, conversation, now, f"message {number}")

    assert [message.id for message in shown(database, conversation, position=3)] == [4, 5]
    assert [message.id for message in shown(database, conversation, position=1, limit=2)] == [2, 3]
    assert shown(database, conversation, position=5) == []
    assert shown(database, "nowhere") == []


def test_to_say_nothing_is_no_activity(database: Database, conversation: str, now: datetime) -> None:
    with database.session() as session:
        assert say(session, conversation_id=conversation, replies=[], now=now + timedelta(hours=1)) == []

    with database.read_session() as session:
        assert session.execute(select(conversations.c.last_activity_at)).scalar_one() == now


def test_a_channel_that_sends_gets_its_messages_queued(database: Database, conversation: str, now: datetime) -> None:
    with database.session() as session:
        say(session, conversation_id=conversation, replies=[ANSWER], delivery_state="queued", now=now)

    with database.read_session() as session:
        assert session.execute(select(messages.c.delivery_state)).scalar_one() == "queued"


@pytest.mark.parametrize("author", ["assistant", "staff", "system"])
def test_who_speaks_to_the_visitor_is_named(database: Database, conversation: str, now: datetime, author: str) -> None:
    with database.session() as session:
        say(session, conversation_id=conversation, replies=[ANSWER], author=author, now=now)

    assert [message.author for message in shown(database, conversation)] == [author]


def test_nobody_speaks_in_the_visitors_name(database: Database, conversation: str, now: datetime) -> None:
    with database.session() as session, pytest.raises(ValueError, match="must be one of"):
        say(session, conversation_id=conversation, replies=[ANSWER], author="visitor", now=now)


def test_nothing_is_said_where_nothing_is(database: Database, now: datetime) -> None:
    with database.session() as session, pytest.raises(ConversationUnknown):
        say(session, conversation_id="nowhere", replies=[ANSWER], now=now)


def test_an_erased_message_gives_its_id_to_no_other(database: Database, conversation: str, now: datetime) -> None:
    first = received(database, conversation, now, "hello")
    with database.session() as session:
        erase_conversation(session, conversation_id=conversation, now=now)
        other, _ = start_conversation(session, channel="web", now=now)

    assert received(database, other, now, "hello").id > first.id
    with database.read_session() as session:
        assert session.execute(select(func.count()).select_from(messages)).scalar_one() == 1


def test_a_messages_text_does_not_show_where_it_is_printed(
    database: Database, conversation: str, now: datetime
) -> None:
    received(database, conversation, now, "my back hurts")

    assert "my back hurts" not in repr(shown(database, conversation))
