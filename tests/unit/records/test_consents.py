"""Every consent and refusal is kept, each once."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from candidacy.records.consents import Consent, latest_consent, record_consent
from candidacy.records.conversation_lock import ConversationUnknown
from candidacy.records.database import Database
from candidacy.records.erasure import erase_conversation
from candidacy.records.messages import receive
from candidacy.records.tables import consents


def record(
    database: Database,
    conversation: str,
    now: datetime,
    *,
    given: bool = True,
    purpose: str = "screening",
    version: str = "1",
    message_id: int | None = None,
) -> None:
    """Record a consent in a transaction of its own."""
    with database.session() as session:
        record_consent(
            session,
            conversation_id=conversation,
            purpose=purpose,
            given=given,
            wording_version=version,
            message_id=message_id,
            now=now,
        )


def latest(database: Database, conversation: str, purpose: str = "screening") -> Consent | None:
    """What was said last."""
    with database.read_session() as session:
        return latest_consent(session, conversation_id=conversation, purpose=purpose)


def count(database: Database) -> int:
    """How many are kept."""
    with database.read_session() as session:
        return int(session.execute(select(func.count()).select_from(consents)).scalar_one())


def test_a_consent_names_its_wording_its_time_and_its_message(
    database: Database, conversation: str, now: datetime
) -> None:
    with database.session() as session:
        message = receive(session, conversation_id=conversation, client_id=None, text="Yes", now=now)

    record(database, conversation, now, version="2024-05", message_id=message.id)

    assert latest(database, conversation) == Consent(
        purpose="screening", given=True, wording_version="2024-05", message_id=message.id, at=now
    )


def test_who_was_never_asked_has_said_nothing(database: Database, conversation: str, now: datetime) -> None:
    record(database, conversation, now, purpose="screening")

    assert latest(database, conversation, "contact") is None


def test_the_last_word_counts_and_the_first_is_kept(database: Database, conversation: str, now: datetime) -> None:
    for minutes, given in enumerate([True, False, True, False]):
        record(database, conversation, now + timedelta(minutes=minutes), given=given)

    consent = latest(database, conversation)
    assert consent is not None
    assert (consent.given, consent.at) == (False, now + timedelta(minutes=3))
    assert count(database) == 4


def test_a_repeated_turn_records_its_consent_once(database: Database, conversation: str, now: datetime) -> None:
    record(database, conversation, now)
    record(database, conversation, now + timedelta(seconds=9))

    consent = latest(database, conversation)
    assert consent is not None
    assert consent.at == now
    assert count(database) == 1


@pytest.mark.parametrize("change", [{"given": False}, {"version": "2"}, {"purpose": "contact"}])
def test_what_differs_is_kept_beside(
    database: Database, conversation: str, now: datetime, change: dict[str, object]
) -> None:
    record(database, conversation, now)
    record(database, conversation, now, **change)  # type: ignore[arg-type]

    assert count(database) == 2


def test_an_unknown_purpose_is_refused(database: Database, conversation: str, now: datetime) -> None:
    with pytest.raises(ValueError, match="must be one of screening, contact"):
        record(database, conversation, now, purpose="advertising")


def test_there_is_no_consent_where_nobody_is(database: Database, now: datetime) -> None:
    with pytest.raises(ConversationUnknown):
        record(database, "nowhere", now)


def test_erasure_removes_it(database: Database, conversation: str, now: datetime) -> None:
    record(database, conversation, now)
    with database.session() as session:
        erase_conversation(session, conversation_id=conversation, now=now)

    assert count(database) == 0
