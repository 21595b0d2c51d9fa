"""Consents: what a visitor agreed to or declined, when, and to which wording."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from candidacy.records.console.marks import note_stage
from candidacy.records.conversation_lock import lock_conversation
from candidacy.records.tables import PURPOSES, consents


@dataclass(frozen=True)
class Consent:
    """A visitor's yes or no to one purpose (of `tables.PURPOSES`), and the message that said it."""

    purpose: str
    given: bool
    wording_version: str
    message_id: int | None
    at: datetime


def record_consent(
    session: Session,
    *,
    conversation_id: str,
    purpose: str,
    given: bool,
    wording_version: str,
    message_id: int | None = None,
    now: datetime,
) -> None:
    """Store a consent or its refusal; the same again, from the same message, is stored once.

    Raises:
        ConversationUnknown, ConversationErased: see `lock_conversation`.
        ValueError: the purpose is none of `tables.PURPOSES`.
    """
    if purpose not in PURPOSES:
        raise ValueError(f"the purpose of a consent must be one of {', '.join(PURPOSES)}")
    lock_conversation(session, conversation_id=conversation_id)
    latest = latest_consent(session, conversation_id=conversation_id, purpose=purpose)
    consent = Consent(purpose=purpose, given=given, wording_version=wording_version, message_id=message_id, at=now)
    if latest is not None and _without_time(latest) == _without_time(consent):
        return
    session.execute(
        insert(consents).values(
            conversation_id=conversation_id,
            purpose=purpose,
            given=given,
            wording_version=wording_version,
            message_id=message_id,
            at=now,
        )
    )
    if given and purpose == "screening":
        note_stage(session, conversation_id=conversation_id, stage="consented", now=now)


def latest_consent(session: Session, *, conversation_id: str, purpose: str) -> Consent | None:
    """What the visitor last said to a purpose, or None when they never did."""
    row = session.execute(
        select(consents)
        .where(consents.c.conversation_id == conversation_id, consents.c.purpose == purpose)
        .order_by(consents.c.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    return Consent(
        purpose=row.purpose,
        given=row.given,
        wording_version=row.wording_version,
        message_id=row.message_id,
        at=row.at,
    )


def _without_time(consent: Consent) -> tuple[str, bool, str, int | None]:
    return consent.purpose, consent.given, consent.wording_version, consent.message_id
