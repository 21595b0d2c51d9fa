"""Every message is answered once and in order: with many at once, with failures, and after a crash."""

import asyncio
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from candidacy.assistant.client import TurnResult
from candidacy.assistant.reply import Reply
from candidacy.assistant.texts import Texts
from candidacy.frontdesk import turns
from candidacy.frontdesk.app import create_app
from candidacy.frontdesk.turns import TurnRunner
from candidacy.records.conversations import start_conversation
from candidacy.records.database import Database
from candidacy.records.messages import messages_after, receive
from candidacy.records.news import News
from candidacy.records.tables import conversations
from candidacy.settings import Settings
from candidacy.web.transactions import RecordsUnavailable

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def running(runner: TurnRunner, *, grace_seconds: float = 5.0) -> Any:
    runner.start()
    try:
        yield runner
    finally:
        await runner.stop(grace_seconds=grace_seconds)


@pytest.fixture
def conversation(database: Database, clock: Any) -> str:
    with database.session() as session:
        return start_conversation(session, channel="web", now=clock())[0]


@pytest.fixture
def post(database: Database, clock: Any) -> Callable[..., None]:
    def post_one(conversation_id: str, text: str) -> None:
        with database.session() as session:
            receive(session, conversation_id=conversation_id, client_id=text, text=text, now=clock())

    return post_one


@pytest.fixture
def said(database: Database, until: Any) -> Callable[..., Any]:
    """What the assistant has said in a conversation, once it has said so much."""

    async def read(conversation_id: str, *, count: int) -> list[str]:
        async def look() -> list[str] | None:
            with database.read_session() as session:
                views = messages_after(session, conversation_id=conversation_id)
            texts = [view.text for view in views if view.author == "assistant"]
            return texts if len(texts) >= count else None

        return list(await until(look))

    return read


async def test_what_was_left_unanswered_is_answered_at_the_start(
    make_runner: Any, conversation: str, post: Any, said: Any
) -> None:
    for text in ("one", "two", "three"):
        post(conversation, text)
    async with running(make_runner()):
        assert await said(conversation, count=3) == ["heard one", "heard two", "heard three"]


async def test_a_woken_runner_does_not_wait_for_the_poll(
    make_runner: Any, conversation: str, post: Any, said: Any
) -> None:
    async with running(make_runner(poll_seconds=3600)) as runner:
        await asyncio.sleep(0.05)
        post(conversation, "one")
        post(conversation, "two")
        runner.wake()
        assert await said(conversation, count=2) == ["heard one", "heard two"]


async def test_a_message_received_elsewhere_is_found(make_runner: Any, conversation: str, post: Any, said: Any) -> None:
    async with running(make_runner()):
        await asyncio.sleep(0.05)
        post(conversation, "one")
        assert await said(conversation, count=1) == ["heard one"]


@pytest.mark.parametrize(("followed_from", "brought"), [(None, None), (0, [1, 2]), (1, [2])])
async def test_the_replies_are_announced_with_what_is_new_to_who_waits(
    make_runner: Any, conversation: str, post: Any, said: Any, followed_from: int | None, brought: list[int] | None
) -> None:
    announced: list[tuple[str, list[int] | None]] = []

    def announce(conversation_id: str, news: News | None) -> None:
        announced.append((conversation_id, None if news is None else [view.id for view in news.messages]))

    post(conversation, "one")
    async with running(make_runner(announce=announce, followed_from={conversation: followed_from}.get)):
        await said(conversation, count=1)
    assert announced == [(conversation, brought)]


async def test_a_turn_without_words_is_announced_to_be_looked_at(
    make_runner: Any, database: Database, conversation: str, post: Any, until: Any
) -> None:
    announced: list[Any] = []
    post(conversation, "one")
    with database.session() as session:
        session.execute(conversations.update().values(state="person"))

    def announce(_: str, news: Any) -> None:
        announced.append(news)

    async with running(make_runner(announce=announce, followed_from={conversation: 0}.get)):

        async def is_announced() -> bool:
            return bool(announced)

        await until(is_announced)
    assert announced == [None]


async def test_a_turn_taken_by_who_stored_its_message_is_answered_without_a_look(
    make_runner: Any, database: Database, conversation: str, said: Any, clock: Any
) -> None:
    runner = make_runner(poll_seconds=3600)
    with runner.kept_worker() as taker, database.session() as session:
        received = receive(session, conversation_id=conversation, client_id="one", text="one", taker=taker, now=clock())
        runner.begin(received.turn)
    assert await said(conversation, count=1) == ["heard one"]


