"""The tables, as the migrations make them."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
)

from candidacy.records.utc_datetime import UtcDateTime

STATES = ("assistant", "waiting", "person", "closed")
"""Who has a conversation: the assistant, the assistant while a person is awaited, a person, or nobody any more."""
AUTHORS = ("visitor", "assistant", "staff", "system")
TURN_STATES = ("pending", "done")
DELIVERY_STATES = ("queued", "sent", "delivered", "failed")
PURPOSES = ("screening", "contact", "texting")
"""What a visitor can consent to: being asked health questions, being contacted by the clinic, and health matters in
text messages."""
DANGER_KINDS = ("emergency", "crisis", "urgent")
"""The kinds of messages that are sent before all others, the most pressing first."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

_Identifier = BigInteger().with_variant(Integer(), "sqlite")
_Json = JSON(none_as_null=True)


def _one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(value) for value in values)})", name=column)


conversations = Table(
    "conversations",
    metadata,
    Column("id", String, primary_key=True),
    Column("channel", String, nullable=False),
    Column("state", String, nullable=False),
    Column("token_hash", String(64), unique=True),
    Column("last_position", Integer, nullable=False),
    Column("lease_owner", String),
    Column("lease_until", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    Column("last_activity_at", UtcDateTime, nullable=False),
    Column("waiting_since", UtcDateTime),
    Column("erased_at", UtcDateTime),
    Column("session_expires_at", UtcDateTime),
    Column("session_ended_at", UtcDateTime),
    # No foreign key: of somebody who had their data deleted, the texter's row goes before the conversation's.
    Column("texter_key", String(64), index=True),
    _one_of("state", STATES),
)

messages = Table(
    "messages",
    metadata,
    Column("id", _Identifier, primary_key=True),
    Column("conversation_id", String, ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("author", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("kind", String),
    Column("topic", String),
    Column("facts", _Json),
    Column("buttons", _Json),
    Column("payload", Text),
    Column("client_id", String),
    Column("source_id", String),
    Column("in_reply_to", _Identifier, ForeignKey("messages.id", ondelete="SET NULL"), index=True),
    Column("understanding", _Json),
    Column("turn_state", String),
    Column("turn_attempts", Integer, nullable=False),
    Column("delivery_state", String),
    Column("delivery_attempts", Integer, nullable=False),
    Column("next_attempt_at", UtcDateTime),
    Column("delivery_error", String),
    Column("created_at", UtcDateTime, nullable=False),
    # Where a visitor's message came from, when it is not the conversation's own channel.
    Column("channel", String),
    # Responses of domain.yml that are said after the answer to a visitor's message, by name.
    Column("said_after", _Json),
    UniqueConstraint("conversation_id", "position"),
    UniqueConstraint("conversation_id", "client_id"),
    _one_of("author", AUTHORS),
    _one_of("turn_state", TURN_STATES),
    _one_of("delivery_state", DELIVERY_STATES),
    # A turn is known to Rasa by its message's id: an erased message's id must never come again.
    sqlite_autoincrement=True,
)

# Written as a literal, so that both planners see that a search for it lies within the partial indexes.
turn_is_pending = messages.c.turn_state == literal_column("'pending'")
Index("ix_messages_pending", messages.c.id, sqlite_where=turn_is_pending, postgresql_where=turn_is_pending)
Index(
    "ix_messages_conversation_id_pending",
    messages.c.conversation_id,
    messages.c.id,
    sqlite_where=turn_is_pending,
    postgresql_where=turn_is_pending,
)

is_queued = messages.c.delivery_state == literal_column("'queued'")
Index(
    "ix_messages_conversation_id_queued",
    messages.c.conversation_id,
    messages.c.id,
    sqlite_where=is_queued,
    postgresql_where=is_queued,
)

dialogue_states = Table(
    "dialogue_states",
    metadata,
    # No foreign key: `rasa shell` and `rasa test` talk without a conversation.
    Column("conversation_id", String, primary_key=True),
    Column("state", LargeBinary, nullable=False),
    Column("last_turn", String),
    Column("last_replies", LargeBinary, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)

consents = Table(
    "consents",
    metadata,
    Column("id", _Identifier, primary_key=True),
    Column("conversation_id", String, ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("purpose", String, nullable=False),
    Column("given", Boolean, nullable=False),
    Column("wording_version", String, nullable=False),
    Column("message_id", _Identifier, ForeignKey("messages.id", ondelete="SET NULL"), index=True),
    Column("at", UtcDateTime, nullable=False),
    _one_of("purpose", PURPOSES),
)

screenings = Table(
    "screenings",
    metadata,
    Column("id", _Identifier, primary_key=True),
    Column("conversation_id", String, ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("questionnaire_version", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("outcome", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("conversation_id", "number"),
)

screening_answers = Table(
    "screening_answers",
    metadata,
    Column("screening_id", _Identifier, ForeignKey("screenings.id", ondelete="CASCADE"), primary_key=True),
    Column("question", String, primary_key=True),
    Column("sequence", Integer, nullable=False),
    Column("value", String, nullable=False),
    Column("detail_encrypted", LargeBinary),
    Column("message_id", _Identifier, ForeignKey("messages.id", ondelete="SET NULL"), index=True),
)

consultation_requests = Table(
    "consultation_requests",
    metadata,
    Column("id", _Identifier, primary_key=True),
    Column("conversation_id", String, ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("reference", String, nullable=False, unique=True),
    Column("name_encrypted", LargeBinary, nullable=False),
    Column("phone_encrypted", LargeBinary, nullable=False),
    Column("note_encrypted", LargeBinary),
    Column("phone_index", String(64), nullable=False, index=True),
    Column("contact_method", String, nullable=False),
    Column("contact_time", String, nullable=False),
    Column("consent_wording_version", String, nullable=False),
    Column("status", String, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)

texters = Table(
    "texters",
    metadata,
    # A keyed hash of the number: all that the rest of the records knows of it.
    Column("sender_key", String(64), primary_key=True),
    # None once it was deleted; the row stays where the number may not be texted.
    Column("number_encrypted", LargeBinary),
    # A keyed hash of the number's first digits, which numbers of one block share.
    Column("block_key", String(64), nullable=False),
    Column("conversation_id", String, ForeignKey("conversations.id", ondelete="SET NULL"), index=True),
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
    Column("id", _Identifier, primary_key=True),
    Column("sender_key", String(64), ForeignKey("texters.sender_key", ondelete="CASCADE"), nullable=False, index=True),
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
    Column("message_id", _Identifier, ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("message_sid", String, unique=True),
    Column("state", String, nullable=False),
    Column("error", String),
    Column("updated_at", UtcDateTime, nullable=False),
    _one_of("state", DELIVERY_STATES),
)

link_codes = Table(
    "link_codes",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    Column("conversation_id", String, ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("issued_at", UtcDateTime, nullable=False, index=True),
    Column("used_at", UtcDateTime),
)

texting_alarms = Table(
    "texting_alarms",
    metadata,
    Column("id", _Identifier, primary_key=True),
    Column("reasons", String, nullable=False),
    Column("raised_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False, index=True),
)
