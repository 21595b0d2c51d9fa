"""A front desk for tests: real records in a temporary file, a stand-in for the assistant, texts of a few words."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest

from candidacy.assistant.client import TurnResult
from candidacy.assistant.reply import Button, Reply
from candidacy.assistant.texts import Texts
from candidacy.frontdesk.answering import Answering
from candidacy.frontdesk.app import create_app
from candidacy.frontdesk.turns import TurnRunner
from candidacy.language.red_flags import RedFlag
from candidacy.records.database import Database
from candidacy.settings import Settings

PATIENCE_SECONDS = 10.0
"""How long a test waits for something to happen before it fails; nothing is expected to take so long."""


class FakeAssistant:
    """Says back what it is told; `answer` can be replaced."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.closed = False
        self.processes = 2
        self.ready_processes = 2
        self.kind = "answer"
        self.answer: Callable[[dict[str, Any]], Awaitable[TurnResult]] = self.say_back

    async def turn(self, **turn: Any) -> TurnResult:
        self.asked.append(turn)
        return await self.answer(turn)

    async def answering(self) -> int:
        return self.ready_processes

    async def close(self) -> None:
        self.closed = True

    async def say_back(self, turn: dict[str, Any]) -> TurnResult:
        return result(f"heard {turn['payload'] or turn['text']}", kind=self.kind)


class FakeRedFlags:
    """Sees danger in the words that it is given."""

    def __init__(self) -> None:
        self.words = {
            "numb": RedFlag(level="emergency", category="cauda_equina", language="en"),
            "adormecido": RedFlag(level="emergency", category="cauda_equina", language="es"),
        }

    def detect(self, text: str) -> RedFlag | None:
        return next((flag for word, flag in self.words.items() if word in text), None)


def result(*texts: str, buttons: tuple[Button, ...] = (), kind: str = "answer") -> TurnResult:
    """What the assistant says, with buttons on the last message."""
    replies = [Reply(text=text, kind=kind, topic="faq/hospital_stay", facts=("F6",)) for text in texts]
    if buttons:
        replies[-1] = Reply(text=texts[-1], kind="question", buttons=buttons)
    return TurnResult(replies=tuple(replies), understanding={"intent": {"name": "faq"}})


@pytest.fixture(name="result")
def result_maker() -> Callable[..., TurnResult]:
    return result


@pytest.fixture
def assistant() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture
def red_flags() -> FakeRedFlags:
    return FakeRedFlags()


@pytest.fixture
def settings() -> Settings:
    return Settings(allowed_origins="https://clinic.example", message_max_length=200)


@pytest.fixture
def kinds() -> dict[str, str]:
    """The responses that the front desk says by itself, and their kinds."""
    return {
        "utter_opening": "notice",
        "utter_assistant_down": "fallback",
        "utter_not_received": "fallback",
        "utter_nobody_came": "handoff",
        "utter_emergency": "emergency",
        "utter_emergency_es": "emergency",
        "utter_crisis": "crisis",
        "utter_crisis_es": "crisis",
        "utter_urgent": "urgent",
        "utter_urgent_es": "urgent",
    }


@pytest.fixture
def texts(kinds: dict[str, str]) -> Texts:
    responses = {
        name: [{"text": f"{name} {{clinic_phone}}", "metadata": {"kind": kind}}] for name, kind in kinds.items()
    }
    return Texts(responses=responses, variables={"clinic_phone": "(212) 430-0312"})


@pytest.fixture
def widget(tmp_path: Path) -> Path:
    """A folder with a widget of one line, and a sample page that loads it."""
    folder = tmp_path / "widget"
    folder.mkdir()
    (folder / "candidacy-chat.js").write_text("export {};\n")
    (folder / "sample.html").write_text(
        '<h1>${clinic_name}</h1><p>$5 <a href="${clinic_phone_link}">${clinic_phone}</a></p>'
        '<script type="module" src="/widget/candidacy-chat.js" integrity="${widget_integrity}"></script>'
    )
    return folder


@pytest.fixture
def serve(
    settings: Settings,
    database: Database,
    assistant: FakeAssistant,
    texts: Texts,
    red_flags: FakeRedFlags,
    clock: Callable[[], datetime],
    widget: Path,
) -> Callable[..., Any]:
    """Serve the front desk in this process, and give a client of it."""

    @asynccontextmanager
    async def serving(**changes: Any) -> AsyncIterator[httpx.AsyncClient]:
        parts = {
            "settings": settings,
            "database": database,
            "assistant": assistant,
            "texts": texts,
            "red_flags": red_flags,
            "now": clock,
            "widget": widget,
        }
        app = create_app(**{**parts, **changes})
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://desk") as client,
        ):
            yield client

    return serving


@pytest.fixture
async def client(serve: Callable[..., Any]) -> AsyncIterator[httpx.AsyncClient]:
    async with serve() as client:
        yield client


@pytest.fixture
def new_session() -> Callable[[httpx.AsyncClient], Awaitable[dict[str, str]]]:
    """Start a session; gives the headers that open it."""

    async def start(client: httpx.AsyncClient) -> dict[str, str]:
        response = await client.post("/api/chat/sessions", json={})
        assert response.status_code == 201
        return {"Authorization": f"Bearer {response.json()['token']}"}

    return start


@pytest.fixture
async def visitor(client: httpx.AsyncClient, new_session: Callable[..., Any]) -> httpx.AsyncClient:
    """The client, with a session of its own."""
    client.headers.update(await new_session(client))
    return client


@pytest.fixture
def until() -> Callable[[Callable[[], Awaitable[Any]]], Awaitable[Any]]:
    """Wait until something is so, and give what it is."""

    async def wait(look: Callable[[], Awaitable[Any]]) -> Any:
        with anyio.fail_after(PATIENCE_SECONDS):
            while not (found := await look()):
                await anyio.sleep(0.01)
        return found

    return wait


@pytest.fixture
def read_until(until: Callable[..., Any]) -> Callable[..., Any]:
    """Read a visitor's messages until there are so many."""

    async def read(visitor: httpx.AsyncClient, *, count: int) -> list[dict[str, Any]]:
        async def look() -> list[dict[str, Any]] | None:
            messages = (await visitor.get("/api/chat/messages")).json()["messages"]
            return messages if len(messages) >= count else None

        messages = await until(look)
        assert len(messages) == count
        return list(messages)

    return read


@pytest.fixture
def make_runner(
    database: Database, assistant: FakeAssistant, texts: Texts, red_flags: FakeRedFlags, clock: Callable[[], datetime]
) -> Callable[..., TurnRunner]:
    """A turn runner that looks for work often."""

    def make(**changes: Any) -> TurnRunner:
        answering = Answering(
            assistant=changes.pop("assistant", assistant), texts=texts, red_flags=red_flags, turn_timeout_seconds=8.0
        )
        parts = {
            "database": database,
            "answering": answering,
            "announce": lambda *_: None,
            "now": clock,
            "poll_seconds": 0.01,
        }
        return TurnRunner(**{**parts, **changes})

    return make
