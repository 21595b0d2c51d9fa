"""Erasure leaves nothing of what a visitor said or gave, and lets them read that it is done."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from candidacy.assistant.reply import Reply
from candidacy.casework.call_back_rules import load_call_back_rules
from candidacy.casework.correction import Vocabulary
from candidacy.casework.redaction import load_redaction
from candidacy.casework.turn_marks import TurnMarks
from candidacy.records.consents import record_consent
from candidacy.records.console.call_backs import call_backs_of, claim_call_back, record_attempt
from candidacy.records.console.claims import claim
from candidacy.records.console.corrections import propose_correction
from candidacy.records.console.legal_holds import lift_hold, place_hold
from candidacy.records.console.marks import leave_marks
from candidacy.records.console.notes import add_note
from candidacy.records.console.tags import add_tag
from candidacy.records.consultation_requests import RequestDetails, submit_request
from candidacy.records.conversation_lock import ConversationUnknown
from candidacy.records.conversations import conversation_state, request_person, start_conversation
from candidacy.records.database import Database
from candidacy.records.dialogue_states import save_dialogue_state, sealed_state
from candidacy.records.encryption import Cipher
from candidacy.records.erasure import ConversationHeld, erase_conversation, erase_conversation_alone, is_held
from candidacy.records.messages import messages_after, receive, say
from candidacy.records.schema import metadata
from candidacy.records.screenings import ScreeningAnswer, record_screening
from candidacy.records.sms.inbox import NewText, keep_text
from candidacy.records.sms.link_codes import store_code
from candidacy.records.sms.parts import Part, lock_part
from candidacy.records.sms.texters import continue_conversation, find_texter, set_consent_state
from candidacy.records.staff_tables import staff_accounts
from candidacy.records.tables import conversations
from candidacy.records.turns import claim_turn, finish_turn
from candidacy.records.visitor_sessions import VisitorSession, find_session
from candidacy.settings import Settings

ANN = 1
NOT_OF_A_CONVERSATION = {
    "conversations",
    # Of a number that texts, and of texting as a whole; `sms.upkeep` clears them away.
    *("texters", "text_receipts", "incoming_texts", "texting_alarms"),
    # Of staff, and of what they did.
    *("staff_accounts", "staff_sessions", "staff_links", "staff_recovery_codes", "sign_in_attempts"),
    *("audit_entries", "saved_filters"),
    # Which file or part of the search index is still to be cleaned.
    *("exports", "export_contents", "search_purges_due"),
}
CONTENT = [table for table in metadata.sorted_tables if table.name not in NOT_OF_A_CONVERSATION]


@pytest.fixture(autouse=True)
def staff(database: Database, now: datetime) -> None:
    """Somebody of the staff."""
    with database.session() as session:
        values = {"sign_in_name": "ann", "full_name": "Ann", "role": "agent", "created_at": now}
        session.execute(insert(staff_accounts).values(id=ANN, **values))


def fill(database: Database, cipher: Cipher, conversation: str, now: datetime) -> None:
    """Put a row into every table."""
    with database.session() as session:
        message_id = fill_talk(session, cipher=cipher, conversation=conversation, now=now)
        fill_texts(session, conversation=conversation, message_id=message_id, now=now)
        fill_casework(session, cipher=cipher, conversation=conversation, message_id=message_id, now=now)


def fill_talk(session: Session, *, cipher: Cipher, conversation: str, now: datetime) -> int:
    """What the visitor and the assistant say; the visitor's message's id."""
    message = receive(session, conversation_id=conversation, client_id="a", text="a laminectomy", now=now)
    say(
        session,
        conversation_id=conversation,
        replies=[Reply(text="When?", kind="question")],
        in_reply_to=message.id,
        now=now,
    )
    record_consent(
        session,
        conversation_id=conversation,
        purpose="screening",
        given=True,
        wording_version="1",
        message_id=message.id,
        now=now,
    )
    record_screening(
        session,
        cipher=cipher,
        conversation_id=conversation,
        questionnaire_version="1",
        subject="self",
        outcome="consultation_suggested",
        answers=[ScreeningAnswer(question="stenosis_surgery", value="yes", message_id=message.id)],
        now=now,
    )
    submit_request(
        session,
        cipher=cipher,
        conversation_id=conversation,
        details=RequestDetails(name="Ann", phone_e164="+12125550123", method="call", time="any"),
        consent_wording_version="1",
        now=now,
    )
    save_dialogue_state(
        session,
        conversation_id=conversation,
        state=sealed_state([], cipher=cipher),
        now=now,
    )
    return message.id


def fill_texts(session: Session, *, conversation: str, message_id: int, now: datetime) -> None:
    """What goes by text message."""
    store_code(session, conversation_id=conversation, code=conversation, now=now)
    lock_part(session, part=Part(message_id=message_id, number=1), now=now)


def fill_casework(session: Session, *, cipher: Cipher, conversation: str, message_id: int, now: datetime) -> None:
    """What staff do with it."""
    common: dict[str, Any] = {"conversation_id": conversation, "now": now}
    leave_marks(session, message_id=message_id, marks=TurnMarks(red_flag="emergency"), **common)
    request_person(session, **common)
    claim(session, staff_id=ANN, notice=Reply(text="A person is here.", kind="notice"), **common)
    add_note(session, cipher=cipher, staff_id=ANN, text="a note", **common)
    add_tag(session, staff_id=ANN, tag="press", **common)
    propose_correction(
        session,
        cipher=cipher,
        redaction=load_redaction(region="US"),
        vocabulary=Vocabulary(topics=("faq/types",), questions=(), categories={}),
        position=1,
        staff_id=ANN,
        kind="topic",
        meant={"topic": "faq/types"},
        **common,
    )
    (call,) = call_backs_of(session, cipher=cipher, conversation_id=conversation)
    claim_call_back(session, call_back_id=call.id, staff_id=ANN, now=now)
    rules = load_call_back_rules(hours=Settings().hours, timezone=Settings().timezone)
    attempt = {"call_back_id": call.id, "staff_id": ANN, "outcome": "voicemail"}
    record_attempt(session, cipher=cipher, rules=rules, now=now, **attempt)
    hold = place_hold(session, cipher=cipher, staff_id=ANN, reason="lawsuit", **common)
    lift_hold(session, hold_id=hold, staff_id=ANN, now=now)


def erase(database: Database, conversation: str, now: datetime) -> None:
    """Erase in a transaction of its own."""
    with database.session() as session:
        erase_conversation(session, conversation_id=conversation, now=now)


def rows(database: Database) -> dict[str, int]:
    """How many rows each table has."""
    with database.read_session() as session:
        return {table.name: session.execute(select(func.count()).select_from(table)).scalar_one() for table in CONTENT}


def written(file: Path) -> str:
    """What stands in a SQLite file once its log is moved into it."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file.read_bytes().decode(errors="replace")


