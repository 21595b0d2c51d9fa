"""Text messages as they come in: kept once each, and taken up one after the other of each sender."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, exists, func, insert, select
from sqlalchemy.orm import Session

from candidacy.records.dialect_insert import dialect_insert
from candidacy.records.sms.tables import incoming_texts, text_receipts, texters

LOOK_LENGTH = 50


@dataclass(frozen=True)
class NewText:
    """A text message, and its sender as the records may know one: under the newest index key, or an older one."""

    sender_keys: tuple[str, ...]
    block_key: str
    number_encrypted: bytes = field(repr=False)
    message_sid: str
    idempotency_token: str | None
    content: str
    text: str = field(repr=False)
    opt_out_type: str | None


@dataclass(frozen=True)
class WaitingText:
    """A text message that is kept and not taken up yet."""

    id: int
    sender_key: str
    message_sid: str
    content: str
    text: str = field(repr=False)
    opt_out_type: str | None
    received_at: datetime


def keep_text(session: Session, *, text: NewText, new_texter_consent: str, now: datetime) -> bool:
    """Keep a text message for its taking up; False when it had been kept before, under its id or its token.

    Of the same message at once, also in other processes, one is kept.

    Args:
        text: the message.
        new_texter_consent: what a sender who never wrote before has said to being texted.
        now: when it was received.
    """
    names = [f"message {text.message_sid}"]
    if text.idempotency_token:
        names.append(f"webhook {text.idempotency_token}")
    receipts = session.execute(
        dialect_insert(session, text_receipts)
        .values([{"name": name, "received_at": now} for name in names])
        .on_conflict_do_nothing(index_elements=["name"])
    )
    if receipts.rowcount < len(names):
        return False
    sender_key = _known_key(session, text.sender_keys)
    _note_sender(session, sender_key=sender_key, text=text, consent=new_texter_consent, now=now)
    session.execute(
        insert(incoming_texts).values(
            sender_key=sender_key,
            message_sid=text.message_sid,
            content=text.content,
            text=text.text,
            opt_out_type=text.opt_out_type,
            received_at=now,
        )
    )
    return True


def waiting_texts(session: Session) -> list[WaitingText]:
    """The oldest text of each sender that waits, those of the longest wait first."""
    earlier = incoming_texts.alias()
    rows = session.execute(
        select(incoming_texts)
        .where(~exists().where(earlier.c.sender_key == incoming_texts.c.sender_key, earlier.c.id < incoming_texts.c.id))
        .order_by(incoming_texts.c.id)
        .limit(LOOK_LENGTH)
    )
    return [WaitingText(**row._mapping) for row in rows]


def take_text(session: Session, *, text_id: int) -> bool:
    """Take a text out of the waiting ones, for this transaction to do what follows; False when another has it."""
    return bool(session.execute(delete(incoming_texts).where(incoming_texts.c.id == text_id)).rowcount)


def _known_key(session: Session, keys: Sequence[str]) -> str:
    """The key under which the sender is known; that of the newest index key for somebody new.

    Locked, so that one who is being indexed anew is found under the new key.
    """
    known = select(texters.c.sender_key).where(texters.c.sender_key.in_(keys)).with_for_update(key_share=True)
    return session.execute(known).scalars().first() or keys[0]


def _note_sender(session: Session, *, sender_key: str, text: NewText, consent: str, now: datetime) -> None:
    insertion = dialect_insert(session, texters).values(
        sender_key=sender_key,
        number_encrypted=text.number_encrypted,
        block_key=text.block_key,
        first_seen_at=now,
        messages_received=1,
        consent=consent,
        code_tries=0,
    )
    session.execute(
        insertion.on_conflict_do_update(
            index_elements=["sender_key"],
            set_={
                # Encrypted anew only where it was deleted.
                "number_encrypted": func.coalesce(texters.c.number_encrypted, insertion.excluded.number_encrypted),
                "messages_received": texters.c.messages_received + 1,
            },
        )
    )
