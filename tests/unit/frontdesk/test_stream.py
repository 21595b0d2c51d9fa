"""The stream of a conversation: everything once, in order, from wherever the client left off; and its signals."""

import json
from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import timedelta
from typing import Any

import anyio
import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError
from sse_starlette import ServerSentEvent

from candidacy.assistant.reply import Button, Reply
from candidacy.frontdesk.arrivals import Arrivals
from candidacy.frontdesk.stream import BATCH_LENGTH, StreamParts, event_batches
from candidacy.records.conversations import start_conversation
from candidacy.records.database import Database
from candidacy.records.messages import receive, say
from candidacy.records.news import PAGE_LENGTH, News, read_news
from candidacy.records.tables import conversations
from candidacy.records.turns import claim_turn, finish_turn
from candidacy.records.visitor_sessions import end_session, extend_session

pytestmark = pytest.mark.anyio


@pytest.fixture
def arrivals(database: Database) -> Arrivals:
    return Arrivals(database=database)


@pytest.fixture
def conversation_id(database: Database, clock: Any) -> str:
    with database.session() as session:
        return start_conversation(session, channel="web", now=clock())[0]


@pytest.fixture
def store(database: Database, conversation_id: str, clock: Any) -> Any:
    def store_replies(*texts: str) -> None:
        with database.session() as session:
            replies = [Reply(text=text, kind="answer") for text in texts]
            say(session, conversation_id=conversation_id, replies=replies, now=clock())

    return store_replies


@pytest.fixture
def stream(database: Database, arrivals: Arrivals, conversation_id: str, clock: Any) -> Any:
    parts = StreamParts(database=database, arrivals=arrivals, numbers={}, now=clock)

    async def open_stream(
        after: int = 0, *, signals: bool = False, closing: anyio.Event | None = None
    ) -> AsyncIterator[ServerSentEvent]:
        batches = event_batches(
            parts, conversation_id=conversation_id, after=after, signals=signals, closing=closing or anyio.Event()
        )
        async with aclosing(batches):
            async for batch in batches:
                assert 0 < len(batch) <= BATCH_LENGTH
                for event in batch:
                    yield event

    return open_stream


async def test_an_event_is_the_message(store: Any, stream: Any) -> None:
    store("first\nline")
    async with aclosing(stream()) as events:
        event = await anext_event(events)
    assert event.id == "1"
    message = json.loads(event.data)
    assert (message["id"], message["author"], message["text"]) == (1, "assistant", "first\nline")
    assert event.encode().count(b"data: ") == 1


async def test_it_goes_on_after_the_last_one_received(store: Any, stream: Any) -> None:
    store("one", "two", "three")
    async with aclosing(stream(after=1)) as events:
        assert [(await anext_event(events)).id for _ in range(2)] == ["2", "3"]


async def test_more_than_a_page_is_read_whole(store: Any, stream: Any) -> None:
    count = PAGE_LENGTH + 5
    store(*(str(number) for number in range(count)))
    async with aclosing(stream()) as events:
        ids = [(await anext_event(events)).id for _ in range(count)]
    assert ids == [str(number) for number in range(1, count + 1)]


async def test_a_new_message_comes_when_it_is_announced(
    store: Any, stream: Any, arrivals: Arrivals, conversation_id: str, until: Any
) -> None:
    received: list[str] = []

    async def follow() -> None:
        async with aclosing(stream()) as events:
            while len(received) < 2:
                received.append((await anext_event(events)).id)

    async def caught_up() -> bool:
        return received == ["1"]

    store("one")
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(follow)
        await until(caught_up)
        store("two")
        arrivals.announce(conversation_id)
    assert received == ["1", "2"]


async def test_a_message_announced_while_the_client_is_slow_is_not_missed(
    store: Any, stream: Any, arrivals: Arrivals, conversation_id: str
) -> None:
    store("one")
    async with aclosing(stream()) as events:
        await anext_event(events)
        store("two")
        arrivals.announce(conversation_id)
        assert (await anext_event(events)).id == "2"


async def test_what_is_brought_is_not_read_again_and_nothing_comes_twice(
    store: Any, stream: Any, arrivals: Arrivals, database: Database, conversation_id: str, monkeypatch: Any
) -> None:
    def brought(*, after: int) -> News:
        with database.read_session() as session:
            return read_news(session, conversation_id=conversation_id, position=after)

    store("one")
    async with aclosing(stream()) as events:
        await anext_event(events)
        store("two")
        arrivals.announce(conversation_id, brought(after=0))
        store("three")
        arrivals.announce(conversation_id, brought(after=1))
        monkeypatch.setattr("candidacy.frontdesk.stream.read_news", None)
        assert [(await anext_event(events)).id for _ in range(2)] == ["2", "3"]


async def test_a_stream_ends_when_the_server_closes(
    store: Any, stream: Any, arrivals: Arrivals, conversation_id: str, until: Any
) -> None:
    closing = anyio.Event()
    ids: list[str] = []

    async def follow() -> None:
        async for event in stream(closing=closing):
            ids.append(event.id)

    async def caught_up() -> bool:
        return ids == ["1"]

    store("one")
    with anyio.fail_after(10):
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(follow)
            await until(caught_up)
            closing.set()
            arrivals.announce(conversation_id)