def test_nothing_of_it_is_left(database: Database, cipher: Cipher, conversation: str, now: datetime) -> None:
    fill(database, cipher, conversation, now)
    assert min(rows(database).values()) > 0

    erase(database, conversation, now)

    assert set(rows(database).values()) == {0}


def test_what_the_conversations_own_row_tells_of_it_is_gone(
    database: Database, cipher: Cipher, conversation: str, now: datetime
) -> None:
    fill(database, cipher, conversation, now)

    erase(database, conversation, now)

    with database.read_session() as session:
        row = session.execute(select(conversations)).one()._mapping
    kept = {"id", "channel", "state", "token_hash", "last_position", "created_at", "last_activity_at", "erased_at"}
    assert {name for name, value in row.items() if value} == kept


def test_other_conversations_stay(database: Database, cipher: Cipher, conversation: str, now: datetime) -> None:
    fill(database, cipher, conversation, now)
    before = rows(database)
    with database.session() as session:
        other, _ = start_conversation(session, channel="web", now=now)
    fill(database, cipher, other, now)

    erase(database, other, now)

    assert rows(database) == before


@pytest.fixture
def texting(database: Database, conversation: str, now: datetime) -> str:
    """Another conversation, of a number that texts; it was continued from the first one."""
    text = NewText(
        sender_keys=("sender",),
        block_key="block",
        number_encrypted=b"encrypted",
        message_sid="SM1",
        idempotency_token=None,
        content="words",
        text="hello",
        opt_out_type=None,
    )
    with database.session() as session:
        keep_text(session, text=text, new_texter_consent="new", now=now)
        texting, _ = start_conversation(session, channel="sms", now=now)
        continue_conversation(session, sender_key="sender", conversation_id=conversation)
        continue_conversation(session, sender_key="sender", conversation_id=texting)
    return texting


def test_of_who_texts_all_goes_but_the_number_which_is_still_to_be_told(
    database: Database, cipher: Cipher, conversation: str, texting: str, now: datetime
) -> None:
    fill(database, cipher, conversation, now)
    fill(database, cipher, texting, now)

    with database.session() as session:
        assert erase_conversation(session, conversation_id=texting, now=now) == (texting, conversation)

    assert set(rows(database).values()) == {0}
    with database.read_session() as session:
        texter = find_texter(session, sender_key="sender")
    assert (texter.conversation_id, texter.consent) == (None, "new")


