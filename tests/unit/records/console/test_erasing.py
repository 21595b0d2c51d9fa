"""Deleting a person takes them out of everything; age does the same; a legal hold stops both."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from candidacy.assistant.reply import Reply
from candidacy.casework.correction import Vocabulary
from candidacy.casework.redaction import load_redaction
from candidacy.records.audit import audit_page, verify_audit
from candidacy.records.columns import metadata
from candidacy.records.console.call_backs import call_back_page
from candidacy.records.console.claims import claim
from candidacy.records.console.corrections import propose_correction
from candidacy.records.console.erasing import RETENTION_ACTOR, conversations_of_person, erase_by_age, erase_person
from candidacy.records.console.exports import delete_doomed_exports, record_export
from candidacy.records.console.legal_holds import holds_on, lift_hold, place_hold
from candidacy.records.console.notes import add_note
from candidacy.records.console.search_upkeep import purge_search_index
from candidacy.records.console.tables import call_attempts, exports, search_purges_due
from candidacy.records.console.tags import add_tag
from candidacy.records.consultation_requests import RequestDetails, submit_request
from candidacy.records.conversations import request_person
from candidacy.records.database import Database
from candidacy.records.dialogue_states import save_dialogue_state, sealed_state
from candidacy.records.encryption import Cipher
from candidacy.records.erasure import ConversationHeld
from candidacy.records.sms.texters import find_texter, sender_key_of
from tests.unit.records.console.conftest import ANN, NOTICE, Clinic

Ask = Callable[..., Any]
KEY = b"k" * 32
PHONE = "+16465550123"
CANARY = "laminectomy"
NOT_CONTENT = {"conversations", "search_purges_due", "export_contents"}


@pytest.fixture
def known(clinic: Clinic, do: Ask, cipher: Cipher, tmp_path: Path) -> str:
    """A conversation that has something in every table that names conversations, and an export."""
    conversation = clinic.begin()
    common: dict[str, Any] = {"conversation_id": conversation, "now": clinic.now}
    clinic.turn(conversation, f"my {CANARY} hurts", Reply(text="Call 911.", kind="emergency"))
    do(request_person, **common)
    do(claim, staff_id=ANN, notice=NOTICE, **common)
    do(add_note, cipher=cipher, staff_id=ANN, text="a note", **common)
    do(add_tag, staff_id=ANN, tag="press", **common)
    do(
        submit_request,
        cipher=cipher,
        details=RequestDetails(name="Zoe", phone_e164=PHONE, method="call", time="any"),
        consent_wording_version="1",
        **common,
    )
    do(
        propose_correction,
        cipher=cipher,
        redaction=load_redaction(region="US"),
        vocabulary=Vocabulary(topics=("faq/types",), questions=(), categories={}),
        position=1,
        staff_id=ANN,
        kind="topic",
        meant={"topic": "faq/types"},
        **common,
    )
    do(save_dialogue_state, state=sealed_state([{"x": CANARY}], cipher=cipher), **common)
    file = tmp_path / "export.csv"
    do(record_export, path=file, made_by="ann", conversation_ids=[conversation], now=clinic.now)
    file.write_text(CANARY)
    return conversation


def erase(do: Ask, clinic: Clinic, *conversations: str) -> None:
    do(
        erase_person,
        conversation_ids=conversations,
        actor="ann",
        staff_id=ANN,
        reason="asked for by letter",
        audit_key=KEY,
        now=clinic.now,
    )


def rows_of(ask: Ask, conversation: str) -> set[str]:
    """The tables that have rows of a conversation."""

    def look(session: Any) -> set[str]:
        tables = [table for table in metadata.sorted_tables if "conversation_id" in table.columns]
        return {
            table.name
            for table in tables
            if session.execute(
                select(func.count()).select_from(table).where(table.c.conversation_id == conversation)
            ).scalar_one()
        }

    found: set[str] = ask(look)
    return found


def test_nothing_is_left_but_the_audits_stub(
    clinic: Clinic, known: str, do: Ask, ask: Ask, cipher: Cipher, tmp_path: Path
) -> None:
    assert {"messages", "notes", "corrections", "call_backs", "request_name_words", "waits"} <= rows_of(ask, known)
    assert ask(conversations_of_person, cipher=cipher, phone_e164=PHONE) == [known]

    erase(do, clinic, known)

    assert rows_of(ask, known) <= NOT_CONTENT
    assert ask(call_back_page, cipher=cipher) == ([], None)
    assert ask(lambda session: session.execute(select(call_attempts)).all()) == []
    (entry,) = ask(audit_page, subject=f"conversation/{known}")
    assert (entry.action, entry.actor, entry.reason) == ("conversation.erased", "ann", "asked for by letter")
    assert ask(verify_audit, key=KEY).breaks == ()

    assert do(delete_doomed_exports) == [tmp_path / "export.csv"]
    assert not (tmp_path / "export.csv").exists()
    assert ask(lambda session: session.execute(select(exports)).all()) == []


def test_other_peoples_exports_stay(clinic: Clinic, do: Ask, tmp_path: Path) -> None:
    one, other = clinic.begin(), clinic.begin()
    file = tmp_path / "export.csv"
    file.write_text("kept")
    do(record_export, path=file, made_by="ann", conversation_ids=[other], now=clinic.now)
    erase(do, clinic, one)
    assert do(delete_doomed_exports) == []
    assert file.exists()


def test_the_words_are_gone_from_the_file_of_the_search_index(
    clinic: Clinic, known: str, do: Ask, ask: Ask, database_url: str
) -> None:
    for number in range(30):
        clinic.write(clinic.begin(), f"other words {number}")
    erase(do, clinic, known)

    while do(purge_search_index):
        pass

    assert ask(lambda session: session.execute(select(search_purges_due)).all()) == []
    if database_url.startswith("sqlite"):
        file = Path(database_url.removeprefix("sqlite:///"))
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        content = file.read_bytes().lower()
        assert b"other words" in content
        assert CANARY[:8].encode() not in content


@pytest.fixture
def texting(clinic: Clinic, cipher: Cipher) -> str:
    """A conversation in which the number texts; an older one, of the website, was continued by text before."""
    old, texting = clinic.begin(at=clinic.now - timedelta(days=400)), clinic.begin(channel="sms")
    clinic.text(PHONE, old, cipher=cipher)
    clinic.text(PHONE, texting, cipher=cipher)
    return texting


def test_of_a_number_that_texts_every_conversation_goes_and_leaves_its_stub(
    clinic: Clinic, texting: str, known: str, do: Ask, ask: Ask, cipher: Cipher
) -> None:
    of_person = ask(conversations_of_person, cipher=cipher, phone_e164=PHONE)
    assert len(of_person) == 3
    assert {texting, known} < set(of_person)

    erase(do, clinic, texting, known)

    assert {entry.subject for entry in ask(audit_page)} == {f"conversation/{one}" for one in of_person}
    assert ask(conversations_of_person, cipher=cipher, phone_e164=PHONE) == []


def test_age_leaves_the_conversation_in_which_somebody_texts_now(
    clinic: Clinic, texting: str, do: Ask, ask: Ask, cipher: Cipher
) -> None:
    year_ago = clinic.now - timedelta(days=365)
    (old,) = do(erase_by_age, inactive_since=year_ago, audit_key=KEY, now=clinic.now)

    assert old != texting
    assert ask(conversations_of_person, cipher=cipher, phone_e164=PHONE) == [texting]
    assert ask(find_texter, sender_key=sender_key_of(PHONE, cipher=cipher)).conversation_id == texting


def test_age_erases_in_batches_what_nobody_wrote_in_since(clinic: Clinic, do: Ask, ask: Ask) -> None:
    old = [clinic.begin(at=clinic.now - timedelta(days=400 + number)) for number in range(25)]
    recent = clinic.begin(at=clinic.now - timedelta(days=10))
    clinic.write(recent, "hello", at=clinic.now - timedelta(days=9))

    def run() -> list[str]:
        erased: list[str] = do(
            erase_by_age, inactive_since=clinic.now - timedelta(days=365), audit_key=KEY, now=clinic.now
        )
        return erased

    first, second, third = run(), run(), run()

    assert (len(first), sorted(first + second), third) == (20, sorted(old), [])
    assert rows_of(ask, recent) == {"messages"}
    assert {entry.actor for entry in ask(audit_page)} == {RETENTION_ACTOR}


def test_a_hold_stops_everybody_until_it_is_lifted(
    clinic: Clinic, known: str, do: Ask, ask: Ask, cipher: Cipher
) -> None:
    hold = do(place_hold, cipher=cipher, conversation_id=known, staff_id=ANN, reason="lawsuit", now=clinic.now)
    other = clinic.begin()
    clinic.write(other, "also asked for")
    before = rows_of(ask, known)

    with pytest.raises(ConversationHeld):
        erase(do, clinic, other, known)
    later = clinic.now + timedelta(days=1)
    assert do(erase_by_age, inactive_since=later, audit_key=KEY, now=later) == [other]

    assert rows_of(ask, known) == before
    assert [(one.placed_by, one.reason) for one in ask(holds_on, cipher=cipher, conversation_id=known)] == [
        ("Ann", "lawsuit")
    ]
    assert do(lift_hold, hold_id=hold, staff_id=ANN, now=clinic.now)
    assert not do(lift_hold, hold_id=hold, staff_id=ANN, now=clinic.now)
    erase(do, clinic, known)
    assert rows_of(ask, known) <= NOT_CONTENT


def test_a_hold_needs_a_reason(clinic: Clinic, do: Ask, cipher: Cipher) -> None:
    with pytest.raises(ValueError, match="must have a reason"):
        do(place_hold, cipher=cipher, conversation_id=clinic.begin(), staff_id=ANN, reason=" ", now=clinic.now)


def test_a_file_that_cannot_be_deleted_stays_due(clinic: Clinic, do: Ask, tmp_path: Path, database: Database) -> None:
    conversation = clinic.begin()
    folder = tmp_path / "a folder now"
    folder.mkdir()
    do(record_export, path=folder, made_by="ann", conversation_ids=[conversation], now=clinic.now)
    erase(do, clinic, conversation)
    assert do(delete_doomed_exports) == []
    folder.rmdir()
    assert do(delete_doomed_exports) == [folder]
