"""A token alone opens its conversation, for as long as the session lasts."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from candidacy.records.conversation_lock import ConversationUnknown
from candidacy.records.conversations import conversation_state, request_person, start_conversation
from candidacy.records.database import Database
from candidacy.records.erasure import erase_conversation
from candidacy.records.messages import messages_after, receive
from candidacy.records.tables import conversations
from candidacy.records.turns import claim_turn
from candidacy.records.visitor_sessions import VisitorSession, end_session, extend_session, find_session

HOUR = timedelta(hours=1)


def test_the_token_opens_its_conversation(database: Database, now: datetime) -> None:
    with database.session() as session:
        first, first_token = start_conversation(session, channel="web", now=now)
        second, second_token = start_conversation(session, channel="web", now=now)

    with database.read_session() as session:
        assert find_session(session, token=first_token) == VisitorSession(first, None)
        assert find_session(session, token=second_token) == VisitorSession(second, None)
        assert first != second


@pytest.mark.parametrize("token", ["", "guessed", "' OR 1=1 --"])
def test_another_token_opens_nothing(database: Database, conversation: str, token: str) -> None:
    with database.read_session() as session:
        assert find_session(session, token=token) is None


def test_the_token_itself_is_not_kept(database: Database, now: datetime) -> None:
    with database.session() as session:
        _, token = start_conversation(session, channel="web", now=now)

    with database.read_session() as session:
        row = session.execute(select(conversations)).one()
    assert len(token) >= 43
    assert token not in str(row)
    assert session_of_hash(database, row.token_hash) is None


def session_of_hash(database: Database, token_hash: str) -> VisitorSession | None:
    """What somebody who read the table would open with what stands in it."""
    with database.read_session() as session:
        return find_session(session, token=token_hash)


@pytest.fixture
def started(database: Database, now: datetime) -> tuple[str, str]:
    """A conversation's id, and the token that opens it for an hour."""
    with database.session() as session:
        return start_conversation(session, channel="web", now=now, expires_at=now + HOUR)


def found(database: Database, token: str) -> VisitorSession | None:
    with database.read_session() as session:
        return find_session(session, token=token)


@pytest.mark.parametrize(
    ("ends_after_seconds", "over"),
    [(None, False), (1, False), (0, True), (-1, True)],
    ids=["never", "soon", "now", "past"],
)
def test_a_session_is_over_from_its_end_on(now: datetime, ends_after_seconds: int | None, over: bool) -> None:
    ends = None if ends_after_seconds is None else now + timedelta(seconds=ends_after_seconds)
    assert VisitorSession("a", ends).is_over(now) is over


def test_a_session_knows_its_end_and_can_be_extended(
    database: Database, started: tuple[str, str], now: datetime
) -> None:
    conversation, token = started
    assert found(database, token) == VisitorSession(conversation, now + HOUR)

    with database.session() as session:
        extend_session(session, conversation_id=conversation, until=now + 2 * HOUR)

    assert found(database, token) == VisitorSession(conversation, now + 2 * HOUR)


def test_an_ended_session_opens_nothing_and_the_messages_stay(
    database: Database, started: tuple[str, str], now: datetime
) -> None:
    conversation, token = started
    with database.session() as session:
        receive(session, conversation_id=conversation, client_id=None, text="hello", now=now)
        end_session(session, conversation_id=conversation, now=now)
        extend_session(session, conversation_id=conversation, until=now + 2 * HOUR)

    assert found(database, token) is None
    with database.session() as session:
        assert [view.text for view in messages_after(session, conversation_id=conversation)] == ["hello"]
        assert claim_turn(session, owner="desk", now=now, lease=HOUR) is not None


def test_nobody_waits_for_a_person_any_more(database: Database, started: tuple[str, str], now: datetime) -> None:
    with database.session() as session:
        request_person(session, conversation_id=started[0], now=now)
        end_session(session, conversation_id=started[0], now=now)

    with database.read_session() as session:
        assert conversation_state(session, conversation_id=started[0]) == "closed"
        assert session.execute(select(conversations.c.waiting_since)).scalar_one() is None


def test_the_session_of_an_erased_conversation_can_be_ended_too(
    database: Database, started: tuple[str, str], now: datetime
) -> None:
    conversation, token = started
    with database.session() as session:
        erase_conversation(session, conversation_id=conversation, now=now)
    assert found(database, token) is not None

    with database.session() as session:
        end_session(session, conversation_id=conversation, now=now)

    assert found(database, token) is None


def test_what_is_nowhere_cannot_be_ended(database: Database, now: datetime) -> None:
    with database.session() as session, pytest.raises(ConversationUnknown):
        end_session(session, conversation_id="nowhere", now=now)
