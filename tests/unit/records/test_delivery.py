"""What is said outside a turn goes where the visitor is: where they wrote last, or were last texted."""

from datetime import datetime

import pytest

from candidacy.assistant.reply import Reply
from candidacy.records.conversation_lock import ConversationUnknown
from candidacy.records.conversations import start_conversation
from candidacy.records.database import Database
from candidacy.records.delivery import channel_of_visitor, delivery_state
from candidacy.records.messages import receive, say


@pytest.mark.parametrize(("channel", "state"), [("sms", "queued"), ("web", None)])
def test_what_must_be_sent_is_queued(channel: str, state: str | None) -> None:
    assert delivery_state(channel) == state


@pytest.mark.parametrize(
    ("own", "exchange", "expected"),
    [
        ("web", (), "web"),
        ("sms", (), "sms"),
        ("web", ("web",), "web"),
        ("web", ("web", "fetched"), "web"),
        ("sms", ("sms", "texted"), "sms"),
        # Continued by text message: by their words, or by the text that said so; and back on the website.
        ("web", ("web", "sms"), "sms"),
        ("web", ("web", "texted"), "sms"),
        ("web", ("web", "sms", "texted", "fetched"), "sms"),
        ("web", ("web", "sms", "texted", "web"), "web"),
    ],
)
def test_where_a_visitor_is(
    database: Database, own: str, exchange: tuple[str, ...], expected: str, now: datetime
) -> None:
    with database.session() as session:
        conversation_id, _ = start_conversation(session, channel=own, now=now)
        for step in exchange:
            if step in ("web", "sms"):
                # On the website a message has no channel of its own.
                channel = step if step == "sms" else None
                receive(session, conversation_id=conversation_id, client_id=None, text="x", channel=channel, now=now)
            else:
                state = "queued" if step == "texted" else None
                replies = [Reply("y", "answer")]
                say(session, conversation_id=conversation_id, replies=replies, delivery_state=state, now=now)
        assert channel_of_visitor(session, conversation_id=conversation_id) == expected


def test_nobody_is_anywhere_in_no_conversation(database: Database) -> None:
    with database.read_session() as session, pytest.raises(ConversationUnknown):
        channel_of_visitor(session, conversation_id="none")
