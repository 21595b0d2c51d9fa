"""A confirmed screening is kept as it was confirmed, once; don't know stays don't know."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from candidacy.records.conversation_lock import ConversationErased
from candidacy.records.database import Database
from candidacy.records.encryption import Cipher
from candidacy.records.erasure import erase_conversation
from candidacy.records.messages import receive
from candidacy.records.screenings import Screening, ScreeningAnswer, latest_screening, record_screening
from candidacy.records.tables import screening_answers, screenings

ANSWERS = (
    ScreeningAnswer(question="stenosis_surgery", value="yes", detail="laminectomy, 2019"),
    ScreeningAnswer(question="fracture", value="unknown"),
    ScreeningAnswer(question="age_related", value="no"),
)


def record(
    database: Database,
    cipher: Cipher,
    conversation: str,
    now: datetime,
    answers: Sequence[ScreeningAnswer] = ANSWERS,
    subject: str = "self",
) -> int:
    """Record a screening in a transaction of its own."""
    with database.session() as session:
        return record_screening(
            session,
            cipher=cipher,
            conversation_id=conversation,
            questionnaire_version="1",
            subject=subject,
            outcome="consultation_suggested",
            answers=answers,
            now=now,
        )


def latest(database: Database, cipher: Cipher, conversation: str) -> Screening | None:
    """What was confirmed last."""
    with database.read_session() as session:
        return latest_screening(session, cipher=cipher, conversation_id=conversation)


def test_a_screening_comes_back_as_it_was_confirmed(
    database: Database, cipher: Cipher, conversation: str, now: datetime
) -> None:
    assert record(database, cipher, conversation, now) == 1

    assert latest(database, cipher, conversation) == Screening(
        number=1,
        questionnaire_version="1",
        subject="self",
        outcome="consultation_suggested",
        answers=ANSWERS,
        at=now,
    )


def test_an_answer_names_the_message_that_gave_it(
    database: Database, cipher: Cipher, conversation: str, now: datetime
) -> None:
    with database.session() as session:
        message = receive(session, conversation_id=conversation, client_id=None, text="a laminectomy", now=now)
    record(database, cipher, conversation, now, answers=[replace(ANSWERS[0], message_id=message.id)])

    screening = latest(database, cipher, conversation)
    assert screening is not None
    assert [answer.message_id for answer in screening.answers] == [message.id]


def test_before_a_screening_there_is_none(database: Database, cipher: Cipher, conversation: str) -> None:
    assert latest(database, cipher, conversation) is None


def test_a_repeated_turn_records_its_screening_once(
    database: Database, cipher: Cipher, conversation: str, now: datetime
) -> None:
    numbers = [record(database, cipher, conversation, now + timedelta(seconds=second)) for second in range(3)]

    assert numbers == [1, 1, 1]
    with database.read_session() as session:
        assert session.execute(select(func.count()).select_from(screenings)).scalar_one() == 1


@pytest.mark.parametrize(
    ("answers", "subject"),
    [
        (ANSWERS, "other"),
        (ANSWERS[:2], "self"),
        ((ANSWERS[0], replace(ANSWERS[1], value="no"), ANSWERS[2]), "self"),
        ((replace(ANSWERS[0], detail="laminectomy, 2020"), *ANSWERS[1:]), "self"),
    ],
)
def test_another_screening_gets_the_next_number(
    database: Database,
    cipher: Cipher,
    conversation: str,
    now: datetime,
    answers: Sequence[ScreeningAnswer],
    subject: str,
) -> None:
    record(database, cipher, conversation, now)

    assert record(database, cipher, conversation, now, answers=answers, subject=subject) == 2

    screening = latest(database, cipher, conversation)
    assert screening is not None
    assert screening.answers == tuple(answers)


def test_a_screening_without_answers_is_one_too(
    database: Database, cipher: Cipher, conversation: str, now: datetime
) -> None:
    record(database, cipher, conversation, now, answers=[])

    screening = latest(database, cipher, conversation)
    assert screening is not None
    assert screening.answers == ()


def test_the_visitors_own_words_are_not_readable_in_the_row(
    database: Database, cipher: Cipher, conversation: str, now: datetime
) -> None:
    record(database, cipher, conversation, now)

    with database.read_session() as session:
        details = [row.detail_encrypted for row in session.execute(select(screening_answers))]
    assert sum(detail is not None for detail in details) == 1
    assert not any(b"laminectomy" in bytes(detail) for detail in details if detail is not None)
    assert "laminectomy" not in repr(latest(database, cipher, conversation))


def test_nothing_is_recorded_after_erasure(
    database: Database, cipher: Cipher, conversation: str, now: datetime
) -> None:
    record(database, cipher, conversation, now)
    with database.session() as session:
        erase_conversation(session, conversation_id=conversation, now=now)

    assert latest(database, cipher, conversation) is None
    with pytest.raises(ConversationErased):
        record(database, cipher, conversation, now)
