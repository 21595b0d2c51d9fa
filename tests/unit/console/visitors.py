"""Visitors for the tests of pages: conversations as they really go, through the functions that the front desk calls."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from candidacy.records.consultation_requests import RequestDetails, submit_request
from candidacy.records.encryption import Cipher
from tests.unit.records.console.conftest import Clinic

NAME, PHONE, SHOWN_PHONE = "Zoe Quill", "+16465550123", "(646) 555-0123"


@dataclass(frozen=True)
class Visitors:
    """Visitors of a clinic; each way of writing gives the conversation's id."""

    clinic: Clinic
    cipher: Cipher

    def ask_for_consultation(
        self, *, due_in: timedelta = timedelta(hours=4), conversation_id: str | None = None
    ) -> str:
        """Ask for a consultation, which queues a call-back."""
        conversation_id = conversation_id or self.clinic.begin()
        now: datetime = self.clinic.now
        with self.clinic.database.session() as session:
            submit_request(
                session,
                cipher=self.cipher,
                conversation_id=conversation_id,
                details=RequestDetails(name=NAME, phone_e164=PHONE, method="call", time="afternoon", note="a walker"),
                consent_wording_version="1",
                due_at=now + due_in,
                now=now,
            )
        return conversation_id
