"""The conversations of a telephone number: those whose request gives it, and those in which it texts."""

from typing import Any

from sqlalchemy import select

from candidacy.records.encryption import Cipher
from candidacy.records.sms.texters import sender_keys_of
from candidacy.records.tables import consultation_requests, conversations


def with_number(cipher: Cipher, phone_e164: str) -> Any:
    """A query for the ids of those that are not erased; raises ValueError when the number is not E.164."""
    requested = select(consultation_requests.c.conversation_id).where(
        consultation_requests.c.phone_index.in_(cipher.blind_indexes(phone_e164))
    )
    texted = select(conversations.c.id).where(
        conversations.c.texter_key.in_(sender_keys_of(phone_e164, cipher=cipher)), conversations.c.erased_at.is_(None)
    )
    return requested.union(texted)
