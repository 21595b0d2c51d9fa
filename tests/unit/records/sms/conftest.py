"""Texts for the records' tests."""

from collections.abc import Callable
from datetime import datetime

import pytest

from candidacy.records.database import Database
from candidacy.records.sms.inbox import NewText, keep_text, take_text, waiting_texts
from candidacy.records.sms.texters import ensure_conversation_of, find_texter


def new_text(sid: str = "SM1", *, sender: str = "sender", token: str | None = None, text: str = "hello") -> NewText:
    return NewText(
        sender_keys=(sender,),
        block_key="block",
        number_encrypted=f"encrypted for {sid}".encode(),
        message_sid=sid,
        idempotency_token=token,
        content="words",
        text=text,
        opt_out_type=None,
    )


@pytest.fixture
def keep(database: Database, now: datetime) -> Callable[..., bool]:
    """Keep a text in a transaction of its own."""

    def keep(text: NewText) -> bool:
        with database.session() as session:
            return keep_text(session, text=text, new_texter_consent="new", now=now)

    return keep


@pytest.fixture
def texting(database: Database, keep: Callable[..., bool], now: datetime) -> str:
    """The conversation of somebody who texts."""
    keep(new_text())
    with database.session() as session:
        (waiting,) = waiting_texts(session)
        take_text(session, text_id=waiting.id)
        return ensure_conversation_of(session, texter=find_texter(session, sender_key="sender"), now=now)
