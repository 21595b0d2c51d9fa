"""What other processes stored wakes who waits for it here, and two front desks are as quick as one."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import anyio
import httpx
import pytest

from candidacy.frontdesk import arrivals as arrivals_module
from candidacy.frontdesk import turns as turns_module
from candidacy.frontdesk.app import create_app
from candidacy.frontdesk.elsewhere import Elsewhere
from candidacy.records.conversations import start_conversation
from candidacy.records.database import Database
from candidacy.records.messages import messages_after, receive
from candidacy.records.migrate import migrate
from candidacy.records.wake_ups import Kind, WakeUp
from tests.support.postgresql import create_postgresql_database
from tests.unit.frontdesk.asgi_stream import AsgiStream

pytestmark = pytest.mark.anyio

PATIENCE_SECONDS = 30
NEVER_SECONDS = 3600.0


class Woken:
    """Stands in for the parts that are woken, and counts."""

    def __init__(self) -> None:
        self.turns = 0
        self.looks = 0
        self.announced: list[str] = []

    def wake(self) -> None:
        self.turns += 1

    def look_soon(self) -> None:
        self.looks += 1


@pytest.fixture
def woken() -> Any:
    return Woken()


@pytest.fixture
def elsewhere(database: Database, woken: Any) -> Elsewhere:
    return Elsewhere(
        database=database, arrivals=woken, runner=woken, announce=woken.announced.append, turn_delay_seconds=0.01
    )


async def test_news_is_announced_to_those_who_follow_the_conversation(elsewhere: Elsewhere, woken: Any) -> None:
    elsewhere.hear(WakeUp(Kind.NEWS, "ours"))
    assert (woken.announced, woken.turns) == (["ours"], 0)


async def test_many_turns_are_looked_for_once_and_a_moment_later(elsewhere: Elsewhere, woken: Any) -> None:
    for number in range(20):
        elsewhere.hear(WakeUp(Kind.TURN, f"c{number}"))
    assert woken.turns == 0
    await asyncio.sleep(0.05)
    assert woken.turns == 1
    elsewhere.hear(WakeUp(Kind.TURN, "another"))
    await asyncio.sleep(0.05)
    assert woken.turns == 2


async def test_what_may_have_been_missed_is_looked_for(elsewhere: Elsewhere, woken: Any) -> None:
    elsewhere.look()
    assert (woken.turns, woken.looks) == (1, 1)


async def test_after_the_end_nothing_is_woken(elsewhere: Elsewhere, woken: Any) -> None:
    elsewhere.hear(WakeUp(Kind.TURN, "ours"))
    await elsewhere.stop()
    await asyncio.sleep(0.05)
    assert woken.turns == 0


@pytest.fixture
def shared(postgresql: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Database]]:
    """A PostgreSQL database as two processes have it; nothing in it is found by looking."""
    monkeypatch.setattr(arrivals_module, "TOLD_POLL_SECONDS", NEVER_SECONDS)
    monkeypatch.setattr(turns_module, "TOLD_POLL_SECONDS", NEVER_SECONDS)
    url = create_postgresql_database(postgresql, name=f"two_front_desks_{uuid4().hex}")
    migrate(url)
    databases = [Database(url), Database(url)]
    yield databases
    for database in databases:
        database.dispose()


async def test_a_reply_that_another_front_desk_stored_comes_over_the_stream_at_once(
    shared: list[Database], settings: Any, assistant: Any, texts: Any, red_flags: Any, clock: Any
) -> None:
    apps = [
        create_app(
            settings=settings, database=database, assistant=assistant, texts=texts, red_flags=red_flags, now=clock
        )
        for database in shared
    ]
    clients = [httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://desk") for app in apps]
    with anyio.fail_after(PATIENCE_SECONDS):
        async with apps[0].router.lifespan_context(apps[0]), apps[1].router.lifespan_context(apps[1]):
            token = (await clients[0].post("/api/chat/sessions", json={})).json()["token"]
            headers = {"Authorization": f"Bearer {token}"}
            stream = AsgiStream(apps[1], headers=headers)
            read = await read_texts(stream, count=1)
            body = {"client_id": "1", "text": "How long?"}
            posted = await clients[0].post("/api/chat/messages", json=body, headers=headers)
            assert posted.status_code == 202
            read += await read_texts(stream, count=2)
            await stream.close()
    for client in clients:
        await client.aclose()
    assert read[1:] == ["How long?", "heard How long?"]


async def test_a_message_that_waits_at_a_busy_front_desk_is_answered_by_another(
    shared: list[Database], make_runner: Any, woken: Any, clock: Any
) -> None:
    runner = make_runner(database=shared[1], poll_seconds=NEVER_SECONDS)
    elsewhere = Elsewhere(database=shared[1], arrivals=woken, runner=runner, announce=woken.announced.append)
    runner.start()
    elsewhere.start()
    await asyncio.sleep(0.2)

    def store() -> str:
        with shared[0].session() as session:
            conversation_id, _ = start_conversation(session, channel="web", now=clock())
            receive(session, conversation_id=conversation_id, client_id="1", text="How long?", now=clock())
        return conversation_id

    conversation_id = await asyncio.to_thread(store)
    with anyio.fail_after(PATIENCE_SECONDS):
        while True:
            with shared[0].read_session() as session:
                said = [view.text for view in messages_after(session, conversation_id=conversation_id)]
            if len(said) == 2:
                break
            await asyncio.sleep(0.02)
    await elsewhere.stop()
    await runner.stop(grace_seconds=1)
    assert said == ["How long?", "heard How long?"]


async def read_texts(stream: AsgiStream, *, count: int) -> list[str]:
    """The texts of the next messages."""
    texts: list[str] = []
    while len(texts) < count:
        texts += [json.loads(event["data"])["text"] for event in await stream.events() if "data" in event]
    return texts
