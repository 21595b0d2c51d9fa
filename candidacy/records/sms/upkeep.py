"""What is cleared away by and by: receipts and codes that are too old to matter, and numbers that were erased."""

from datetime import datetime

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from candidacy.records.sms.tables import incoming_texts, link_codes, text_receipts, texters
from candidacy.records.tables import conversations, messages


def clear_away(session: Session, *, receipts_before: datetime, codes_before: datetime) -> None:
    """Delete receipts and codes that are older, and what is left of texters whose conversation was erased."""
    session.execute(delete(text_receipts).where(text_receipts.c.received_at < receipts_before))
    session.execute(delete(link_codes).where(link_codes.c.issued_at < codes_before))
    _forget_erased(session)


def _forget_erased(session: Session) -> None:
    """Delete the numbers of those who had their data deleted, once they were told that it is done.

    Of those who may not be texted the keyed hash stays, so that they are not.
    """
    still_told = exists().where(messages.c.conversation_id == conversations.c.id, messages.c.delivery_state == "queued")
    session.execute(
        update(conversations)
        .where(conversations.c.erased_at.is_not(None), conversations.c.texter_key.is_not(None), ~still_told)
        .values(texter_key=None)
    )
    in_use = [
        texters.c.conversation_id.is_not(None),
        exists().where(conversations.c.texter_key == texters.c.sender_key),
        exists().where(incoming_texts.c.sender_key == texters.c.sender_key),
    ]
    forgotten = select(texters.c.sender_key).where(*(~condition for condition in in_use))
    session.execute(
        update(texters)
        .where(texters.c.sender_key.in_(forgotten), texters.c.stopped_at.is_not(None))
        .values(number_encrypted=None)
    )
    session.execute(delete(texters).where(texters.c.sender_key.in_(forgotten), texters.c.stopped_at.is_(None)))
