"""Whatever breaks, and whenever: a client that keeps to the protocol has the server's messages in the end, in order.

The client is one that a browser would run: it follows the stream and goes on by ``Last-Event-ID``; where streams are
blocked it asks again and again; after a reload it asks for everything and follows from there.
"""

import asyncio
import json
import shutil
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from candidacy.assistant.reply import Reply
from candidacy.frontdesk.app import create_app
from candidacy.frontdesk.arrivals import Arrivals
from candidacy.frontdesk.turns import TurnRunner
from candidacy.records.database import Database
from candidacy.records.messages import say
from tests.unit.frontdesk.asgi_stream import AsgiStream, StreamOver

PATIENCE_SECONDS = 30

STEPS = {
    "say": st.just(("say", 0)),
    "say twice": st.just(("say twice", 0)),
    "staff": st.just(("staff", 0)),
    "catch up": st.just(("catch up", 0)),
    "some bytes": st.tuples(st.just("some bytes"), st.integers(min_value=1, max_value=400)),
    "cut": st.just(("cut", 0)),
    "poll": st.just(("poll", 0)),
    "reload": st.just(("reload", 0)),
    "restart": st.just(("restart", 0)),
    "kill": st.just(("kill", 0)),
}
"""What can happen, and how much of it."""


class World:
    """A front desk that comes and goes on one database, one visitor's client, and somebody of the staff."""

    def __init__(self, make_app: Callable[[Database], Any], *, database_url: str, clock: Any) -> None:
        self.clock = clock
        self.received: list[dict[str, Any]] = []
        """What the client shows."""
        self.said = 0
        self._make_app = make_app
        self._database_url = database_url
        self._headers: dict[str, str] = {}
        self._desk = AsyncExitStack()
        self._stream: AsgiStream | None = None

    async def start(self) -> None:
        """The front desk comes up."""
        self._database = Database(self._database_url)
        self._app = self._make_app(self._database)
        self._desk.callback(self._database.dispose)
        await self._desk.enter_async_context(self._app.router.lifespan_context(self._app))
        self._http = httpx.AsyncClient(transport=httpx.ASGITransport(self._app), base_url="http://desk")
        await self._desk.enter_async_context(self._http)

    async def begin(self) -> None:
        """The visitor opens the chat."""
        session = (await self._http.post("/api/chat/sessions", json={})).json()
        self._conversation = session["conversation"]
        self._headers = {"Authorization": f"Bearer {session['token']}"}

    async def stop(self, *, killed: bool = False) -> None:
        """The front desk goes: in order, or in the middle of whatever it does."""
        await self.cut()
        with anyio.CancelScope() as scope:
            if killed:
                scope.cancel()
            await self._desk.aclose()
        self._desk = AsyncExitStack()
        # A lease that nobody gives back runs out.
        self.clock.advance(seconds=10)

    async def say(self, *, times: int = 1) -> None:
        """The visitor writes; a client that saw no answer sends the same again."""
        self.said += 1
        message = {"client_id": f"message-{self.said}", "text": f"message {self.said}"}
        for _ in range(times):
            response = await self._http.post("/api/chat/messages", json=message, headers=self._headers)
            assert response.status_code == 202

    def write_as_staff(self) -> None:
        """Another process stores a message."""
        with self._database.session() as session:
            replies = [Reply(text="from a person", kind="handoff")]
            say(session, conversation_id=self._conversation, replies=replies, author="staff", now=self.clock())

    async def cut(self) -> None:
        """The connection breaks."""
        if self._stream is not None:
            await self._stream.close()
        self._stream = None

    async def some_bytes(self, count: int) -> None:
        """So many pieces come, if there are as many."""
        with suppress(asyncio.TimeoutError):
            for _ in range(count):
                await asyncio.wait_for(self._take(), timeout=0.05)

    async def catch_up(self) -> None:
        """The client has come as far as the server is now."""
        count = len(await self.stored())
        while len(self.received) < count:
            await self._take()

    async def poll(self) -> None:
        """Streams are blocked: the client asks."""
        await self.cut()
        while page := await self._page(after=self._last()):
            self._show(page)

    async def reload(self) -> None:
        """The page is loaded anew; what was shown is forgotten, the token is not."""
        self.received = []
        await self.poll()

    async def stored(self) -> list[dict[str, Any]]:
        """All that the server has, read past the client."""
        messages: list[dict[str, Any]] = []
        while page := await self._page(after=messages[-1]["id"] if messages else 0):
            messages += page
        return messages

    async def answered(self, *, count: int) -> list[dict[str, Any]]:
        """All that the server has once every message has its answer."""
        while len(messages := await self.stored()) < count:
            self.clock.advance(seconds=10)
            await anyio.sleep(0.01)
        return messages

    async def _page(self, *, after: int) -> list[dict[str, Any]]:
        response = await self._http.get("/api/chat/messages", params={"after": after}, headers=self._headers)
        page: list[dict[str, Any]] = response.json()["messages"]
        return page

    async def _take(self) -> None:
        if self._stream is None:
            resume = {"Last-Event-ID": str(self._last())} if self.received else {}
            self._stream = AsgiStream(self._app, headers={**self._headers, **resume})
        try:
            events = await self._stream.events()
        except StreamOver:
            await self.cut()
            return
        for event in events:
            message = json.loads(event["data"])
            assert event["id"] == str(message["id"])
            self._show([message])

    def _show(self, messages: list[dict[str, Any]]) -> None:
        for message in messages:
            assert message["id"] == self._last() + 1, "one was lost, or came twice"
            self.received.append(message)

    def _last(self) -> int:
        return int(self.received[-1]["id"]) if self.received else 0


