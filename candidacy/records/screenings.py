"""Screenings: the answers a visitor gave and confirmed, and the outcome they led to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from candidacy.records.console.marks import note_outcome, note_stage
from candidacy.records.conversation_lock import lock_conversation
from candidacy.records.encryption import Cipher
from candidacy.records.tables import screening_answers, screenings


@dataclass(frozen=True)
class ScreeningAnswer:
    """The answer to one question; `detail` is the visitor's own words on it, kept encrypted."""

    question: str
    value: str
    detail: str | None = field(default=None, repr=False)
    message_id: int | None = None
    """The database id of the visitor's message that gave the answer."""


@dataclass(frozen=True)
class Screening:
    """One screening as it was confirmed; `number` counts a conversation's screenings from 1."""

    number: int
    questionnaire_version: str
    subject: str
    outcome: str
    answers: tuple[ScreeningAnswer, ...]
    at: datetime


def record_screening(
    session: Session,
    *,
    cipher: Cipher,
    conversation_id: str,
    questionnaire_version: str,
    subject: str,
    outcome: str,
    answers: Sequence[ScreeningAnswer],
    now: datetime,
) -> int:
    """Store a confirmed screening and return its number; the latest one again keeps its number and is stored once.

    Raises:
        ConversationUnknown, ConversationErased: see `lock_conversation`.
    """
    lock_conversation(session, conversation_id=conversation_id)
    latest = latest_screening(session, cipher=cipher, conversation_id=conversation_id)
    screening = Screening(
        number=1 if latest is None else latest.number + 1,
        questionnaire_version=questionnaire_version,
        subject=subject,
        outcome=outcome,
        answers=tuple(answers),
        at=now,
    )
    if latest is not None and _content(latest) == _content(screening):
        return latest.number
    _insert(session, cipher=cipher, conversation_id=conversation_id, screening=screening)
    note_stage(session, conversation_id=conversation_id, stage="finished", now=now)
    note_outcome(session, conversation_id=conversation_id, outcome=outcome)
    return screening.number


def latest_screening(session: Session, *, cipher: Cipher, conversation_id: str) -> Screening | None:
    """The screening that was confirmed last, its answers in the order they were given to `record_screening`."""
    row = session.execute(
        select(screenings)
        .where(screenings.c.conversation_id == conversation_id)
        .order_by(screenings.c.number.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    answers = session.execute(
        select(screening_answers)
        .where(screening_answers.c.screening_id == row.id)
        .order_by(screening_answers.c.sequence)
    )
    return Screening(
        number=row.number,
        questionnaire_version=row.questionnaire_version,
        subject=row.subject,
        outcome=row.outcome,
        answers=tuple(
            ScreeningAnswer(
                question=answer.question,
                value=answer.value,
                detail=cipher.decrypt_optional(answer.detail_encrypted),
                message_id=answer.message_id,
            )
            for answer in answers
        ),
        at=row.at,
    )


def _insert(session: Session, *, cipher: Cipher, conversation_id: str, screening: Screening) -> None:
    result = session.execute(
        insert(screenings).values(
            conversation_id=conversation_id,
            number=screening.number,
            questionnaire_version=screening.questionnaire_version,
            subject=screening.subject,
            outcome=screening.outcome,
            at=screening.at,
        )
    )
    rows = [
        {
            "screening_id": result.inserted_primary_key[0],
            "question": answer.question,
            "sequence": sequence,
            "value": answer.value,
            "detail_encrypted": cipher.encrypt_optional(answer.detail),
            "message_id": answer.message_id,
        }
        for sequence, answer in enumerate(screening.answers, start=1)
    ]
    if rows:
        session.execute(insert(screening_answers), rows)


def _content(screening: Screening) -> tuple[Any, ...]:
    return screening.questionnaire_version, screening.subject, screening.outcome, screening.answers
