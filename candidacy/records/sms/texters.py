"""People who text, known by a keyed hash of the number: their conversation, their consent, whether they stopped."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from candidacy.casework.turn_marks import DANGER_KINDS
from candidacy.records.conversations import ensure_conversation
from candidacy.records.encryption import Cipher
from candidacy.records.sms.tables import texters
from candidacy.records.tables import conversations, messages
from candidacy.sms.identity import sender_key

CHANNEL = "sms"


@dataclass(frozen=True)
class Texter:
    """Somebody who texts.

    Attributes:
        sender_key: the keyed hash of the number.
        conversation_id: where what they write belongs; None before the first, and after an erasure.
        consent: how far it is with their consent to texts, in the words of whoever keeps it.
        stopped: whether they may not be texted.
        code_tries: wrong link codes since the first of them was tried.
        code_tried_at: when the first of those was.
    """

    sender_key: str
    conversation_id: str | None
    consent: str
    stopped: bool
    code_tries: int
    code_tried_at: datetime | None


def sender_key_of(number: str, *, cipher: Cipher) -> str:
    """The keyed hash under which the texter of a number (E.164) is stored; raises ValueError as `sender_key` does."""
    return sender_keys_of(number, cipher=cipher)[0]


def sender_keys_of(number: str, *, cipher: Cipher) -> tuple[str, ...]:
    """The keyed hashes under which the texter of a number may be known, that of the newest index key first."""
    return tuple(sender_key(number, secret) for secret in cipher.sender_secrets)


def find_texter(session: Session, *, sender_key: str) -> Texter:
    """A texter; there is one for everybody whose message is kept."""
    row = session.execute(select(texters).where(texters.c.sender_key == sender_key)).one()
    return Texter(
        sender_key=row.sender_key,
        conversation_id=row.conversation_id,
        consent=row.consent,
        stopped=row.stopped_at is not None,
        code_tries=row.code_tries,
        code_tried_at=row.code_tried_at,
    )


def ensure_conversation_of(session: Session, *, texter: Texter, now: datetime) -> str:
    """The texter's conversation, which begins now where there is none."""
    if texter.conversation_id is not None:
        return texter.conversation_id
    # Without a token: what opens it is the telephone.
    conversation_id = str(uuid.uuid4())
    ensure_conversation(session, conversation_id=conversation_id, channel=CHANNEL, now=now)
    continue_conversation(session, sender_key=texter.sender_key, conversation_id=conversation_id)
    return conversation_id


def continue_conversation(session: Session, *, sender_key: str, conversation_id: str) -> None:
    """Have what the texter writes from now on belong to a conversation, also one that began elsewhere.

    Another number that wrote in it does so no more: its next text begins a conversation of its own.
    """
    session.execute(
        update(texters)
        .where(texters.c.conversation_id == conversation_id, texters.c.sender_key != sender_key)
        .values(conversation_id=None)
    )
    session.execute(update(texters).where(texters.c.sender_key == sender_key).values(conversation_id=conversation_id))
    session.execute(update(conversations).where(conversations.c.id == conversation_id).values(texter_key=sender_key))


def set_consent_state(session: Session, *, sender_key: str, consent: str) -> None:
    """Note how far it is with a texter's consent."""
    session.execute(update(texters).where(texters.c.sender_key == sender_key).values(consent=consent))


def consent_state_of(session: Session, *, conversation_id: str) -> str | None:
    """How far it is with the consent of whoever texts in a conversation; None when nobody does."""
    state: str | None = session.execute(
        select(texters.c.consent)
        .join(conversations, conversations.c.texter_key == texters.c.sender_key)
        .where(conversations.c.id == conversation_id)
    ).scalar_one_or_none()
    return state


def stop_texts_in(session: Session, *, message_id: int, now: datetime) -> None:
    """Note that the number of whoever texts in a message's conversation may not be texted."""
    sender_key = sender_of_message(session, message_id=message_id)
    if sender_key is not None:
        stop_texts(session, sender_key=sender_key, now=now)


def stop_texts(session: Session, *, sender_key: str, now: datetime) -> None:
    """Note that the number may not be texted; what was to be sent to it will not be."""
    session.execute(
        update(texters).where(texters.c.sender_key == sender_key, texters.c.stopped_at.is_(None)).values(stopped_at=now)
    )


def start_texts(session: Session, *, sender_key: str) -> None:
    """Note that the number may be texted again."""
    session.execute(update(texters).where(texters.c.sender_key == sender_key).values(stopped_at=None))


def note_code_try(session: Session, *, sender_key: str, tries: int, first_at: datetime) -> None:
    """Note how many wrong link codes a texter has tried, and when the first of them was."""
    session.execute(
        update(texters).where(texters.c.sender_key == sender_key).values(code_tries=tries, code_tried_at=first_at)
    )


def sender_of_message(session: Session, *, message_id: int) -> str | None:
    """The key of whoever texts in a message's conversation."""
    key: str | None = session.execute(
        select(conversations.c.texter_key)
        .join(messages, messages.c.conversation_id == conversations.c.id)
        .where(messages.c.id == message_id)
    ).scalar_one_or_none()
    return key


def number_of(session: Session, *, cipher: Cipher, conversation_id: str) -> str | None:
    """The number that texts in a conversation, E.164; None when none does, or it was deleted.

    Raises:
        EncryptionKeyError: no key opens it.
    """
    encrypted = session.execute(
        select(texters.c.number_encrypted)
        .join(conversations, conversations.c.texter_key == texters.c.sender_key)
        .where(conversations.c.id == conversation_id)
    ).scalar_one_or_none()
    return cipher.decrypt_optional(encrypted)


def visitor_wrote_at(session: Session, *, conversation_id: str) -> datetime | None:
    """When the visitor wrote last in a conversation, wherever; None when they never did."""
    at: datetime | None = session.execute(
        select(messages.c.created_at)
        .where(messages.c.conversation_id == conversation_id, messages.c.author == "visitor")
        .order_by(messages.c.position.desc())
        .limit(1)
    ).scalar_one_or_none()
    return at


def last_topic(session: Session, *, conversation_id: str) -> str | None:
    """The topic of what was said last in a conversation."""
    topic: str | None = session.execute(
        select(messages.c.topic)
        .where(messages.c.conversation_id == conversation_id, messages.c.author != "visitor")
        .order_by(messages.c.position.desc())
        .limit(1)
    ).scalar_one_or_none()
    return topic


def was_said(session: Session, *, conversation_id: str, topic: str, since: datetime | None = None) -> bool:
    """Whether something of this topic was said in a conversation, ever or since an instant."""
    said = exists().where(messages.c.conversation_id == conversation_id, messages.c.topic == topic)
    if since is not None:
        said = said.where(messages.c.created_at > since)
    return bool(session.execute(select(said)).scalar_one())


def advice_given(session: Session, *, message_id: int) -> str | None:
    """The most pressing kind of danger advice that was given to a visitor's message, or None."""
    kinds = set(session.execute(select(messages.c.kind).where(messages.c.in_reply_to == message_id)).scalars())
    return next((kind for kind in DANGER_KINDS if kind in kinds), None)