async def do(world: World, step: str, amount: int) -> None:
    """Let one thing happen."""
    if step in ("restart", "kill"):
        await world.stop(killed=step == "kill")
        await world.start()
    elif step == "say":
        await world.say()
    elif step == "say twice":
        await world.say(times=2)
    elif step == "staff":
        world.write_as_staff()
    elif step == "some bytes":
        await world.some_bytes(amount)
    else:
        await {"cut": world.cut, "poll": world.poll, "reload": world.reload, "catch up": world.catch_up}[step]()


@pytest.fixture
def make_app(
    settings: Any, assistant: Any, texts: Any, red_flags: Any, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Database], Any]:
    """A front desk that looks often for what it was not told."""
    for part in (Arrivals, TurnRunner):
        monkeypatch.setitem(part.__init__.__kwdefaults__, "poll_seconds", 0.01)  # type: ignore[misc]
    unlimited = settings.copy(update={"session_messages_per_minute": 0, "address_messages_per_minute": 0})

    def make(database: Database) -> Any:
        return create_app(
            settings=unlimited, database=database, assistant=assistant, texts=texts, red_flags=red_flags, now=clock
        )

    return make


@given(steps=st.lists(st.one_of(*STEPS.values()), max_size=14))
@hypothesis_settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_any_schedule_leaves_the_client_with_the_servers_messages(
    steps: list[tuple[str, int]],
    make_app: Callable[[Database], Any],
    migrated_file: Path,
    clock: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    file = tmp_path_factory.mktemp("following") / "candidacy.db"
    shutil.copy(migrated_file, file)

    async def live() -> None:
        world = World(make_app, database_url=f"sqlite:///{file}", clock=clock)
        with anyio.fail_after(PATIENCE_SECONDS):
            await world.start()
            await world.begin()
            for step, amount in steps:
                await do(world, step, amount)
            from_staff = sum(step == "staff" for step, _ in steps)
            stored = await world.answered(count=1 + 2 * world.said + from_staff)
            await world.catch_up()
            await world.stop()
        assert world.received == stored
        said = [message["text"] for message in stored if message["author"] == "visitor"]
        assert said == [f"message {number}" for number in range(1, world.said + 1)]

    anyio.run(live)
