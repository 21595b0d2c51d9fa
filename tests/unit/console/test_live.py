"""What open pages are told: each message once and in order, also after a break, and nothing after the session."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from sqlalchemy import update

from candidacy.assistant.reply import Reply
from candidacy.console.endpoints import live
from candidacy.records.messages import say
from candidacy.records.staff.accounts import disable_account
from candidacy.records.staff.sessions import end_staff_sessions
from candidacy.records.tables import messages
from tests.unit.frontdesk.asgi_stream import AsgiStream, StreamOver
from tests.unit.records.console.conftest import Clinic

pytestmark = pytest.mark.anyio

PATIENCE_SECONDS = 20
"""Only a stream that never brings what it should waits so long."""
ANSWER = Reply(text="About an hour.", kind="answer")


@pytest.fixture
def clinic(database: Any, clock: Any) -> Clinic:
    return Clinic(database=database, now=clock())


@pytest.fixture
def reader(hire: Any) -> Any:
    return hire("reader")


@pytest.fixture
async def follow(app: Any, signed_in: Any, reader: Any) -> AsyncIterator[Callable[..., AsgiStream]]:
    """Open a stream as a reader does in a browser."""
    browser = await asyncio.to_thread(signed_in, person=reader)
    cookies = "; ".join(f"{name}={value}" for name, value in browser.http.cookies.items())
    opened: list[AsgiStream] = []

    def follow(path: str, *, query: str = "", **headers: str) -> AsgiStream:
        opened.append(AsgiStream(app, headers={"Cookie": cookies, **headers}, path=path, query=query))
        return opened[-1]

    yield follow
    for stream in opened:
        await stream.close()


async def until(stream: AsgiStream, wanted: Callable[[dict[str, str]], bool]) -> list[dict[str, str]]:
    """The events up to one that is wanted."""
    seen: list[dict[str, str]] = []

    async def read() -> None:
        while not any(wanted(event) for event in seen):
            seen.extend(await stream.events())

    await asyncio.wait_for(read(), PATIENCE_SECONDS)
    return seen


def is_message(position: int) -> Callable[[dict[str, str]], bool]:
    return lambda event: event.get("id") == str(position)


def words(events: list[dict[str, str]]) -> list[str]:
    return [json.loads(event["data"])["words"] for event in events if "id" in event]


async def test_messages_come_as_they_are_written(follow: Any, clinic: Clinic, audit: Any) -> None:
    conversation = clinic.begin()
    clinic.turn(conversation, "How long?", ANSWER)
    stream = follow(f"/conversations/{conversation}/events", query="after=1")
    assert words(await until(stream, is_message(2))) == ["About an hour."]
    clinic.turn(conversation, "<b>Thank</b> you", ANSWER)
    assert words(await until(stream, is_message(4))) == ["<b>Thank</b> you", "About an hour."]
    assert (audit()[-1].action, audit()[-1].detail) == ("conversation.follow", {"after": 1})


async def test_after_a_break_it_goes_on_without_loss_or_repetition(follow: Any, clinic: Clinic) -> None:
    conversation = clinic.begin()
    path = f"/conversations/{conversation}/events"
    clinic.turn(conversation, "one", ANSWER)
    stream = follow(path, query="after=0")
    before = await until(stream, is_message(2))
    await stream.close()
    clinic.turn(conversation, "two", ANSWER)
    again = follow(path, query="after=0", **{"Last-Event-ID": before[-1].get("id", "2")})
    assert words(await until(again, is_message(4))) == ["two", "About an hour."]


async def test_a_page_learns_who_has_the_conversation_and_that_a_red_flag_was_seen(
    follow: Any, clinic: Clinic, signed_in: Any
) -> None:
    conversation = clinic.begin()
    clinic.turn(conversation, "I cannot feel my legs", Reply(text="Call 911 now.", kind="emergency"))
    stream = follow(f"/conversations/{conversation}/events", query="after=2")
    (first,) = await until(stream, lambda event: event.get("event") == "standing")
    assert json.loads(first["data"]) == {"state": "assistant", "holder": None, "alarming": True}
    agent = await asyncio.to_thread(signed_in, "agent")
    await asyncio.to_thread(agent.post, f"/conversations/{conversation}/claim")
    claimed = await until(stream, lambda event: '"person"' in event.get("data", ""))
    assert json.loads(claimed[-1]["data"])["holder"] is not None


async def test_a_page_learns_what_became_of_a_text_message(follow: Any, clinic: Clinic, database: Any) -> None:
    conversation = clinic.begin(channel="sms")

    def change(**values: Any) -> None:
        with database.session() as session:
            session.execute(update(messages).where(messages.c.delivery_state.is_not(None)).values(**values))

    with database.session() as session:
        say(session, conversation_id=conversation, replies=[ANSWER], delivery_state="queued", now=clinic.now)
    stream = follow(f"/conversations/{conversation}/events", query="after=1")
    queued = await until(stream, lambda event: event.get("event") == "delivery")
    assert json.loads(queued[-1]["data"]) == {"position": 1, "delivery": "Waits to be sent", "undelivered": False}
    change(delivery_state="failed", delivery_error="30003")
    failed = await until(stream, lambda event: event.get("event") == "delivery")
    assert json.loads(failed[-1]["data"]) == {"position": 1, "delivery": "Not delivered: 30003", "undelivered": True}


async def test_the_inbox_hears_of_every_change(follow: Any, clinic: Clinic) -> None:
    stream = follow("/inbox/events")
    assert await until(stream, lambda event: event.get("event") == "changed")
    conversation = clinic.begin()
    assert await until(stream, lambda event: event.get("event") == "changed")
    clinic.write(conversation, "Hello?")
    events = await until(stream, lambda event: event.get("event") == "changed")
    assert "Hello" not in repr(events)


async def test_a_stream_ends_with_its_session(
    follow: Any, clinic: Clinic, reader: Any, database: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(live, "SESSION_CHECK_SECONDS", 0.05)
    conversation = clinic.begin()
    streams = [follow("/inbox/events"), follow(f"/conversations/{conversation}/events")]
    for stream in streams:
        await until(stream, lambda event: "event" in event)
    with database.session() as session:
        disable_account(session, staff_id=reader.account.id, now=clinic.now)
        end_staff_sessions(session, staff_id=reader.account.id)
    for stream in streams:
        with pytest.raises(StreamOver):
            await until(stream, lambda event: "never" in event)
