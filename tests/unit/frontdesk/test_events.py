"""The stream of a conversation: everything once, in order, from wherever the client left off."""

import json
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

import anyio
import httpx
import pytest
from sse_starlette import ServerSentEvent

from candidacy.assistant.reply import Reply
from candidacy.frontdesk.arrivals import Arrivals
from candidacy.frontdesk.errors import ApiError
from candidacy.frontdesk.events import message_events, resume_position
from candidacy.frontdesk.messages import PAGE_LENGTH
from candidacy.records.conversations import start_conversation
from candidacy.records.database import Database
from candidacy.records.messages import say


@pytest.mark.parametrize(
    ("last_event_id", "after", "position"), [(None, None, 0), (None, "3", 3), ("5", None, 5), ("5", "3", 5)]
)
def test_resume_position(last_event_id: str | None, after: str | None, position: int) -> None:
    assert resume_position(last_event_id=last_event_id, after=after) == position


@pytest.mark.parametrize(("last_event_id", "after"), [("x", None), ("5", "x"), ("", None)])
def test_what_is_no_id_is_refused(last_event_id: str | None, after: str | None) -> None:
    with pytest.raises(ApiError):
        resume_position(last_event_id=last_event_id, after=after)


class TestMessageEvents:
    """The events themselves."""

    pytestmark = pytest.mark.anyio

    @pytest.fixture
    def arrivals(self, database: Database) -> Arrivals:
        return Arrivals(database=database)

    @pytest.fixture
    def conversation_id(self, database: Database, clock: Any) -> str:
        with database.session() as session:
            return start_conversation(session, channel="web", now=clock())[0]

    @pytest.fixture
    def store(self, database: Database, conversation_id: str, clock: Any) -> Any:
        def store_replies(*texts: str) -> None:
            with database.session() as session:
                replies = [Reply(text=text, kind="answer") for text in texts]
                say(session, conversation_id=conversation_id, replies=replies, now=clock())

        return store_replies

    @pytest.fixture
    def stream(self, database: Database, arrivals: Arrivals, conversation_id: str) -> Any:
        def open_stream(after: int = 0, closing: anyio.Event | None = None) -> AsyncIterator[ServerSentEvent]:
            return message_events(
                numbers={},
                conversation_id=conversation_id,
                after=after,
                database=database,
                arrivals=arrivals,
                closing=closing or anyio.Event(),
            )

        return open_stream

    async def test_an_event_is_the_message(self, store: Any, stream: Any) -> None:
        store("first\nline")
        async with aclosing(stream()) as events:
            event = await anext_event(events)
        assert event.id == "1"
        message = json.loads(event.data)
        assert (message["id"], message["author"], message["text"]) == (1, "assistant", "first\nline")
        assert event.encode().count(b"data: ") == 1

    async def test_it_goes_on_after_the_last_one_received(self, store: Any, stream: Any) -> None:
        store("one", "two", "three")
        async with aclosing(stream(after=1)) as events:
            assert [(await anext_event(events)).id for _ in range(2)] == ["2", "3"]

    async def test_more_than_a_page_is_read_whole(self, store: Any, stream: Any) -> None:
        count = PAGE_LENGTH + 5
        store(*(str(number) for number in range(count)))
        async with aclosing(stream()) as events:
            ids = [(await anext_event(events)).id for _ in range(count)]
        assert ids == [str(number) for number in range(1, count + 1)]

    async def test_a_new_message_comes_when_it_is_announced(
        self, store: Any, stream: Any, arrivals: Arrivals, conversation_id: str, until: Any
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
        self, store: Any, stream: Any, arrivals: Arrivals, conversation_id: str
    ) -> None:
        store("one")
        async with aclosing(stream()) as events:
            await anext_event(events)
            store("two")
            arrivals.announce(conversation_id)
            assert (await anext_event(events)).id == "2"

    async def test_a_stream_ends_when_the_server_closes(
        self, store: Any, stream: Any, arrivals: Arrivals, conversation_id: str, until: Any
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

    async def test_a_stream_that_ends_listens_no_more(self, store: Any, stream: Any, arrivals: Arrivals) -> None:
        store("one")
        async with aclosing(stream()) as events:
            await anext_event(events)
            assert arrivals.listening == 1
        assert arrivals.listening == 0


async def anext_event(events: AsyncIterator[ServerSentEvent]) -> ServerSentEvent:
    with anyio.fail_after(10):
        return await events.__anext__()


@pytest.mark.anyio
async def test_head_answers_without_a_stream(visitor: httpx.AsyncClient) -> None:
    response = await visitor.head("/api/chat/events")
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/event-stream")


@pytest.mark.anyio
async def test_a_wrong_last_event_id_is_refused(visitor: httpx.AsyncClient) -> None:
    response = await visitor.get("/api/chat/events", headers={"Last-Event-ID": "yesterday"})
    assert (response.status_code, response.json()["error"]) == (400, "invalid_position")