def test_a_hold_on_one_conversation_of_who_texts_keeps_all_of_them(
    database: Database, cipher: Cipher, conversation: str, texting: str, now: datetime
) -> None:
    fill(database, cipher, texting, now)
    before = rows(database)
    with database.session() as session:
        place_hold(session, cipher=cipher, conversation_id=conversation, staff_id=ANN, reason="lawsuit", now=now)

    with pytest.raises(ConversationHeld):
        erase(database, texting, now)

    with database.read_session() as session:
        assert is_held(session, conversation_id=texting)
    assert rows(database) == {**before, "legal_holds": before["legal_holds"] + 1}


@pytest.mark.parametrize(("current", "left"), [(False, "agreed"), (True, "new")])
def test_alone_it_leaves_the_texters_other_conversation(
    database: Database, cipher: Cipher, conversation: str, texting: str, now: datetime, current: bool, left: str
) -> None:
    old, other = (texting, conversation) if current else (conversation, texting)
    fill(database, cipher, other, now)
    before = rows(database)
    fill(database, cipher, old, now)

    with database.session() as session:
        set_consent_state(session, sender_key="sender", consent="agreed")
        erase_conversation_alone(session, conversation_id=old, now=now)

    assert rows(database) == before
    with database.read_session() as session:
        texter = find_texter(session, sender_key="sender")
    assert (texter.conversation_id, texter.consent) == (None if current else texting, left)


def test_the_token_still_opens_the_goodbye(database: Database, now: datetime) -> None:
    with database.session() as session:
        conversation, token = start_conversation(session, channel="web", now=now)
    erase(database, conversation, now)
    with database.session() as session:
        say(session, conversation_id=conversation, replies=[Reply(text="Gone.", kind="notice")], now=now)

    with database.read_session() as session:
        assert find_session(session, token=token) == VisitorSession(conversation, None)
        assert conversation_state(session, conversation_id=conversation) == "closed"
        assert [view.text for view in messages_after(session, conversation_id=conversation)] == ["Gone."]


def test_positions_go_on_after_a_gap_which_tells_a_reader_to_read_anew(
    database: Database, cipher: Cipher, conversation: str, now: datetime
) -> None:
    fill(database, cipher, conversation, now)
    erase(database, conversation, now)

    with database.session() as session:
        positions = say(session, conversation_id=conversation, replies=[Reply(text="Gone.", kind="notice")], now=now)
    assert positions == [5]


def test_erasing_again_only_removes_what_was_said_since(
    database: Database, cipher: Cipher, conversation: str, now: datetime
) -> None:
    fill(database, cipher, conversation, now)
    erase(database, conversation, now)
    with database.session() as session:
        say(session, conversation_id=conversation, replies=[Reply(text="Gone.", kind="notice")], now=now)

    erase(database, conversation, now)

    assert set(rows(database).values()) == {0}


def test_who_waited_for_a_person_no_longer_waits(database: Database, conversation: str, now: datetime) -> None:
    with database.session() as session:
        session.execute(update(conversations).values(state="waiting", waiting_since=now))

    erase(database, conversation, now)

    with database.read_session() as session:
        row = session.execute(select(conversations)).one()
    assert (row.state, row.waiting_since, row.erased_at) == ("closed", None, now)


def test_a_turn_under_way_keeps_its_lease(database: Database, conversation: str, now: datetime) -> None:
    with database.session() as session:
        receive(session, conversation_id=conversation, client_id=None, text="delete my data", now=now)
        turn = claim_turn(session, owner="desk", now=now, lease=timedelta(seconds=30))
    assert turn is not None

    erase(database, conversation, now)

    with database.session() as session:
        goodbye = [Reply(text="Gone.", kind="notice")]
        assert finish_turn(session, turn=turn, owner="desk", replies=goodbye, understanding={}, now=now)


def test_nothing_is_erased_where_nothing_is(database: Database, now: datetime) -> None:
    with pytest.raises(ConversationUnknown):
        erase(database, "nowhere", now)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_file_itself_no_longer_holds_the_words(database: Database, conversation: str, now: datetime) -> None:
    words = "my canary of a sentence"
    with database.session() as session:
        receive(session, conversation_id=conversation, client_id=None, text=words, now=now)
        file = Path(session.get_bind().engine.url.database)
    assert words in written(file)

    erase(database, conversation, now)

    assert words not in written(file)
