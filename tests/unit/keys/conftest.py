"""Records with something encrypted in every table that has it, on databases of both kinds."""

from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

import pytest
from cryptography.fernet import Fernet

from candidacy.casework.call_back_rules import load_call_back_rules
from candidacy.console.administration import add_staff
from candidacy.keys.steps import Steps
from candidacy.records.console.call_backs import call_backs_of, claim_call_back, record_attempt
from candidacy.records.console.legal_holds import holds_on, place_hold
from candidacy.records.console.notes import add_note, notes_of
from candidacy.records.console.search import find_by_name, find_by_phone
from candidacy.records.consultation_requests import RequestDetails, find_request, submit_request
from candidacy.records.conversations import start_conversation
from candidacy.records.database import Database
from candidacy.records.dialogue_states import (
    find_dialogue_state,
    opened_state,
    save_dialogue_state,
    sealed_state,
)
from candidacy.records.encryption import Cipher
from candidacy.records.screenings import ScreeningAnswer, latest_screening, record_screening
from candidacy.records.sms.inbox import NewText, keep_text
from candidacy.records.sms.texters import continue_conversation, sender_keys_of
from candidacy.records.staff.credentials import find_credentials
from candidacy.records.staff.links import open_link, use_link
from candidacy.settings import Settings
from tests.unit.records.conftest import database_url, migrated_file, migrated_template

__all__ = ["database_url", "migrated_file", "migrated_template"]

NOW = datetime(2030, 5, 1, 12, 0, tzinfo=timezone.utc)
CONVERSATIONS = 15


def new_key() -> str:
    """A fresh encryption key."""
    return Fernet.generate_key().decode()


def phone(number: int) -> str:
    """The telephone number of the visitor of a conversation."""
    return f"+1212555{number:04}"


class Records:
    """A clinic's records; what is read of them is compared with what was written."""

    def __init__(self, database: Database, cipher: Cipher) -> None:
        self.database = database
        self.ids = []
        with database.session() as session:
            self._staff(session, cipher)
            for number in range(CONVERSATIONS):
                self.ids.append(self._conversation(session, cipher, number))

    def _staff(self, session: Any, cipher: Cipher) -> None:
        ann = add_staff(session, cipher=cipher, sign_in_name="ann", full_name="Ann", role="agent", now=NOW)
        self.ann = ann.account.id
        self.totp_key = open_link(session, cipher=cipher, token=ann.token, now=NOW).totp_key
        use_link(
            session,
            cipher=cipher,
            token=ann.token,
            password_hash="hash",
            totp_step=1,
            recovery_code_hashes=["hash"],
            now=NOW,
        )
        self.link = add_staff(session, cipher=cipher, sign_in_name="ben", full_name="Ben", role="agent", now=NOW).token

    def _conversation(self, session: Any, cipher: Cipher, number: int) -> str:
        conversation_id, _ = start_conversation(session, channel="web", now=NOW)
        here = {"conversation_id": conversation_id, "now": NOW}
        staff = {**here, "cipher": cipher, "staff_id": self.ann}
        self.save_state(session, cipher, conversation_id, f"state {number}")
        record_screening(
            session,
            cipher=cipher,
            questionnaire_version="1",
            subject="self",
            outcome="reported",
            answers=[ScreeningAnswer(question="fracture", value="yes", detail=f"L{number}")],
            **here,
        )
        self.submit(session, cipher, conversation_id, number)
        add_note(session, text=f"note {number}", **staff)
        place_hold(session, reason=f"reason {number}", **staff)
        [call_back] = call_backs_of(session, cipher=cipher, conversation_id=conversation_id)
        claim_call_back(session, call_back_id=call_back.id, staff_id=self.ann, now=NOW)
        record_attempt(
            session,
            cipher=cipher,
            rules=load_call_back_rules(hours=Settings().hours, timezone=Settings().timezone),
            call_back_id=call_back.id,
            staff_id=self.ann,
            outcome="voicemail",
            note=f"call {number}",
            now=NOW,
        )
        self.text(session, cipher, phone(number), sid=f"SM{number}")
        continue_conversation(
            session, sender_key=sender_keys_of(phone(number), cipher=cipher)[0], conversation_id=conversation_id
        )
        return conversation_id

    def save_state(self, session: Any, cipher: Cipher, conversation_id: str, text: str) -> None:
        save_dialogue_state(
            session,
            conversation_id=conversation_id,
            state=sealed_state([{"said": text}], cipher=cipher),
            now=NOW,
        )

    def submit(self, session: Any, cipher: Cipher, conversation_id: str, number: int, name: str = "Maria") -> None:
        details = RequestDetails(
            name=f"{name} Number{number}", phone_e164=phone(number), method="call", time="any", note=f"wish {number}"
        )
        submit_request(
            session,
            cipher=cipher,
            conversation_id=conversation_id,
            details=details,
            consent_wording_version="1",
            now=NOW,
        )

    def text(self, session: Any, cipher: Cipher, number: str, *, sid: str) -> None:
        text = NewText(
            sender_keys=sender_keys_of(number, cipher=cipher),
            block_key="block",
            number_encrypted=cipher.encrypt(number),
            message_sid=sid,
            idempotency_token=None,
            content="words",
            text="hello",
            opt_out_type=None,
        )
        keep_text(session, text=text, new_texter_consent="new", now=NOW)

    def check(self, cipher: Cipher) -> None:
        """Everything that was written is read with these keys, and found by its number and name."""
        with self.database.read_session() as session:
            credentials = find_credentials(session, cipher=cipher, sign_in_name="ann")
            assert credentials is not None
            assert credentials.totp_key == self.totp_key
            assert open_link(session, cipher=cipher, token=self.link, now=NOW).totp_key
            for number, conversation_id in enumerate(self.ids):
                self._check(session, cipher, number, conversation_id)

    def _check(self, session: Any, cipher: Cipher, number: int, conversation_id: str) -> None:
        here = {"cipher": cipher, "conversation_id": conversation_id}
        [said] = opened_state(find_dialogue_state(session, conversation_id=conversation_id), cipher=cipher)
        assert said["said"].startswith("state")
        screening = latest_screening(session, **here)
        assert screening is not None
        assert screening.answers[0].detail == f"L{number}"
        request = find_request(session, **here)
        assert request is not None
        assert (request.details.phone_e164, request.details.note) == (phone(number), f"wish {number}")
        assert [note.text for note in notes_of(session, **here)] == [f"note {number}"]
        assert [hold.reason for hold in holds_on(session, **here)] == [f"reason {number}"]
        found = find_by_phone(session, cipher=cipher, phone_e164=phone(number))
        assert [row.id for row in found] == [conversation_id]
        found = find_by_name(session, cipher=cipher, name=f"number{number} {request.details.name.split()[0]}")
        assert [row.id for row in found] == [conversation_id]


@pytest.fixture
def old_key() -> str:
    """The key that the records begin with."""
    return new_key()


@pytest.fixture
def records(database: Database, old_key: str) -> Records:
    """Records under one key."""
    return Records(database, Cipher([old_key]))


@pytest.fixture
def steps(database: Database) -> Steps:
    """Steps that do not wait."""
    return Steps(database, sleep=lambda seconds: None)


@pytest.fixture
def ignored() -> Callable[[int], None]:
    """Nobody looks at the bar."""
    return lambda rows: None
