"""A person as the conversations of one telephone number: what deleting them is about."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from candidacy.records.console.erasing import conversations_of_person, erase_person
from candidacy.records.consultation_requests import find_request
from candidacy.records.encryption import Cipher


class PersonChanged(Exception):
    """There are other conversations of the person than were agreed to."""


def persons_conversations(session: Session, *, cipher: Cipher, conversation_id: str) -> list[str]:
    """A conversation, and the others whose request gives the same number."""
    request = find_request(session, cipher=cipher, conversation_id=conversation_id)
    if request is None:
        return [conversation_id]
    of_number = conversations_of_person(session, cipher=cipher, phone_e164=request.details.phone_e164)
    return list(dict.fromkeys([conversation_id, *of_number]))


def erase_whole_person(
    session: Session,
    *,
    cipher: Cipher,
    conversation_id: str,
    count: int,
    actor: str,
    staff_id: int,
    reason: str,
    audit_key: bytes,
    now: datetime,
) -> Sequence[str]:
    """Delete a person, whom one of their conversations names; returns what was deleted.

    Args:
        session: a session that may write.
        cipher: finds the number's other conversations.
        conversation_id: the conversation.
        count: how many conversations were shown and agreed to.
        actor: who does it.
        staff_id: their account.
        reason: why.
        audit_key: the audit's key.
        now: the present.

    Raises:
        PersonChanged: meanwhile there are more, or fewer.
        ConversationUnknown, ConversationHeld: see `erase_person`.
    """
    ids = persons_conversations(session, cipher=cipher, conversation_id=conversation_id)
    if len(ids) != count:
        raise PersonChanged("the person has other conversations than were shown")
    erase_person(
        session,
        conversation_ids=ids,
        actor=actor,
        staff_id=staff_id,
        reason=reason,
        audit_key=audit_key,
        now=now,
    )
    return ids