async def test_what_waited_for_a_taken_turn_is_answered_after_it(
    make_runner: Any, database: Database, conversation: str, post: Any, said: Any, clock: Any
) -> None:
    async with running(make_runner(poll_seconds=3600)) as runner:
        await asyncio.sleep(0.05)
        with runner.kept_worker() as taker:
            with database.session() as session:
                received = receive(
                    session, conversation_id=conversation, client_id="one", text="one", taker=taker, now=clock()
                )
            post(conversation, "two")
            runner.begin(received.turn)
        assert await said(conversation, count=2) == ["heard one", "heard two"]


async def test_one_conversation_does_not_wait_for_another(
    make_runner: Any, database: Database, assistant: Any, post: Any, said: Any, clock: Any
) -> None:
    with database.session() as session:
        slow, quick = [start_conversation(session, channel="web", now=clock())[0] for _ in range(2)]
    go_on = asyncio.Event()

    async def answer(turn: dict[str, Any]) -> TurnResult:
        if turn["conversation_id"] == slow:
            await go_on.wait()
        return await assistant.say_back(turn)

    assistant.answer = answer
    post(slow, "slow")
    post(quick, "quick")
    async with running(make_runner()):
        assert await said(quick, count=1) == ["heard quick"]
        go_on.set()
        assert await said(slow, count=1) == ["heard slow"]


async def test_no_more_turns_than_workers_are_under_way(
    make_runner: Any, database: Database, assistant: Any, post: Any, said: Any, clock: Any
) -> None:
    with database.session() as session:
        conversations = [start_conversation(session, channel="web", now=clock())[0] for _ in range(6)]
    under_way, most = 0, 0

    async def answer(turn: dict[str, Any]) -> TurnResult:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.02)
        under_way -= 1
        return await assistant.say_back(turn)

    assistant.answer = answer
    for conversation_id in conversations:
        post(conversation_id, "hello")
    async with running(make_runner(workers=2)):
        for conversation_id in conversations:
            await said(conversation_id, count=1)
    assert most == 2


async def test_replies_that_cannot_be_stored_give_way_to_plain_words(
    make_runner: Any, conversation: str, assistant: Any, post: Any, said: Any
) -> None:
    async def answer(_: Any) -> TurnResult:
        return TurnResult(replies=(Reply(text="fine", kind="answer"),), understanding={"not JSON": object()})

    assistant.answer = answer
    post(conversation, "one")
    async with running(make_runner()):
        assert await said(conversation, count=1) == ["utter_assistant_down (212) 430-0312"]


@pytest.mark.parametrize(
    ("failures", "asked"),
    [(1, 1), (turns.FINISH_TRIES - 1, 1), (turns.FINISH_TRIES, 2)],
    ids=["once", "long", "longer"],
)
async def test_a_failed_write_is_tried_again_before_the_assistant_is_asked_again(
    make_runner: Any,
    conversation: str,
    assistant: Any,
    post: Any,
    said: Any,
    monkeypatch: pytest.MonkeyPatch,
    failures: int,
    asked: int,
) -> None:
    finish, tries = turns.finish_turn, 0

    def fail_at_first(*arguments: Any, **options: Any) -> Any:
        nonlocal tries
        tries += 1
        if tries <= failures:
            raise RecordsUnavailable("OperationalError")
        return finish(*arguments, **options)

    monkeypatch.setattr(turns, "finish_turn", fail_at_first)
    monkeypatch.setattr(turns, "FINISH_PAUSE_SECONDS", 0.001)
    post(conversation, "one")
    async with running(make_runner()):
        assert await said(conversation, count=1) == ["heard one"]
    assert tries == failures + 1
    assert len(assistant.asked) == asked


async def test_a_turn_that_outlived_its_lease_writes_nothing(
    make_runner: Any, conversation: str, assistant: Any, post: Any, said: Any, clock: Any
) -> None:
    entered, go_on = asyncio.Event(), asyncio.Event()

    async def late(turn: dict[str, Any]) -> TurnResult:
        entered.set()
        await go_on.wait()
        return TurnResult(replies=(Reply(text="too late", kind="answer"),), understanding={})

    assistant.answer = late
    post(conversation, "one")
    async with running(make_runner(poll_seconds=3600)):
        await entered.wait()
        clock.advance(minutes=1)
        assistant.answer = assistant.say_back
        async with running(make_runner()):
            assert await said(conversation, count=1) == ["heard one"]
        go_on.set()
    assert await said(conversation, count=1) == ["heard one"]


async def test_a_stopped_runner_leaves_its_turn_for_the_next_at_once(
    make_runner: Any, conversation: str, assistant: Any, post: Any, said: Any
) -> None:
    entered = asyncio.Event()

    async def hang(_: Any) -> TurnResult:
        entered.set()
        await anyio.sleep_forever()
        raise AssertionError

    assistant.answer = hang
    post(conversation, "one")
    async with running(make_runner(), grace_seconds=0.01):
        await entered.wait()
    assistant.answer = assistant.say_back
    async with running(make_runner()):
        assert await said(conversation, count=1) == ["heard one"]


