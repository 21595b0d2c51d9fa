"""Many visitors who answer the screening questions at the same time, and go on elsewhere when a front desk is gone.

They reach the front desks as behind a proxy: any request may go to any of them, and one that finds nobody is sent
again to another, with the same name for the same message. Each follows its conversation over a stream, and comes back
with the last message it has when the stream breaks.
"""

import asyncio
import json
import random
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import httpx
from sqlalchemy import func, select

from candidacy.records.database import Database
from candidacy.records.encryption import Cipher
from candidacy.records.screenings import ScreeningAnswer, latest_screening
from candidacy.records.tables import consents, messages, screenings

SCRIPT: tuple[tuple[str, str], ...] = (
    ("say", "Can I answer the screening questions?"),
    ("press", "Yes, start"),
    ("press", "Me"),
    ("press", "Yes"),
    ("press", "No, none of these"),
    ("say", "yes I broke L1"),
    ("say", "not that I know of"),
    ("say", "no"),
    ("press", "Yes, that is right"),
)
TYPED = {
    "Yes, start": "yes",
    "Me": "it's for me",
    "Yes": "yes",
    "No, none of these": "none of these",
    "Yes, that is right": "that's right",
}
"""What is typed instead of a button that an apology has made stale."""
ANSWERS = {"fracture": ("yes", "L1"), "age_related": ("no", None), "stenosis_surgery": ("no", None)}
"""What the script answers; "not that I know of" is kept as said."""

REPLY_SECONDS = 60.0
"""How long a visitor waits before the conversation counts as broken off."""
RETRY_SECONDS = 0.2
APOLOGY = "fallback"
"""The kind of reply that asks to try again later."""


class BrokenOff(Exception):
    """A visitor got no answer, or none that goes on."""


@dataclass
class Visit:
    """One visitor's conversation, as the visitor saw it."""

    conversation: str = ""
    seen: list[dict[str, Any]] = field(default_factory=list)
    """The messages in the order in which they came."""
    sent: list[str] = field(default_factory=list)
    """The names of the messages that were taken."""
    broken_off: str | None = None
    """Why it did not come to its end."""
    apologies: int = 0
    moves: int = 0
    """How often a request or the stream had to go elsewhere."""


