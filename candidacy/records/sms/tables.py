"""The tables of text messages, as the migrations make them."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from candidacy.records.columns import Encrypted, Identifier, metadata, one_of
from candidacy.records.tables import DELIVERY_STATES, conversations, messages
from candidacy.records.utc_datetime import UtcDateTime

texters = Table(
    "texters",
    metadata,
    # A keyed hash of the number: all that the rest of the records knows of it.
    Column("sender_key", String(64), primary_key=True),
    # None once it was deleted; the row stays where the number may not be texted.
    Column("number_encrypted", Encrypted),
    # A keyed hash of the number's first digits, which numbers of one block share.
    Column("block_key", String(64), nullable=False),
    Column("conversation_id", String, ForeignKey(conversations.c.id, ondelete="SET NULL"), index=True),
    Column("first_seen_at", UtcDateTime, nullable=False, index=True),
    Column("messages_received", Integer, nullable=False),
    # How far it is with the consent to texts; what was said to which wording stands in `consents`.
    Column("consent", String, nullable=False),
    Column("stopped_at", UtcDateTime),
    Column("code_tries", Integer, nullable=False),
    Column("code_tried_at", UtcDateTime),
)

text_receipts = Table(
    "text_receipts",
    metadata,
    # A name that the provider gives to a message, or to one delivery of it.
    Column("name", String, primary_key=True),
    Column("received_at", UtcDateTime, nullable=False, index=True),
)

incoming_texts = Table(
    "incoming_texts",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("sender_key", String(64), ForeignKey(texters.c.sender_key, ondelete="CASCADE"), nullable=False, index=True),
    Column("message_sid", String, nullable=False),
    Column("content", String, nullable=False),
    Column("text", Text, nullable=False),
    # What the provider itself made of it, such as STOP.
    Column("opt_out_type", String),
    Column("received_at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)

text_parts = Table(
    "text_parts",
    metadata,
    Column("message_id", Identifier, ForeignKey(messages.c.id, ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("message_sid", String, unique=True),
    Column("state", String, nullable=False),
    Column("error", String),
    Column("updated_at", UtcDateTime, nullable=False),
    one_of("state", DELIVERY_STATES),
)

link_codes = Table(
    "link_codes",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    Column("conversation_id", String, ForeignKey(conversations.c.id, ondelete="CASCADE"), nullable=False, index=True),
    Column("issued_at", UtcDateTime, nullable=False, index=True),
    Column("used_at", UtcDateTime),
)

texting_alarms = Table(
    "texting_alarms",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("reasons", String, nullable=False),
    Column("raised_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False, index=True),
)
