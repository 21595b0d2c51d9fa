"""Who texts has one conversation, which others can be continued in, and is forgotten when they ask for it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select

from candidacy.assistant.reply import Reply
from candidacy.records.consents import record_consent
from candidacy.records.conversations import start_conversation
from candidacy.records.database import Database
from candidacy.records.erasure import erase_conversation
from candidacy.records.messages import messages_after, receive, say
from candidacy.records.sms.tables import texters
from candidacy.records.sms.texters import (
    advice_given,
    consent_state_of,
    continue_conversation,
    ensure_conversation_of,
    find_texter,
    last_topic,
    sender_of_message,
    set_consent_state,
    stop_texts,
    was_said,
)
from candidacy.records.sms.upkeep import clear_away
from candidacy.records.tables import consents, conversations
from candidacy.records.turns import claim_turn
from tests.unit.records.sms.conftest import new_text


def clear(database: Database, now: datetime) -> None:
    with database.session() as session:
        clear_away(session, receipts_before=now, codes_before=now)


def test_a_texter_has_one_conversation(database: Database, texting: str, now: datetime) -> None:
    with database.session() as session:
        texter = find_texter(session, sender_key="sender")
        assert texter.conversation_id == texting
        assert ensure_conversation_of(session, texter=texter, now=now) == texting
        assert consent_state_of(session, conversation_id=texting) == "new"


def test_a_message_by_text_in_a_conversation_of_the_website_is_answered_by_text(
    database: Database, texting: str, now: datetime
) -> None:
    with database.session() as session:
        web, _ = start_conversation(session, channel="web", now=now)
        continue_conversation(session, sender_key="sender", conversation_id=web)
        message = receive(session, conversation_id=web, client_id=None, text="hello", channel="sms", now=now)
        turn = claim_turn(session, owner="me", now=now, lease=timedelta(seconds=5))
        assert turn is not None
        assert (turn.conversation_id, turn.channel) == (web, "sms")
        assert sender_of_message(session, message_id=message.id) == "sender"


def test_a_conversation_belongs_to_one_number(
    database: Database, texting: str, keep: Callable[..., bool], now: datetime
) -> None:
    keep(new_text("SM2", sender="other"))
    with database.session() as session:
        continue_conversation(session, sender_key="other", conversation_id=texting)
        assert find_texter(session, sender_key="other").conversation_id == texting
        assert find_texter(session, sender_key="sender").conversation_id is None
        message = receive(session, conversation_id=texting, client_id=None, text="hello", now=now)
        assert sender_of_message(session, message_id=message.id) == "other"


def test_what_was_said_is_known_by_its_topic_and_kind(database: Database, texting: str, now: datetime) -> None:
    with database.session() as session:
        message = receive(session, conversation_id=texting, client_id=None, text="numb", now=now).id
        replies = [Reply("Call 911.", "emergency"), Reply("Welcome.", "notice", topic="sms_welcome")]
        say(session, conversation_id=texting, replies=replies, in_reply_to=message, now=now)
        assert advice_given(session, message_id=message) == "emergency"
        assert advice_given(session, message_id=message + 1) is None
        assert last_topic(session, conversation_id=texting) == "sms_welcome"
        assert was_said(session, conversation_id=texting, topic="sms_welcome")
        assert not was_said(session, conversation_id=texting, topic="sms_welcome", since=now)


def test_erasure_covers_every_conversation_of_the_number(database: Database, texting: str, now: datetime) -> None:
    with database.session() as session:
        web, _ = start_conversation(session, channel="web", now=now)
        other, _ = start_conversation(session, channel="web", now=now)
        continue_conversation(session, sender_key="sender", conversation_id=web)
        set_consent_state(session, sender_key="sender", consent="agreed")
        for conversation_id in (texting, web, other):
            receive(session, conversation_id=conversation_id, client_id=None, text="hello", now=now)
            record_consent(
                session,
                conversation_id=conversation_id,
                purpose="texting",
                given=True,
                wording_version="1",
                now=now,
            )
        erase_conversation(session, conversation_id=web, now=now)
    with database.read_session() as session:
        assert [len(messages_after(session, conversation_id=id_)) for id_ in (texting, web, other)] == [0, 0, 1]
        assert session.execute(select(consents.c.conversation_id)).scalars().all() == [other]
        texter = find_texter(session, sender_key="sender")
    assert (texter.conversation_id, texter.consent) == (None, "new")


def test_the_number_goes_once_its_owner_was_told(database: Database, texting: str, now: datetime) -> None:
    with database.session() as session:
        erase_conversation(session, conversation_id=texting, now=now)
        goodbye = [Reply("All is deleted.", "notice")]
        say(session, conversation_id=texting, replies=goodbye, delivery_state="queued", now=now)
    clear(database, now)
    with database.session() as session:
        assert session.execute(select(texters.c.number_encrypted)).scalar_one() is not None
        session.connection().exec_driver_sql("UPDATE messages SET delivery_state = 'sent'")
    clear(database, now)
    with database.read_session() as session:
        assert session.execute(select(texters)).all() == []
        assert session.execute(select(conversations.c.texter_key)).scalars().all() == [None]


def test_of_somebody_who_stopped_the_hash_alone_stays(database: Database, texting: str, now: datetime) -> None:
    with database.session() as session:
        stop_texts(session, sender_key="sender", now=now)
        erase_conversation(session, conversation_id=texting, now=now)
    clear(database, now)
    with database.read_session() as session:
        row = session.execute(select(texters)).one()
    assert (row.number_encrypted, row.stopped_at) == (None, now)


def test_who_texts_again_after_an_erasure_is_not_forgotten(
    database: Database, texting: str, keep: Callable[..., bool], now: datetime
) -> None:
    with database.session() as session:
        erase_conversation(session, conversation_id=texting, now=now)
    keep(new_text("SM2"))
    clear(database, now)
    with database.session() as session:
        texter = find_texter(session, sender_key="sender")
        assert ensure_conversation_of(session, texter=texter, now=now) != texting
