"""A front desk that text messages are set up for: a signed webhook, a stand-in for Twilio, and what it was given."""

import itertools
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from cryptography.fernet import Fernet
from sqlalchemy import select
from twilio.request_validator import RequestValidator

from candidacy.assistant.texts import Texts
from candidacy.frontdesk.sms.responses import RESPONSES, topic_of
from candidacy.frontdesk.sms.twilio_sender import TextNotSent
from candidacy.records.database import Database
from candidacy.records.encryption import Cipher
from candidacy.records.sms.tables import incoming_texts
from candidacy.records.tables import messages
from candidacy.settings import Settings

ACCOUNT = "AC" + "0" * 32
TOKEN = "a-token"
PUBLIC_URL = "https://texts.clinic.example"
NUMBER = "+12125550100"
SENDER = "+13055550123"
CHOICES = "Reply with a number:"


@dataclass
class FakeTwilio:
    """Takes texts, unless it is told to fail first."""

    sent: list[tuple[str, str]] = field(default_factory=list)
    """To whom, and what."""
    callbacks: list[str] = field(default_factory=list)
    failures: list[TextNotSent] = field(default_factory=list)
    """Raised one after the other before anything is taken."""
    failed: int = 0
    """How often that was."""
    hold: threading.Event | None = None
    """Where there is one, each text waits for it."""
    numbers: Any = field(default_factory=lambda: itertools.count(1))

    def send(self, *, to: str, body: str, status_url: str) -> str:
        if self.hold is not None:
            self.hold.wait(10)
        if self.failures:
            self.failed += 1
            raise self.failures.pop(0)
        self.sent.append((to, body))
        self.callbacks.append(status_url)
        return f"SM{next(self.numbers):032x}"

    @property
    def bodies(self) -> list[str]:
        return [body for _, body in self.sent]


@dataclass
class Telephone:
    """Somebody who texts, through the signed webhook."""

    client: httpx.AsyncClient
    number: str = SENDER
    numbers: Any = field(default_factory=lambda: itertools.count(1))

    async def text(self, body: str, **parameters: str) -> httpx.Response:
        """Text the clinic; parameters add to what Twilio posts, or replace it."""
        own = next(self.numbers)
        form = {
            "MessageSid": f"SM{self.number[-4:]}{own:028x}",
            "From": self.number,
            "To": NUMBER,
            "Body": body,
            "NumMedia": "0",
            **parameters,
        }
        return await self.post("/sms/twilio", form)

    async def post(self, path: str, form: dict[str, str], **headers: str) -> httpx.Response:
        """Post a form, signed as Twilio does it."""
        signature = RequestValidator(TOKEN).compute_signature(PUBLIC_URL + path, form)
        return await self.client.post(path, data=form, headers={"X-Twilio-Signature": signature, **headers})


@pytest.fixture
def cipher() -> Cipher:
    return Cipher([Fernet.generate_key().decode()])


@pytest.fixture
def settings() -> Settings:
    return Settings(
        message_max_length=200,
        sms_account_sid=ACCOUNT,
        sms_auth_tokens=f"new-token, {TOKEN}",
        sms_number=NUMBER,
        sms_public_url=PUBLIC_URL,
    )


@pytest.fixture
def texts(kinds: dict[str, str]) -> Texts:
    """Texts of a few words: their own names, and the kinds and topics of the real ones."""
    responses = {name: [{"text": f"{name}, call 911", "metadata": {"kind": kind}}] for name, kind in kinds.items()}
    for name in RESPONSES:
        responses[name] = [{"text": name, "metadata": {"kind": "notice", "topic": topic_of(name)}}]
    responses["utter_sms_link"][0]["text"] = "utter_sms_link {link} {link_minutes}"
    responses["utter_sms_choices"][0]["text"] = CHOICES
    return Texts(responses=responses, variables={"clinic_phone": "(212) 430-0312"})


@pytest.fixture
def twilio() -> FakeTwilio:
    return FakeTwilio()


@pytest.fixture
async def desk_client(
    serve: Callable[..., Any], cipher: Cipher, twilio: FakeTwilio
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a front desk with text messages."""
    async with serve(cipher=cipher, sender=twilio) as client:
        yield client


@pytest.fixture
def telephone(desk_client: httpx.AsyncClient) -> Telephone:
    return Telephone(desk_client)


@pytest.fixture
def known(telephone: Telephone, sent: Callable[..., Any]) -> Callable[[], Any]:
    """Makes the telephone one that was welcomed and agreed."""

    async def make() -> Telephone:
        await telephone.text("hello")
        await sent(1)
        await telephone.text("yes")
        await sent(2)
        return telephone

    return make


@pytest.fixture
def sent(twilio: FakeTwilio, until: Callable[..., Any]) -> Callable[..., Any]:
    """What was texted, once it is so much."""

    async def wait(count: int) -> list[str]:
        async def look() -> list[str] | None:
            return twilio.bodies if len(twilio.sent) >= count else None

        bodies: list[str] = await until(look)
        return bodies

    return wait


@pytest.fixture
def stored(database: Database) -> Callable[[], list[Any]]:
    """The rows of all messages, in their order."""

    def read() -> list[Any]:
        with database.read_session() as session:
            return list(session.execute(select(messages).order_by(messages.c.id)))

    return read


@pytest.fixture
def settled(database: Database, stored: Callable[[], list[Any]], until: Callable[..., Any]) -> Callable[[], Any]:
    """Waits until nothing is to be taken up, answered or sent any more; gives the rows of all messages."""

    async def look() -> list[Any] | None:
        with database.read_session() as session:
            waiting = session.execute(select(incoming_texts.c.id)).all()
        rows = stored()
        busy = any(row.turn_state == "pending" or row.delivery_state == "queued" for row in rows)
        return None if waiting or busy else rows

    async def wait() -> list[Any]:
        rows: list[Any] = await until(look)
        return rows

    return wait