async def test_a_stream_that_ends_listens_no_more(store: Any, stream: Any, arrivals: Arrivals) -> None:
    store("one")
    async with aclosing(stream()) as events:
        await anext_event(events)
        assert arrivals.listening == 1
    assert arrivals.listening == 0


async def test_an_event_says_which_buttons_can_be_pressed(
    stream: Any, database: Database, conversation_id: str, clock: Any
) -> None:
    question = Reply(text="A fracture?", kind="question", buttons=(Button("Yes", "/yes"),))
    with database.session() as session:
        say(session, conversation_id=conversation_id, replies=[question], now=clock())
    async with aclosing(stream()) as events:
        assert [button["live"] for button in json.loads((await anext_event(events)).data)["buttons"]] == [True]
    ask(database, conversation_id, clock)
    async with aclosing(stream()) as events:
        assert [button["live"] for button in json.loads((await anext_event(events)).data)["buttons"]] == [False]


async def test_who_asks_for_signals_learns_that_an_answer_is_owed_and_then_that_it_came(
    stream: Any, database: Database, conversation_id: str, clock: Any, arrivals: Arrivals
) -> None:
    ask(database, conversation_id, clock)
    async with aclosing(stream(signals=True)) as events:
        assert [seen(await anext_event(events)) for _ in range(2)] == [("1", None), (None, {"working": True})]
        answer(database, clock)
        arrivals.announce(conversation_id)
        assert [seen(await anext_event(events)) for _ in range(2)] == [("2", None), (None, {"working": False})]


async def test_while_a_person_has_the_conversation_the_assistant_does_not_work(
    stream: Any, database: Database, conversation_id: str, clock: Any, arrivals: Arrivals, store: Any
) -> None:
    ask(database, conversation_id, clock)
    with database.session() as session:
        session.execute(update(conversations).values(state="person"))
    async with aclosing(stream(signals=True)) as events:
        await anext_event(events)
        store("from a person")
        arrivals.announce(conversation_id)
        assert seen(await anext_event(events)) == ("2", None)


@pytest.mark.parametrize("signals", [True, False])
@pytest.mark.parametrize("state", ["ended", "expired"])
async def test_the_stream_ends_with_the_session_after_the_last_message(
    stream: Any,
    database: Database,
    conversation_id: str,
    clock: Any,
    arrivals: Arrivals,
    store: Any,
    state: str,
    signals: bool,
) -> None:
    store("one")
    received = []
    async with aclosing(stream(signals=signals)) as events:
        received.append(seen(await anext_event(events)))
        store("two")
        with database.session() as session:
            if state == "ended":
                end_session(session, conversation_id=conversation_id, now=clock())
            else:
                extend_session(session, conversation_id=conversation_id, until=clock())
        arrivals.announce(conversation_id)
        with anyio.fail_after(10):
            received += [seen(event) async for event in events]
    assert received == [("1", None), ("2", None)] + [(None, {"state": state})] * signals


async def test_a_stream_that_hears_nothing_ends_when_the_time_of_its_session_is_over(
    stream: Any, database: Database, conversation_id: str, clock: Any
) -> None:
    with database.session() as session:
        extend_session(session, conversation_id=conversation_id, until=clock() + timedelta(milliseconds=50))

    async def later() -> None:
        await anyio.sleep(0.02)
        clock.advance(seconds=1)

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(later)
        with anyio.fail_after(10):
            assert [seen(event) async for event in stream(signals=True)] == [(None, {"state": "expired"})]


async def test_a_database_that_was_away_is_asked_again(
    store: Any, stream: Any, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> Any:
        raise OperationalError("SELECT", {}, Exception())

    monkeypatch.setattr("candidacy.frontdesk.stream.UNREAD_PAUSE_SECONDS", 0.01)
    store("one")
    received: list[str | None] = []

    async def follow() -> None:
        async with aclosing(stream()) as events:
            received.append((await anext_event(events)).id)

    async with anyio.create_task_group() as tasks:
        with monkeypatch.context() as patch:
            patch.setattr(database, "read_session", away)
            tasks.start_soon(follow)
            await anyio.sleep(0.05)
            assert received == []
    assert received == ["1"]


def ask(database: Database, conversation_id: str, clock: Any) -> None:
    with database.session() as session:
        receive(session, conversation_id=conversation_id, client_id=None, text="How long?", now=clock())


def answer(database: Database, clock: Any) -> None:
    with database.session() as session:
        turn = claim_turn(session, owner="desk", now=clock(), lease=timedelta(seconds=5))
        assert turn is not None
        replies = [Reply(text="A few days.", kind="answer")]
        assert finish_turn(session, turn=turn, owner="desk", replies=replies, understanding=None, now=clock())


def seen(event: ServerSentEvent) -> tuple[str | None, Any]:
    """A message's id, or what a signal says."""
    return (event.id, None) if event.id is not None else (None, json.loads(event.data))


async def anext_event(events: AsyncIterator[ServerSentEvent]) -> ServerSentEvent:
    with anyio.fail_after(10):
        return await events.__anext__()
