"""Corrections: a reply that was wrong, what was meant, and a second person's word before it may teach the assistant."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from candidacy.casework.correction import Vocabulary, checked_meaning
from candidacy.casework.redaction import Redaction
from candidacy.casework.training_files import ApprovedCorrection
from candidacy.records.console.tables import corrections
from candidacy.records.consultation_requests import find_request
from candidacy.records.conversation_lock import lock_conversation
from candidacy.records.encryption import Cipher
from candidacy.records.staff_tables import staff_accounts
from candidacy.records.tables import messages

PAGE_LENGTH = 50
_PROPOSED, _APPROVED, _REJECTED = "proposed", "approved", "rejected"


class CorrectionRefused(Exception):
    """The correction cannot be made or decided so; the message says why."""


@dataclass(frozen=True)
class Correction:
    """What a message was meant as; `text` is without what identifies its writer."""

    id: int
    conversation_id: str
    message_id: int
    position: int
    kind: str
    meant: Mapping[str, str]
    text: str = field(repr=False)
    state: str
    staff_id: int
    proposed_by: str
    at: datetime
    reviewed_by: str | None
    reviewed_at: datetime | None


@dataclass(frozen=True)
class Misread:
    """A visitor's message, as it was written and without what identifies its writer."""

    id: int
    position: int
    text: str = field(repr=False)
    redacted: str = field(repr=False)


def propose_correction(
    session: Session,
    *,
    cipher: Cipher,
    redaction: Redaction,
    vocabulary: Vocabulary,
    conversation_id: str,
    position: int,
    staff_id: int,
    kind: str,
    meant: Mapping[str, str],
    now: datetime,
) -> int:
    """Say what a visitor's message was meant as; of a wrong reply, the message it replied to. Returns its id.

    Args:
        session: a session that may write.
        cipher: opens the name on the request, to take it out of the text.
        redaction: takes out what identifies a person.
        vocabulary: what may be meant.
        conversation_id: the conversation.
        position: the message or reply that staff marked.
        staff_id: who says so.
        kind: one of `casework.correction.KINDS`.
        meant: see `casework.correction.checked_meaning`.
        now: the present.

    Raises:
        ConversationUnknown, ConversationErased: see `lock_conversation`.
        CorrectionRefused: there is no message of a visitor's at this place.
        CorrectionError: what was meant is not what can be meant.
    """
    checked = checked_meaning(kind, meant, vocabulary)
    lock_conversation(session, conversation_id=conversation_id)
    message = find_misread(
        session, cipher=cipher, redaction=redaction, conversation_id=conversation_id, position=position
    )
    result = session.execute(
        insert(corrections).values(
            conversation_id=conversation_id,
            message_id=message.id,
            staff_id=staff_id,
            kind=kind,
            meant=checked,
            redacted_text=message.redacted,
            state=_PROPOSED,
            at=now,
        )
    )
    return int(result.inserted_primary_key[0])


def find_misread(
    session: Session, *, cipher: Cipher, redaction: Redaction, conversation_id: str, position: int
) -> Misread:
    """The visitor's message that a correction is about, with what of it would leave; of a reply, what it replied to.

    The arguments are those of `propose_correction`.

    Raises:
        CorrectionRefused: there is no message of a visitor's at this place.
    """
    message = _visitors_message(session, conversation_id, position)
    request = find_request(session, cipher=cipher, conversation_id=conversation_id)
    names = [] if request is None else [request.details.name]
    return Misread(
        id=message.id,
        position=message.position,
        text=message.text,
        redacted=redaction.redact(message.text, names=names),
    )


