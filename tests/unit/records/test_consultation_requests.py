"""A conversation has one consultation request, with one reference, and nobody else can read who made it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import func, select, text

from candidacy.records.consultation_requests import RequestDetails, SubmittedRequest, find_request, submit_request
from candidacy.records.conversation_lock import ConversationErased, ConversationUnknown
from candidacy.records.conversations import start_conversation
from candidacy.records.database import Database
from candidacy.records.encryption import Cipher
from candidacy.records.erasure import erase_conversation
from candidacy.records.reference import new_reference
from candidacy.records.tables import consultation_requests

DETAILS = RequestDetails(
    name="María Fernández",
    phone_e164="+12125550123",
    method="call",
    time="weekday_morning",
    note="I live in Queens",
)


def submit(
    database: Database,
    cipher: Cipher,
    conversation: str,
    now: datetime,
    details: RequestDetails = DETAILS,
    make_reference: Callable[[], str] = new_reference,
) -> SubmittedRequest:
    """Submit a request in a transaction of its own."""
    with database.session() as session:
        return submit_request(
            session,
            cipher=cipher,
            conversation_id=conversation,
            details=details,
            consent_wording_version="1",
            now=now,
            make_reference=make_reference,
        )


def find(database: Database, cipher: Cipher, conversation: str) -> SubmittedRequest | None:
    """The conversation's request."""
    with database.read_session() as session:
        return find_request(session, cipher=cipher, conversation_id=conversation)


def count(database: Database) -> int:
    """How many requests there are."""
    with database.read_session() as session:
        return int(session.execute(select(func.count()).select_from(consultation_requests)).scalar_one())


@pytest.mark.parametrize("details", [DETAILS, replace(DETAILS, note=None)])
def test_a_request_comes_back_as_it_was_made(
    database: Database, cipher: Cipher, conversation: str, now: datetime, details: RequestDetails
) -> None:
    submitted = submit(database, cipher, conversation, now, details)

    assert submitted.is_new
    assert find(database, cipher, conversation) == SubmittedRequest(
        reference=submitted.reference, is_new=False, details=details
    )


def test_before_a_request_there_is_none(database: Database, cipher: Cipher, conversation: str) -> None:
    assert find(database, cipher, conversation) is None


def test_the_same_conversation_again_keeps_its_reference_and_updates_the_rest(
    database: Database, cipher: Cipher, conversation: str, now: datetime
) -> None:
    first = submit(database, cipher, conversation, now)
    corrected = replace(DETAILS, phone_e164="+12125550199", note=None)

    again = submit(database, cipher, conversation, now + timedelta(minutes=5), corrected)

    assert again == SubmittedRequest(reference=first.reference, is_new=False, details=corrected)
    assert find(database, cipher, conversation) == again
    with database.read_session() as session:
        row = session.execute(select(consultation_requests)).one()
    assert (row.created_at, row.updated_at) == (now, now + timedelta(minutes=5))
    assert (row.status, row.phone_index) == ("new", cipher.blind_index("+12125550199"))


def test_of_many_submissions_at_once_one_is_new(
    database: Database, cipher: Cipher, conversation: str, now: datetime, at_once: Callable[..., list[SubmittedRequest]]
) -> None:
    requests = at_once(8, lambda _: submit(database, cipher, conversation, now))

    assert sorted(request.is_new for request in requests) == [False] * 7 + [True]
    assert len({request.reference for request in requests}) == 1
    assert count(database) == 1


def test_a_reference_that_is_taken_is_not_given_again(
    database: Database, cipher: Cipher, conversation: str, now: datetime
) -> None:
    submit(database, cipher, conversation, now, make_reference=lambda: "SF-222222")
    with database.session() as session:
        other, _ = start_conversation(session, channel="web", now=now)
    references = iter(["SF-222222", "SF-222222", "SF-333333"])

    assert submit(database, cipher, other, now, make_reference=lambda: next(references)).reference == "SF-333333"


def test_when_no_reference_is_free_nothing_is_stored(
    database: Database, cipher: Cipher, conversation: str, now: datetime
) -> None:
    submit(database, cipher, conversation, now, make_reference=lambda: "SF-222222")
    with database.session() as session:
        other, _ = start_conversation(session, channel="web", now=now)

    with pytest.raises(RuntimeError, match="no free reference"):
        submit(database, cipher, other, now, make_reference=lambda: "SF-222222")

    assert find(database, cipher, other) is None


@pytest.mark.parametrize("secret", ["María", "Fernández", "2125550123", "Queens"])
def test_the_row_shows_neither_name_nor_number(
    database: Database, cipher: Cipher, conversation: str, now: datetime, secret: str
) -> None:
    submit(database, cipher, conversation, now)

    with database.read_session() as session:
        row = session.execute(text("SELECT * FROM consultation_requests")).one()
    values = [bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode() for value in row]
    assert not any(secret.encode() in value for value in values)
    assert secret not in repr(find(database, cipher, conversation))


def test_a_request_stays_readable_and_findable_when_a_key_is_added(
    database: Database, conversation: str, now: datetime
) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    submit(database, Cipher([old]), conversation, now)

    rotated = Cipher([new, old])

    request = find(database, rotated, conversation)
    assert request is not None
    assert request.details == DETAILS
    with database.read_session() as session:
        index = session.execute(select(consultation_requests.c.phone_index)).scalar_one()
    assert index == rotated.blind_index("+12125550123")


def test_nothing_is_requested_where_nothing_is(
    database: Database, cipher: Cipher, conversation: str, now: datetime
) -> None:
    submit(database, cipher, conversation, now)
    with database.session() as session:
        erase_conversation(session, conversation_id=conversation, now=now)

    assert count(database) == 0
    with pytest.raises(ConversationErased):
        submit(database, cipher, conversation, now)
    with pytest.raises(ConversationUnknown):
        submit(database, cipher, "nowhere", now)
