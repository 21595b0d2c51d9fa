"""A conversation knows who has it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from candidacy.records.conversation_lock import ConversationErased, ConversationUnknown
from candidacy.records.conversations import (
    conversation_state,
    ensure_conversation,
    request_person,
)
from candidacy.records.database import Database
from candidacy.records.erasure import erase_conversation
from candidacy.records.tables import conversations


def put_into(database: Database, state: str) -> None:
    """Put the conversation into a state."""
    with database.session() as session:
        session.execute(update(conversations).values(state=state))


def test_a_new_conversation_is_the_assistants(database: Database, conversation: str) -> None:
    with database.read_session() as session:
        assert conversation_state(session, conversation_id=conversation) == "assistant"


def test_an_unknown_conversation_has_no_state(database: Database) -> None:
    with database.read_session() as session:
        assert conversation_state(session, conversation_id="nowhere") is None


def test_a_conversation_can_be_named_from_outside(
    database: Database, now: datetime, at_once: Callable[..., list[None]]
) -> None:
    def ensure(_: int) -> None:
        with database.session() as session:
            ensure_conversation(session, conversation_id="shell", channel="cmdline", now=now)

    at_once(8, ensure)

    with database.read_session() as session:
        assert session.execute(select(conversations.c.id, conversations.c.channel)).all() == [("shell", "cmdline")]


def test_ensuring_a_conversation_leaves_one_that_exists_as_it_is(
    database: Database, conversation: str, now: datetime
) -> None:
    put_into(database, "person")
    with database.session() as session:
        ensure_conversation(session, conversation_id=conversation, channel="cmdline", now=now)

    with database.read_session() as session:
        assert conversation_state(session, conversation_id=conversation) == "person"


@pytest.mark.parametrize(
    ("state", "requested", "then"),
    [
        ("assistant", True, "waiting"),
        ("closed", True, "waiting"),
        ("waiting", False, "waiting"),
        ("person", False, "person"),
    ],
)
def test_a_person_is_requested_once(
    database: Database, conversation: str, now: datetime, state: str, requested: bool, then: str
) -> None:
    put_into(database, state)

    with database.session() as session:
        assert request_person(session, conversation_id=conversation, now=now) is requested

    with database.read_session() as session:
        assert conversation_state(session, conversation_id=conversation) == then


def test_who_waits_keeps_their_place(database: Database, conversation: str, now: datetime) -> None:
    for minutes in (0, 10):
        with database.session() as session:
            request_person(session, conversation_id=conversation, now=now + timedelta(minutes=minutes))

    with database.read_session() as session:
        assert session.execute(select(conversations.c.waiting_since)).scalar_one() == now


def test_of_many_requests_at_once_one_is_the_first(
    database: Database, conversation: str, now: datetime, at_once: Callable[..., list[bool]]
) -> None:
    def request(_: int) -> bool:
        with database.session() as session:
            return request_person(session, conversation_id=conversation, now=now)

    assert sorted(at_once(10, request)) == [False] * 9 + [True]


def test_no_person_can_be_requested_where_nothing_is(database: Database, conversation: str, now: datetime) -> None:
    with database.session() as session:
        erase_conversation(session, conversation_id=conversation, now=now)

    with database.session() as session:
        with pytest.raises(ConversationErased):
            request_person(session, conversation_id=conversation, now=now)
        with pytest.raises(ConversationUnknown):
            request_person(session, conversation_id="nowhere", now=now)
