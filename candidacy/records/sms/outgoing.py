"""Messages on their way to a telephone: claimed in order of each conversation, danger advice before all else.

A message that is claimed is hidden from others until `next_attempt_at`; after that it can be claimed again. Who is late
finds that `delivery_attempts` went on without it, and writes nothing.

Of a message that was never tried, `next_attempt_at` is when it goes out whatever the hour: an answer at once, what was
held back at the end of the quiet hours. Without one it goes out as the quiet hours allow.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, exists, or_, select, update
from sqlalchemy.orm import Session

from candidacy.assistant.reply import Button, Reply
from candidacy.casework.turn_marks import DANGER_KINDS
from candidacy.records.dialect_insert import dialect_insert
from candidacy.records.sms.parts import lock_message, outcome_of_parts
from candidacy.records.sms.tables import text_parts, texters
from candidacy.records.sms.texters import visitor_wrote_at
from candidacy.records.tables import conversations, is_queued, messages


@dataclass(frozen=True)
class Outgoing:
    """A message to be sent now.

    Attributes:
        message_id: the message's id in the database.
        conversation_id: where it was said.
        reply: what it says.
        attempts: the claims of it, this one included.
        sender_key: whom it goes to; None when nobody texts in the conversation.
        number_encrypted: their number; None when it is not known any more.
        stopped: whether they may not be texted.
        parts_sent: the numbers, from 1, of its parts that were sent before.
        created_at: when it was said.
        at_any_hour: whether it goes out also in quiet hours.
        visitor_wrote_at: when somebody wrote in the conversation last; not looked for where it goes out at any hour.
    """

    message_id: int
    conversation_id: str
    reply: Reply = field(repr=False)
    attempts: int
    sender_key: str | None
    number_encrypted: bytes | None = field(repr=False)
    stopped: bool
    parts_sent: frozenset[int]
    created_at: datetime
    at_any_hour: bool
    visitor_wrote_at: datetime | None


def claim_outgoing(session: Session, *, now: datetime, hidden_until: datetime) -> Outgoing | None:
    """Take the message that is to be sent next; None when there is none that can be taken now.

    In a conversation a message waits for those before it, also while they wait to be tried again. Danger advice waits
    for nothing, and everything else waits for it.
    """
    row = session.execute(
        select(messages, conversations.c.texter_key, texters.c.number_encrypted, texters.c.stopped_at)
        .join(conversations, conversations.c.id == messages.c.conversation_id)
        .outerjoin(texters, texters.c.sender_key == conversations.c.texter_key)
        .where(
            is_queued,
            or_(messages.c.next_attempt_at.is_(None), messages.c.next_attempt_at <= now),
            or_(_is_danger(messages), ~_others_first()),
        )
        .order_by(case((_is_danger(messages), 0), else_=1), messages.c.id)
        .limit(1)
        .with_for_update(of=messages, skip_locked=True)
    ).first()
    if row is None:
        return None
    attempts = row.delivery_attempts + 1
    session.execute(
        update(messages).where(messages.c.id == row.id).values(delivery_attempts=attempts, next_attempt_at=hidden_until)
    )
    at_any_hour = row.next_attempt_at is not None or row.delivery_attempts > 0
    sent = select(text_parts.c.number).where(text_parts.c.message_id == row.id, text_parts.c.message_sid.is_not(None))
    return Outgoing(
        message_id=row.id,
        conversation_id=row.conversation_id,
        reply=_reply(row),
        attempts=attempts,
        sender_key=row.texter_key,
        number_encrypted=row.number_encrypted,
        stopped=row.stopped_at is not None,
        parts_sent=frozenset(session.execute(sent).scalars()),
        created_at=row.created_at,
        at_any_hour=at_any_hour,
        visitor_wrote_at=None if at_any_hour else visitor_wrote_at(session, conversation_id=row.conversation_id),
    )


def note_part_sent(
    session: Session, *, outgoing: Outgoing, number: int, message_sid: str, now: datetime, hidden_until: datetime
) -> bool:
    """Store that a part was handed over; returns whether the next may be: the claim holds, and nobody stopped it."""
    if not lock_message(session, message_id=outgoing.message_id):
        return False
    values = {"message_sid": message_sid, "updated_at": now}
    session.execute(
        dialect_insert(session, text_parts)
        .values(message_id=outgoing.message_id, number=number, state="sent", **values)
        # A report of it may have come before.
        .on_conflict_do_update(index_elements=["message_id", "number"], set_=values)
    )
    held = _change(session, outgoing=outgoing, next_attempt_at=hidden_until)
    stopped = select(texters.c.stopped_at).where(texters.c.sender_key == outgoing.sender_key)
    return held and (outgoing.stopped or session.execute(stopped).scalar_one_or_none() is None)


def finish_outgoing(session: Session, *, outgoing: Outgoing) -> bool:
    """Mark a message sent, all of its parts being so; False when the claim was lost."""
    lock_message(session, message_id=outgoing.message_id)
    return _change(
        session,
        outgoing=outgoing,
        **outcome_of_parts(session, message_id=outgoing.message_id),
        next_attempt_at=None,
    )


def postpone_outgoing(session: Session, *, outgoing: Outgoing, until: datetime, error: str) -> bool:
    """Have a message tried again later; False when the claim was lost."""
    return _change(session, outgoing=outgoing, next_attempt_at=until, delivery_error=error)


def hold_outgoing(session: Session, *, outgoing: Outgoing, until: datetime) -> bool:
    """Have a message that was not tried yet go out at an instant, whatever the hour; False when the claim was lost."""
    return _change(session, outgoing=outgoing, delivery_attempts=0, next_attempt_at=until)


def release_held(session: Session, *, conversation_id: str, now: datetime) -> None:
    """Have what is held back in a conversation go out now: its visitor wrote, or staff say so."""
    session.execute(
        update(messages)
        .where(messages.c.conversation_id == conversation_id, is_queued, messages.c.delivery_attempts == 0)
        .values(next_attempt_at=now)
    )


def fail_outgoing(session: Session, *, outgoing: Outgoing, error: str) -> bool:
    """Give a message up, with the reason for staff; False when the claim was lost."""
    return _change(session, outgoing=outgoing, delivery_state="failed", next_attempt_at=None, delivery_error=error)


def find_sent_text(session: Session, *, message_id: int, since: datetime) -> str | None:
    """The text of a message to a telephone that was said after an instant; None when there is none such."""
    text: str | None = session.execute(
        select(messages.c.text).where(
            messages.c.id == message_id, messages.c.delivery_state.is_not(None), messages.c.created_at > since
        )
    ).scalar_one_or_none()
    return text


def _others_first() -> Any:
    """Whether messages of the same conversation go before: older ones, and danger advice."""
    other = messages.alias()
    return exists().where(
        other.c.conversation_id == messages.c.conversation_id,
        other.c.delivery_state == "queued",
        other.c.id != messages.c.id,
        or_(other.c.id < messages.c.id, _is_danger(other)),
    )


def _is_danger(table: Any) -> Any:
    return and_(table.c.kind.is_not(None), table.c.kind.in_(DANGER_KINDS))


def _change(session: Session, *, outgoing: Outgoing, **values: Any) -> bool:
    result = session.execute(
        update(messages)
        .where(messages.c.id == outgoing.message_id, messages.c.delivery_attempts == outgoing.attempts, is_queued)
        .values(**values)
    )
    return bool(result.rowcount)


def _reply(row: Any) -> Reply:
    return Reply(
        text=row.text,
        # What a person says has no kind; it is sent as any notice.
        kind=row.kind or "notice",
        topic=row.topic,
        facts=tuple(row.facts or ()),
        buttons=tuple(Button(title=button["title"], payload=button["payload"]) for button in row.buttons or ()),
    )
