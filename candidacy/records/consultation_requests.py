"""Consultation requests: how the clinic can reach a visitor who asked for it; at most one a conversation."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from candidacy.records.console.call_back_queue import queue_call_back
from candidacy.records.console.marks import note_stage
from candidacy.records.console.name_words import replace_name_words
from candidacy.records.conversation_lock import lock_conversation
from candidacy.records.dialect_insert import dialect_insert
from candidacy.records.encryption import Cipher
from candidacy.records.reference import new_reference
from candidacy.records.tables import consultation_requests

REFERENCE_ATTEMPTS = 20


@dataclass(frozen=True)
class RequestDetails:
    """How to reach the visitor: name, number (E.164), how and when, and what they added."""

    name: str = field(repr=False)
    phone_e164: str = field(repr=False)
    method: str
    time: str
    note: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class SubmittedRequest:
    """A stored request; `is_new` when this call stored it first."""

    reference: str
    is_new: bool
    details: RequestDetails


def submit_request(
    session: Session,
    *,
    cipher: Cipher,
    conversation_id: str,
    details: RequestDetails,
    consent_wording_version: str,
    now: datetime,
    due_at: datetime | None = None,
    make_reference: Callable[[], str] = new_reference,
) -> SubmittedRequest:
    """Store a request, or bring the conversation's present one up to date under the same reference.

    Either way the call-back it asks for is queued: due at `due_at`, and without one at once.

    Raises:
        ConversationUnknown, ConversationErased: see `lock_conversation`.
        RuntimeError: no free reference was found.
    """
    lock_conversation(session, conversation_id=conversation_id)
    values = {
        "name_encrypted": cipher.encrypt(details.name),
        "phone_encrypted": cipher.encrypt(details.phone_e164),
        "note_encrypted": cipher.encrypt_optional(details.note),
        "phone_index": cipher.blind_index(details.phone_e164),
        "contact_method": details.method,
        "contact_time": details.time,
        "consent_wording_version": consent_wording_version,
        "updated_at": now,
    }
    replace_name_words(session, cipher=cipher, conversation_id=conversation_id, name=details.name)
    note_stage(session, conversation_id=conversation_id, stage="requested", now=now)
    queue_call_back(session, conversation_id=conversation_id, reason="consultation", due_at=due_at or now, now=now)
    present = _find_row(session, conversation_id=conversation_id)
    if present is not None:
        session.execute(
            update(consultation_requests).where(consultation_requests.c.id == present.id).values(status="new", **values)
        )
        return SubmittedRequest(reference=present.reference, is_new=False, details=details)
    values.update(conversation_id=conversation_id, status="new", created_at=now)
    reference = _insert(session, values=values, make_reference=make_reference)
    return SubmittedRequest(reference=reference, is_new=True, details=details)


def find_request(session: Session, *, cipher: Cipher, conversation_id: str) -> SubmittedRequest | None:
    """The conversation's request, or None; raises EncryptionKeyError when no key opens it."""
    row = _find_row(session, conversation_id=conversation_id)
    if row is None:
        return None
    details = RequestDetails(
        name=cipher.decrypt(row.name_encrypted),
        phone_e164=cipher.decrypt(row.phone_encrypted),
        method=row.contact_method,
        time=row.contact_time,
        note=cipher.decrypt_optional(row.note_encrypted),
    )
    return SubmittedRequest(reference=row.reference, is_new=False, details=details)


def _find_row(session: Session, *, conversation_id: str) -> Any:
    return session.execute(
        select(consultation_requests).where(consultation_requests.c.conversation_id == conversation_id)
    ).one_or_none()


def _insert(session: Session, *, values: dict[str, Any], make_reference: Callable[[], str]) -> str:
    for _ in range(REFERENCE_ATTEMPTS):
        reference = make_reference()
        result = session.execute(
            dialect_insert(session, consultation_requests)
            .values(reference=reference, **values)
            .on_conflict_do_nothing(index_elements=["reference"])
        )
        if result.rowcount:
            return reference
    raise RuntimeError("no free reference was found")
