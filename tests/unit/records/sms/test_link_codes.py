"""Codes are kept as hashes, work once, and only for a chat that goes on."""

from datetime import datetime

import pytest
from sqlalchemy import select

from candidacy.records.conversation_lock import ConversationErased
from candidacy.records.database import Database
from candidacy.records.erasure import erase_conversation
from candidacy.records.sms.link_codes import StoredCode, find_code, store_code, use_code
from candidacy.records.sms.tables import link_codes
from candidacy.records.visitor_sessions import end_session

CODE = "7K4-M2P-QRT"


@pytest.fixture
def code(database: Database, conversation: str, now: datetime) -> str:
    with database.session() as session:
        store_code(session, conversation_id=conversation, code=CODE, now=now)
    return CODE


@pytest.mark.parametrize("written", [CODE, "7k4m2pqrt", "7K4 M2P QRT"])
def test_a_code_is_found_however_it_is_written(
    database: Database, conversation: str, code: str, now: datetime, written: str
) -> None:
    with database.read_session() as session:
        assert find_code(session, code=written) == StoredCode(conversation, issued_at=now, used=False)
        assert code not in str(session.execute(select(link_codes)).one())


def test_it_is_used_once(database: Database, code: str, now: datetime) -> None:
    with database.session() as session:
        assert use_code(session, code=code, now=now)
        assert not use_code(session, code=code, now=now)
        found = find_code(session, code=code)
    assert found is not None
    assert found.used


def test_a_chat_that_ended_has_no_code(database: Database, conversation: str, code: str, now: datetime) -> None:
    with database.session() as session:
        end_session(session, conversation_id=conversation, now=now)
        assert find_code(session, code=code) is None


def test_a_chat_that_was_deleted_gets_none(database: Database, conversation: str, now: datetime) -> None:
    with database.session() as session:
        erase_conversation(session, conversation_id=conversation, now=now)
    with database.session() as session, pytest.raises(ConversationErased):
        store_code(session, conversation_id=conversation, code=CODE, now=now)
