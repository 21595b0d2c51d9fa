"""Who waits for a conversation learns of its messages, whoever wrote them."""

from typing import Any

import pytest

from candidacy.assistant.reply import Reply
from candidacy.frontdesk.arrivals import Arrivals
from candidacy.records.conversations import start_conversation
from candidacy.records.database import Database
from candidacy.records.messages import say
from candidacy.records.news import read_news

pytestmark = pytest.mark.anyio

HELLO = Reply(text="hello", kind="notice")


@pytest.fixture
def arrivals(database: Database) -> Arrivals:
    return Arrivals(database=database, poll_seconds=0.01)


@pytest.fixture
def start(database: Database, clock: Any) -> Any:
    def start_one(*, messages: int) -> str:
        with database.session() as session:
            conversation_id, _ = start_conversation(session, channel="web", now=clock())
            say(session, conversation_id=conversation_id, replies=[HELLO] * messages, now=clock())
        return conversation_id

    return start_one


async def test_an_announcement_reaches_every_listener_of_the_conversation(arrivals: Arrivals) -> None:
    with (
        arrivals.listen("ours", after=0) as first,
        arrivals.listen("ours", after=0) as second,
        arrivals.listen("theirs", after=0) as other,
    ):
        arrivals.announce("ours")
        assert (first.news.is_set(), second.news.is_set(), other.news.is_set()) == (True, True, False)


async def test_what_is_new_is_brought_to_each_listener_from_where_the_furthest_behind_is(
    arrivals: Arrivals, start: Any, database: Database
) -> None:
    conversation_id = start(messages=3)
    assert arrivals.followed_from(conversation_id) is None
    with arrivals.listen(conversation_id, after=2) as first, arrivals.listen(conversation_id, after=1) as second:
        position = arrivals.followed_from(conversation_id)
        assert position == 1
        with database.read_session() as session:
            news = read_news(session, conversation_id=conversation_id, position=position)
        arrivals.announce(conversation_id, news)
        assert (first.take(), second.take()) == (news, news)


async def test_nobody_listens_is_no_error(arrivals: Arrivals) -> None:
    arrivals.announce("nobody")
    await arrivals.look()


async def test_who_leaves_is_forgotten(arrivals: Arrivals) -> None:
    with arrivals.listen("ours", after=0), arrivals.listen("ours", after=0):
        assert arrivals.listening == 2
    assert arrivals.listening == 0


async def test_a_look_finds_what_a_listener_was_not_given(arrivals: Arrivals, start: Any) -> None:
    behind, up_to_date = start(messages=3), start(messages=3)
    with arrivals.listen(behind, after=2) as first, arrivals.listen(up_to_date, after=3) as second:
        await arrivals.look()
        assert (first.news.is_set(), second.news.is_set()) == (True, False)


async def test_messages_of_other_processes_are_found(
    arrivals: Arrivals, start: Any, database: Database, clock: Any
) -> None:
    conversation_id = start(messages=1)
    arrivals.start()
    with arrivals.listen(conversation_id, after=1) as listener:
        with database.session() as session:
            say(session, conversation_id=conversation_id, replies=[HELLO], author="staff", now=clock())
        await listener.news.wait()
    await arrivals.stop()


async def test_looking_goes_on_after_the_database_was_away(
    arrivals: Arrivals, start: Any, until: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = 0

    def away() -> Any:
        nonlocal failures
        failures += 1
        raise OSError

    conversation_id = start(messages=1)
    with arrivals.listen(conversation_id, after=0) as listener:
        with monkeypatch.context() as patch:
            patch.setattr(arrivals._database, "read_session", away)
            arrivals.start()

            async def failed_twice() -> bool:
                return failures > 1

            await until(failed_twice)
            assert not listener.news.is_set()
        await listener.news.wait()
    await arrivals.stop()