def decide_correction(
    session: Session,
    *,
    correction_id: int,
    reviewer_id: int,
    approved: bool,
    text: str | None = None,
    now: datetime,
) -> None:
    """Approve or reject a correction, as a second person.

    Args:
        session: a session that may write.
        correction_id: the correction.
        reviewer_id: who decides; never who proposed it.
        approved: what they say.
        text: the text where they took out more of it.
        now: the present.

    Raises:
        CorrectionRefused: it is the reviewer's own, decided already, or gone; or the text is empty.
    """
    if text is not None and not text.strip():
        raise CorrectionRefused("the text must not be empty; reject the correction instead")
    row = session.execute(
        select(corrections.c.staff_id, corrections.c.state).where(corrections.c.id == correction_id).with_for_update()
    ).one_or_none()
    if row is None:
        raise CorrectionRefused("there is no such correction")
    if row.staff_id == reviewer_id:
        raise CorrectionRefused("a second person must decide this")
    if row.state != _PROPOSED:
        raise CorrectionRefused(f"this correction is {row.state} already")
    values: dict[str, Any] = {"state": _APPROVED if approved else _REJECTED}
    if text is not None:
        values["redacted_text"] = text.strip()
    session.execute(
        update(corrections)
        .where(corrections.c.id == correction_id)
        .values(reviewer_id=reviewer_id, reviewed_at=now, **values)
    )


def corrections_page(
    session: Session, *, state: str = _PROPOSED, after: int = 0, limit: int = PAGE_LENGTH
) -> list[Correction]:
    """Corrections in one state, the oldest first, from after an id."""
    statement = (
        _select().where(corrections.c.state == state, corrections.c.id > after).order_by(corrections.c.id).limit(limit)
    )
    return [_correction(row) for row in session.execute(statement)]


def corrections_of(session: Session, *, conversation_id: str) -> list[Correction]:
    """Every correction in a conversation, the oldest first."""
    statement = _select().where(corrections.c.conversation_id == conversation_id).order_by(corrections.c.id)
    return [_correction(row) for row in session.execute(statement)]


def approved_corrections(session: Session) -> tuple[list[ApprovedCorrection], list[str]]:
    """All that was approved, in order, and the conversations it came from.

    Until the transaction ends, none of it can be erased.
    """
    rows = session.execute(
        select(corrections)
        .where(corrections.c.state == _APPROVED)
        .order_by(corrections.c.id)
        .with_for_update(read=True)
    ).all()
    approved = [ApprovedCorrection(text=row.redacted_text, kind=row.kind, meant=row.meant) for row in rows]
    return approved, list(dict.fromkeys(row.conversation_id for row in rows))


def _visitors_message(session: Session, conversation_id: str, position: int) -> Any:
    columns = (messages.c.id, messages.c.position, messages.c.author, messages.c.text, messages.c.in_reply_to)
    here = (messages.c.conversation_id == conversation_id, messages.c.position == position)
    row = session.execute(select(*columns).where(*here)).one_or_none()
    if row is not None and row.author != "visitor" and row.in_reply_to is not None:
        row = session.execute(select(*columns).where(messages.c.id == row.in_reply_to)).one_or_none()
    if row is None or row.author != "visitor":
        raise CorrectionRefused("this is neither a visitor's message nor a reply to one")
    return row


_reviewers = staff_accounts.alias("reviewers")


def _select() -> Any:
    return (
        select(
            corrections,
            messages.c.position,
            staff_accounts.c.full_name.label("proposed_by"),
            _reviewers.c.full_name.label("reviewed_by"),
        )
        .join(messages, messages.c.id == corrections.c.message_id)
        .join(staff_accounts, staff_accounts.c.id == corrections.c.staff_id)
        .outerjoin(_reviewers, _reviewers.c.id == corrections.c.reviewer_id)
    )


def _correction(row: Any) -> Correction:
    return Correction(
        id=row.id,
        conversation_id=row.conversation_id,
        message_id=row.message_id,
        position=row.position,
        kind=row.kind,
        meant=row.meant,
        text=row.redacted_text,
        state=row.state,
        staff_id=row.staff_id,
        proposed_by=row.proposed_by,
        at=row.at,
        reviewed_by=row.reviewed_by,
        reviewed_at=row.reviewed_at,
    )
