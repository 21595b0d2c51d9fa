"""A conversation's writers take its row first, so that positions have neither gaps nor doubles."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from candidacy.records.conversation_lock import (
    ConversationErased,
    ConversationError,
    ConversationUnknown,
    lock_conversation,
    take_positions,
)
from candidacy.records.database import Database
from candidacy.records.erasure import erase_conversation
from candidacy.records.tables import conversations


def test_positions_count_from_one(database: Database, conversation: str, now: datetime) -> None:
    with database.session() as session:
        locked = lock_conversation(session, conversation_id=conversation)
        assert list(take_positions(session, conversation=locked, count=2, now=now)) == [1, 2]
    with database.session() as session:
        locked = lock_conversation(session, conversation_id=conversation)
        assert list(take_positions(session, conversation=locked, count=1, now=now)) == [3]


def test_taking_positions_is_an_activity(database: Database, conversation: str, now: datetime) -> None:
    later = now + timedelta(minutes=5)
    with database.session() as session:
        locked = lock_conversation(session, conversation_id=conversation)
        take_positions(session, conversation=locked, count=1, now=later)

    with database.read_session() as session:
        assert session.execute(select(conversations.c.last_activity_at)).scalar_one() == later


def test_positions_that_were_rolled_back_come_again(database: Database, conversation: str, now: datetime) -> None:
    def interrupted() -> None:
        with database.session() as session:
            locked = lock_conversation(session, conversation_id=conversation)
            take_positions(session, conversation=locked, count=3, now=now)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()

    with database.session() as session:
        assert lock_conversation(session, conversation_id=conversation).last_position == 0


def test_writers_at_once_take_different_positions(
    database: Database, conversation: str, now: datetime, at_once: Callable[..., list[range]]
) -> None:
    def take(number: int) -> range:
        with database.session() as session:
            locked = lock_conversation(session, conversation_id=conversation)
            return take_positions(session, conversation=locked, count=number % 3 + 1, now=now)

    taken = sorted(position for positions in at_once(24, take) for position in positions)

    assert taken == list(range(1, 49))


def test_a_conversation_that_does_not_exist_is_unknown(database: Database) -> None:
    with database.session() as session, pytest.raises(ConversationUnknown):
        lock_conversation(session, conversation_id="nowhere")


def test_an_erased_conversation_is_locked_only_on_purpose(database: Database, conversation: str, now: datetime) -> None:
    with database.session() as session:
        erase_conversation(session, conversation_id=conversation, now=now)

    with database.session() as session:
        with pytest.raises(ConversationErased):
            lock_conversation(session, conversation_id=conversation)
        assert lock_conversation(session, conversation_id=conversation, erased_allowed=True).erased


@pytest.mark.parametrize("error", [ConversationUnknown, ConversationErased])
def test_both_can_be_caught_together(error: type[Exception]) -> None:
    assert issubclass(error, ConversationError)