class Visitor:
    """Has the conversation of the script.

    Args:
        urls: the front desks.
        http: sends requests.
        chance: how long is thought, and where is asked first.
        pause_seconds: mean pause before a message.
    """

    def __init__(self, urls: Sequence[str], *, http: httpx.AsyncClient, chance: random.Random, pause_seconds: float):
        self._urls = list(urls)
        self._http = http
        self._chance = chance
        self._pause_seconds = pause_seconds
        self._headers: dict[str, str] = {}
        self._news = asyncio.Event()
        self.visit = Visit()

    async def talk(self) -> Visit:
        """From the first word to the last reply, or to where it broke off."""
        try:
            await self._talk()
        except (BrokenOff, httpx.HTTPStatusError) as error:
            self.visit.broken_off = str(error)
        return self.visit

    async def _talk(self) -> None:
        opened = await self._request("POST", "/api/chat/sessions", {})
        self.visit.conversation = opened["conversation"]
        self._headers = {"Authorization": f"Bearer {opened['token']}"}
        following = asyncio.create_task(self._follow())
        try:
            for how, what in SCRIPT:
                await asyncio.sleep(self._chance.uniform(0, 2) * self._pause_seconds)
                await self._until_answered(how, what)
            # Replies of one turn come one after the other.
            await asyncio.sleep(RETRY_SECONDS)
        finally:
            following.cancel()
            with suppress(asyncio.CancelledError):
                await following

    async def _until_answered(self, how: str, what: str) -> None:
        """Say it, and say it again after an apology, as a person would."""
        body = {"text": what} if how == "say" else {"button": self._button(what)}
        while True:
            name = f"m{len(self.visit.sent) + 1}"
            accepted = await self._request("POST", "/api/chat/messages", {"client_id": name, **body})
            self.visit.sent.append(name)
            replies = await self._replies_after(accepted["id"])
            if all(reply["kind"] != APOLOGY for reply in replies):
                return
            self.visit.apologies += 1
            body = {"text": TYPED.get(what, what)}
            await asyncio.sleep(1.0)

    def _button(self, title: str) -> str:
        offered = [
            button["id"] for message in self.visit.seen for button in message["buttons"] if button["title"] == title
        ]
        if not offered:
            raise BrokenOff(f"{self.visit.conversation}: no button {title!r}")
        return str(offered[-1])

    async def _replies_after(self, position: int) -> list[dict[str, Any]]:
        async def wait() -> list[dict[str, Any]]:
            while True:
                self._news.clear()
                replies = [m for m in self.visit.seen if m["id"] > position and m["author"] == "assistant"]
                if replies:
                    return replies
                await self._news.wait()

        try:
            return await asyncio.wait_for(wait(), REPLY_SECONDS)
        except asyncio.TimeoutError:
            raise BrokenOff(f"{self.visit.conversation}: no reply after message {position}") from None

    async def _request(self, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """A request, to one front desk after another until one takes it."""
        for _ in range(int(REPLY_SECONDS / RETRY_SECONDS)):
            url = self._chance.choice(self._urls)
            try:
                answer = await self._http.request(method, f"{url}{path}", json=body, headers=self._headers)
                if answer.status_code < 500:
                    answer.raise_for_status()
                    return dict(answer.json())
            except httpx.TransportError:
                pass
            self.visit.moves += 1
            await asyncio.sleep(RETRY_SECONDS)
        raise BrokenOff(f"{self.visit.conversation}: nobody takes a request")

    async def _follow(self) -> None:
        """Follow the stream for good, elsewhere where it breaks."""
        while True:
            with suppress(OSError, asyncio.IncompleteReadError):
                async for message in self._stream(self._chance.choice(self._urls)):
                    self.visit.seen.append(message)
                    self._news.set()
            self.visit.moves += 1
            await asyncio.sleep(RETRY_SECONDS)

    async def _stream(self, url: str) -> AsyncIterator[dict[str, Any]]:
        """The messages over one stream, until it ends. A bare connection, since httpx looks at all its open ones."""
        address = httpx.URL(url)
        reader, writer = await asyncio.open_connection(address.host, address.port)
        try:
            last = self.visit.seen[-1]["id"] if self.visit.seen else 0
            headers = {"Host": address.host, "Last-Event-ID": str(last), **self._headers}
            lines = [f"{name}: {value}" for name, value in headers.items()]
            writer.write("\r\n".join(["GET /api/chat/events HTTP/1.1", *lines, "", ""]).encode())
            while line := await reader.readline():
                if line.startswith(b"data: "):
                    yield json.loads(line[len(b"data: ") :])
        finally:
            writer.close()


async def crowd(urls: Sequence[str], *, visitors: int, pause_seconds: float, at: dict[float, Any]) -> list[Visit]:
    """So many visitors at once.

    Args:
        urls: the front desks.
        visitors: how many.
        pause_seconds: the mean pause of each before a message.
        at: what is done meanwhile: functions, by the second at which they are called.
    """
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
    async with httpx.AsyncClient(limits=limits, timeout=20, trust_env=False) as http:
        talking = [
            Visitor(urls, http=http, chance=random.Random(seed), pause_seconds=pause_seconds).talk()
            for seed in range(visitors)
        ]
        meanwhile = [_later(seconds, act) for seconds, act in at.items()]
        ended = await asyncio.gather(*talking, *meanwhile)
    return list(ended[:visitors])


async def _later(seconds: float, act: Any) -> None:
    await asyncio.sleep(seconds)
    await asyncio.to_thread(act)


def faults_of(visit: Visit, *, database: Database, cipher: Cipher) -> list[str]:
    """What is wrong with a conversation; nothing when it is complete and in order, all of it once."""
    if visit.broken_off is not None:
        return [f"{visit.conversation}: broken off: {visit.broken_off}"]
    with database.read_session() as session:
        rows = session.execute(
            select(messages).where(messages.c.conversation_id == visit.conversation).order_by(messages.c.position)
        ).all()
        screening = latest_screening(session, cipher=cipher, conversation_id=visit.conversation)
        counted = {
            table.name: session.execute(
                select(func.count()).select_from(table).where(table.c.conversation_id == visit.conversation)
            ).scalar_one()
            for table in (screenings, consents)
        }
    said = [row for row in rows if row.author == "visitor"]
    replied = [row for row in rows if row.in_reply_to is not None]
    by_turn = Counter((row.in_reply_to, row.text) for row in replied)
    checks = {
        "the visitor saw each message once, in order": [m["id"] for m in visit.seen] == [r.position for r in rows],
        "positions count up": [row.position for row in rows] == list(range(1, len(rows) + 1)),
        "each message was stored once": [row.client_id for row in said] == visit.sent,
        "each message was answered": {row.id for row in said} == {row.in_reply_to for row in replied},
        "no reply stands twice": max(by_turn.values(), default=0) == 1,
        "replies follow their message": _replies_follow(rows),
        "the script was said": _said_the_script([row.text for row in said if not _apologised(row, replied)]),
        "one screening, one consent": counted == {"screenings": 1, "consents": 1},
        "the answers are right": screening is not None and _answers(screening.answers) == ANSWERS,
    }
    return [f"{visit.conversation}: not so: {name}" for name, right in checks.items() if not right]


def _replies_follow(rows: Sequence[Any]) -> bool:
    """Whether replies stand together, each after the message it answers and in the order of the messages."""
    order = [row.in_reply_to for row in rows if row.in_reply_to is not None]
    position = {row.id: row.position for row in rows}
    return order == sorted(order) and all(
        position[row.in_reply_to] < row.position for row in rows if row.in_reply_to is not None
    )


def _said_the_script(texts: Sequence[str]) -> bool:
    """Whether what was answered is the script, each step in its own words or as it is typed instead of a button."""
    return len(texts) == len(SCRIPT) and all(
        text in (what, TYPED.get(what)) for text, (_, what) in zip(texts, SCRIPT, strict=True)
    )


def _apologised(row: Any, replied: Sequence[Any]) -> bool:
    return any(reply.in_reply_to == row.id and reply.kind == APOLOGY for reply in replied)


def _answers(answers: Sequence[ScreeningAnswer]) -> dict[str, tuple[str, str | None]]:
    return {answer.question: (answer.value, answer.detail) for answer in answers}