KILLED_IN_A_TURN = """
import asyncio, os, signal, sys
from datetime import datetime
from candidacy.frontdesk.answering import Answering
from candidacy.frontdesk.turns import TurnRunner
from candidacy.records.database import Database

class Assistant:
    async def turn(self, **_):
        os.kill(os.getpid(), signal.SIGKILL)

class RedFlags:
    def detect(self, text):
        return None

async def main():
    present = datetime.fromisoformat(sys.argv[2])
    answering = Answering(assistant=Assistant(), texts=None, red_flags=RedFlags(), turn_timeout_seconds=8.0)
    runner = TurnRunner(
        database=Database(sys.argv[1]), answering=answering, announce=print, now=lambda: present
    )
    runner.start()
    await asyncio.sleep(60)

asyncio.run(main())
"""


async def test_after_a_crash_the_message_is_answered_once_when_the_lease_has_run_out(
    make_runner: Any, conversation: str, assistant: Any, post: Any, said: Any, clock: Any, database_url: str
) -> None:
    post(conversation, "one")
    command = [sys.executable, "-c", KILLED_IN_A_TURN, database_url, clock().isoformat()]
    assert subprocess.run(command, timeout=60).returncode == -9
    async with running(make_runner()):
        await asyncio.sleep(0.1)
        assert assistant.asked == []
        clock.advance(seconds=15)
        assert await said(conversation, count=1) == ["heard one"]
    assert len(assistant.asked) == 1


CLIENT_IDS = st.sampled_from(["a", "b", "c", "d", "e"])
BURSTS = st.lists(CLIENT_IDS, min_size=1, max_size=4)
SCHEDULES = st.lists(st.one_of(BURSTS, st.just("restart")), min_size=1, max_size=6)


@hypothesis_settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(schedule=SCHEDULES)
def test_any_schedule_of_posts_duplicates_and_restarts_is_answered_once_and_in_order(
    schedule: list[Any], tmp_path_factory: Any, migrated_file: Path, settings: Settings, texts: Texts, red_flags: Any
) -> None:
    file = tmp_path_factory.mktemp("schedule") / "candidacy.db"
    shutil.copy(migrated_file, file)
    database = Database(f"sqlite:///{file}")
    asked: list[str] = []

    class Assistant:
        async def turn(self, *, text: str, **_: Any) -> TurnResult:
            asked.append(text)
            await asyncio.sleep(0)
            return TurnResult(replies=(Reply(text=f"heard {text}", kind="answer"),), understanding={})

        async def close(self) -> None: ...

    def new_app() -> Any:
        return create_app(settings=settings, database=database, assistant=Assistant(), texts=texts, red_flags=red_flags)

    messages = asyncio.run(_play(schedule, new_app))
    database.dispose()
    sent = [message["text"] for message in messages if message["author"] == "visitor"]
    assert sorted(sent) == sorted({client_id for burst in schedule if burst != "restart" for client_id in burst})
    assert [message["text"] for message in messages[1:] if message["author"] == "assistant"] == [
        f"heard {text}" for text in sent
    ]
    assert asked == sent
    assert [message["id"] for message in messages] == list(range(1, len(messages) + 1))


async def _play(schedule: list[Any], new_app: Callable[[], Any]) -> list[dict[str, Any]]:
    """Post each burst at once, restart where it says so, and read the conversation when all is answered."""
    headers: dict[str, str] = {}
    periods = _split_at_restarts(schedule)
    for number, bursts in enumerate(periods):
        app = new_app()
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://desk", headers=headers) as client,
        ):
            if not headers:
                token = (await client.post("/api/chat/sessions", json={})).json()["token"]
                headers = {"Authorization": f"Bearer {token}"}
                client.headers.update(headers)
            for burst in bursts:
                posts = [client.post("/api/chat/messages", json={"client_id": name, "text": name}) for name in burst]
                assert {response.status_code for response in await asyncio.gather(*posts)} == {202}
            if number == len(periods) - 1:
                return await _all_answered(client)
    raise AssertionError("a schedule has at least one period")


def _split_at_restarts(schedule: list[Any]) -> list[list[list[str]]]:
    periods: list[list[list[str]]] = [[]]
    for step in schedule:
        if step == "restart":
            periods.append([])
        else:
            periods[-1].append(step)
    return periods


async def _all_answered(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    with anyio.fail_after(10):
        while True:
            messages: list[dict[str, Any]] = (await client.get("/api/chat/messages")).json()["messages"]
            authors = [message["author"] for message in messages]
            if authors.count("assistant") >= authors.count("visitor") + 1:
                return messages
            await asyncio.sleep(0.01)
