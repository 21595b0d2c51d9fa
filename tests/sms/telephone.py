"""Somebody who texts with the running product: through its signed webhook, and reading what reaches Twilio."""

import itertools
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx
from sqlalchemy import or_, select
from twilio.request_validator import RequestValidator

from candidacy.records.sms.tables import incoming_texts
from candidacy.records.tables import conversations, messages
from tests.sms.recorder import Recorder
from tests.support.stack import CLINIC_NUMBER, TWILIO_ACCOUNT, TWILIO_TOKEN, Stack

SETTLE_SECONDS = 60
_numbers = itertools.count(1000)


def new_number() -> str:
    """A number of this test alone, in an area code of its own so that many are no pattern."""
    own = next(_numbers)
    return f"+1{_AREA_CODES[own % len(_AREA_CODES)]}555{own % 10_000:04}"


_AREA_CODES = ("212", "305", "312", "415", "512", "617", "702", "808", "907", "602", "503", "404")


@dataclass
class Telephone:
    """One telephone, with its number."""

    stack: Stack
    recorder: Recorder
    number: str = field(default_factory=new_number)

    def text(self, body: str, **parameters: str) -> list[str]:
        """Text the clinic, and give the texts that are sent back."""
        before = len(self.recorder.sent_to(self.number))
        self.post(body, **parameters)
        self.settle()
        return self.recorder.sent_to(self.number)[before:]

    def post(self, body: str, **parameters: str) -> httpx.Response:
        """Have Twilio post a text; gives the acknowledgement."""
        form = {
            "MessageSid": f"SM{uuid.uuid4().hex}",
            "AccountSid": TWILIO_ACCOUNT,
            "From": self.number,
            "To": CLINIC_NUMBER,
            "Body": body,
            "NumMedia": "0",
            "NumSegments": "1",
            "FromCity": "",
            **parameters,
        }
        url = f"{self.stack.url}/sms/twilio"
        signature = RequestValidator(TWILIO_TOKEN).compute_signature(url, form)
        headers = {"X-Twilio-Signature": signature, "I-Twilio-Idempotency-Token": uuid.uuid4().hex}
        answer = httpx.post(url, data=form, headers=headers, trust_env=False, timeout=20)
        assert answer.status_code == 200, answer.text
        return answer

    def settle(self, *, seconds: float = SETTLE_SECONDS) -> None:
        """Wait until nothing is to be taken up, answered or sent any more, by anybody."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if not self._busy():
                return
            time.sleep(0.05)
        raise AssertionError(f"still something to do after {seconds} s")

    def rows(self) -> list[Any]:
        """The messages of all who text, in their order."""
        with self.stack.database.read_session() as session:
            return list(session.execute(select(messages).order_by(messages.c.id)))

    def _busy(self) -> bool:
        to_do = (
            select(incoming_texts.c.id),
            select(messages.c.id).where(or_(messages.c.turn_state == "pending", messages.c.delivery_state == "queued")),
            # A turn under way, also one whose message was erased.
            select(conversations.c.id).where(conversations.c.lease_until.is_not(None)),
        )
        with self.stack.database.read_session() as session:
            return any(session.execute(statement.limit(1)).first() for statement in to_do)
