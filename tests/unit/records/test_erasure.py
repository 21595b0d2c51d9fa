"""Erasure leaves nothing of what a visitor said or gave, and lets them read that it is done."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Table, func, select, update

from candidacy.assistant.reply import Reply
from candidacy.records import tables
from candidacy.records.consents import record_consent
from candidacy.records.consultation_requests import RequestDetails, submit_request
from candidacy.records.conversation_lock import ConversationUnknown
from candidacy.records.conversations import conversation_state, start_conversation
from candidacy.records.database import Database
from candidacy.records.dialogue_states import save_dialogue_state
from candidacy.records.encryption import Cipher
from candidacy.records.erasure import erase_conversation
from candidacy.records.messages import messages_after, receive, say
from candidacy.records.screenings import ScreeningAnswer, record_screening
from candidacy.records.tables import conversations
from candidacy.records.turns import claim_turn, finish_turn
from candidacy.records.visitor_sessions import VisitorSession, find_session

CONTENT = [table for table in vars(tables).values() if isinstance(table, Table) and table.name != "conversations"]


def fill(database: Database, cipher: Cipher, conversation: str, now: datetime) -> None:
    """Put a row into every table."""
    with database.session() as session:
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
            cipher=cipher,
            conversation_id=conversation,
            state={"slots": {}},
            last_turn=str(message.id),
            last_replies=[],
            now=now,
        )


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


def test_other_conversations_stay(database: Database, cipher: Cipher, conversation: str, now: datetime) -> None:
    fill(database, cipher, conversation, now)
    before = rows(database)
    with database.session() as session:
        other, _ = start_conversation(session, channel="web", now=now)
    fill(database, cipher, other, now)

    erase(database, other, now)

    assert rows(database) == before


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


def test_positions_go_on_so_that_a_reader_misses_nothing(
    database: Database, cipher: Cipher, conversation: str, now: datetime
) -> None:
    fill(database, cipher, conversation, now)
    erase(database, conversation, now)

    with database.session() as session:
        positions = say(session, conversation_id=conversation, replies=[Reply(text="Gone.", kind="notice")], now=now)
    assert positions == [3]


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
        file = Path(session.get_bind().url.database)
    assert words in written(file)

    erase(database, conversation, now)

    assert words not in written(file)
