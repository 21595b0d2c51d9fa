"""On PostgreSQL, what one process stored is told to the others, once it is committed."""

import select
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.engine import make_url

from candidacy.assistant.reply import Reply
from candidacy.records.conversations import start_conversation
from candidacy.records.database import Database, NotListening
from candidacy.records.messages import messages_after, receive, say
from candidacy.records.visitor_sessions import end_session
from candidacy.records.wake_ups import Kind, Listener, WakeUp
from tests.support.postgresql import create_postgresql_database, execute_on_server

PATIENCE_SECONDS = 10
HELLO = Reply(text="Hello.", kind="notice")


@pytest.fixture
def url(postgresql: Any, migrated_template: str) -> str:
    return create_postgresql_database(postgresql, name=f"test_{uuid4().hex}", template=migrated_template)


@pytest.fixture
def here(url: str) -> Iterator[Database]:
    """The database as the process that stores something has it."""
    database = Database(url)
    yield database
    database.dispose()


@pytest.fixture
def there(url: str) -> Iterator[Database]:
    """The same one as another process has it."""
    database = Database(url)
    yield database
    database.dispose()


@pytest.fixture
def conversation(here: Database, now: datetime) -> str:
    with here.session() as session:
        return start_conversation(session, channel="web", now=now)[0]


@pytest.fixture
def listener(there: Database, conversation: str) -> Iterator[Listener]:
    listener = there.listen()
    yield listener
    listener.close()


def heard(listener: Listener) -> tuple[WakeUp, ...]:
    """What comes next."""
    readable, _, _ = select.select([listener], [], [], PATIENCE_SECONDS)
    assert readable, "nothing came"
    return listener.take()


def hear_on(listener: Listener) -> None:
    """Take what comes, for good."""
    while True:
        heard(listener)


def nothing_is_heard(listener: Listener, database: Database, *, marker: str, now: datetime) -> bool:
    """Whether the next that comes is what is stored now, and so nothing came before."""
    with database.session() as session:
        say(session, conversation_id=marker, replies=[HELLO], now=now)
    return heard(listener) == (WakeUp(Kind.NEWS, marker),)


def test_a_visitors_message_is_news_and_waits_for_its_turn(
    here: Database, listener: Listener, conversation: str, now: datetime
) -> None:
    with here.session() as session:
        receive(session, conversation_id=conversation, client_id="1", text="How long?", now=now)
    assert heard(listener) == (WakeUp(Kind.NEWS, conversation), WakeUp(Kind.TURN, conversation))


def test_a_message_that_needs_no_turn_is_news_alone(
    here: Database, listener: Listener, conversation: str, now: datetime
) -> None:
    with here.session() as session:
        receive(session, conversation_id=conversation, client_id="1", text="STOP", answered=True, now=now)
    assert heard(listener) == (WakeUp(Kind.NEWS, conversation),)


def test_what_the_assistant_is_to_go_on_with_waits_for_its_turn(
    here: Database, listener: Listener, conversation: str, now: datetime
) -> None:
    with here.session() as session:
        say(session, conversation_id=conversation, replies=[HELLO], then_turn="/resume", now=now)
    assert heard(listener) == (WakeUp(Kind.NEWS, conversation), WakeUp(Kind.TURN, conversation))


def test_the_end_of_a_session_is_news(here: Database, listener: Listener, conversation: str, now: datetime) -> None:
    with here.session() as session:
        end_session(session, conversation_id=conversation, now=now)
    assert heard(listener) == (WakeUp(Kind.NEWS, conversation),)


def test_several_conversations_of_one_transaction_are_told_once_each(
    here: Database, listener: Listener, conversation: str, now: datetime
) -> None:
    with here.session() as session:
        other, _ = start_conversation(session, channel="web", now=now)
        for conversation_id in (conversation, other, conversation):
            say(session, conversation_id=conversation_id, replies=[HELLO], now=now)
    assert heard(listener) == (WakeUp(Kind.NEWS, conversation), WakeUp(Kind.NEWS, other))


def test_who_is_told_can_read_it(
    here: Database, there: Database, listener: Listener, conversation: str, now: datetime
) -> None:
    with here.session() as session:
        say(session, conversation_id=conversation, replies=[HELLO], now=now)
    (wake_up,) = heard(listener)
    with there.read_session() as session:
        assert [view.text for view in messages_after(session, conversation_id=wake_up.conversation_id)] == ["Hello."]


def test_what_was_not_committed_is_not_told(
    here: Database, listener: Listener, conversation: str, now: datetime
) -> None:
    with suppress(KeyboardInterrupt), here.session() as session:
        receive(session, conversation_id=conversation, client_id="1", text="How long?", now=now)
        raise KeyboardInterrupt
    assert nothing_is_heard(listener, here, marker=conversation, now=now)


def test_a_process_does_not_hear_itself(
    here: Database, there: Database, listener: Listener, conversation: str, now: datetime
) -> None:
    with there.session() as session:
        receive(session, conversation_id=conversation, client_id="1", text="How long?", now=now)
    assert heard(listener) == ()
    assert nothing_is_heard(listener, here, marker=conversation, now=now)


def test_a_connection_that_told_something_is_a_usual_one_again(
    here: Database, listener: Listener, conversation: str, now: datetime
) -> None:
    for number in range(3):
        with suppress(KeyboardInterrupt), here.session() as session:
            say(session, conversation_id=conversation, replies=[HELLO], now=now)
            raise KeyboardInterrupt
        with here.session() as session:
            positions = say(session, conversation_id=conversation, replies=[HELLO], now=now)
        assert positions == [number + 1]


def test_a_broken_connection_is_noticed(postgresql: Any, url: str, listener: Listener) -> None:
    name = make_url(url).database
    execute_on_server(
        postgresql,
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}' AND query LIKE 'LISTEN%'",
    )
    with pytest.raises(NotListening):
        hear_on(listener)


def test_without_a_server_nobody_listens() -> None:
    database = Database("postgresql://127.0.0.1:1/nowhere")
    with pytest.raises(NotListening):
        database.listen()


def test_sqlite_has_none(migrated_file: Any, now: datetime) -> None:
    database = Database(f"sqlite:///{migrated_file}")
    assert not database.has_wake_ups
    database.dispose()
