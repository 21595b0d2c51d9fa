"""The tables of conversations, as the migrations make them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    literal_column,
)

from candidacy.records.columns import Encrypted, Identifier, Json, metadata, one_of
from candidacy.records.utc_datetime import UtcDateTime

STATES = ("assistant", "waiting", "person", "closed")
"""Who has a conversation: the assistant, the assistant while a person is awaited, a person, or nobody any more."""
AUTHORS = ("visitor", "assistant", "staff", "system")
TURN_STATES = ("pending", "done")
DELIVERY_STATES = ("queued", "sent", "delivered", "failed")
PURPOSES = ("screening", "contact", "texting")
"""What a visitor can consent to: being asked health questions, being contacted by the clinic, and health matters in
text messages."""

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
    # Who of the staff has it. No foreign key: SQLite would have to rebuild the table.
    Column("assignee_id", BigInteger),
    Column("claimed_at", UtcDateTime),
    # What the inbox and the numbers ask of many conversations, kept in the transaction that changes it.
    Column("alarming", Boolean, nullable=False, server_default=false()),
    Column("red_flag", String),
    Column("low_confidence_at", UtcDateTime),
    Column("unanswered_at", UtcDateTime),
    Column("outcome", String),
    Column("last_question", String),
    Column("started_at", UtcDateTime),
    Column("consented_at", UtcDateTime),
    Column("finished_at", UtcDateTime),
    Column("requested_at", UtcDateTime),
    one_of("state", STATES),
)


def _inbox_index(name: str, *columns: str, where: str) -> None:
    """An index in the inbox's order, after the columns that a filter names."""
    Index(
        f"ix_conversations_{name}",
        *(conversations.c[column] for column in (*columns, "alarming", "last_activity_at", "id")),
        sqlite_where=literal_column(where),
        postgresql_where=literal_column(where),
    )


NOT_ERASED = "erased_at IS NULL"
"""Written as a literal, so that both planners see that a search lies within the partial indexes; so below."""
_inbox_index("inbox", where=NOT_ERASED)
_inbox_index("inbox_channel", "channel", where=NOT_ERASED)
_inbox_index("inbox_state", "state", where=NOT_ERASED)
_inbox_index("inbox_outcome", "outcome", where="outcome IS NOT NULL")
_inbox_index("inbox_assignee", "assignee_id", where="assignee_id IS NOT NULL")
_inbox_index("inbox_red_flag", where="red_flag IS NOT NULL")
_inbox_index("inbox_low_confidence", where="low_confidence_at IS NOT NULL")
_inbox_index("inbox_unanswered", where="unanswered_at IS NOT NULL")
Index("ix_conversations_created_at", conversations.c.created_at)
Index(
    "ix_conversations_last_activity_at",
    conversations.c.last_activity_at,
    sqlite_where=literal_column(NOT_ERASED),
    postgresql_where=literal_column(NOT_ERASED),
)
is_waiting = literal_column("state = 'waiting'")
Index(
    "ix_conversations_waiting_since",
    conversations.c.waiting_since,
    sqlite_where=is_waiting,
    postgresql_where=is_waiting,
)

messages = Table(
    "messages",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("conversation_id", String, ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("author", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("kind", String),
    Column("topic", String),
    Column("facts", Json),
    Column("buttons", Json),
    Column("payload", Text),
    Column("client_id", String),
    Column("source_id", String),
    Column("in_reply_to", Identifier, ForeignKey("messages.id", ondelete="SET NULL"), index=True),
    Column("understanding", Json),
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
    Column("said_after", Json),
    # Who of the staff wrote it; see `conversations.assignee_id`.
    Column("staff_id", BigInteger),
    UniqueConstraint("conversation_id", "position"),
    UniqueConstraint("conversation_id", "client_id"),
    one_of("author", AUTHORS),
    one_of("turn_state", TURN_STATES),
    one_of("delivery_state", DELIVERY_STATES),
    # Leases name a turn by its message's id, and consents their message: an erased message's id must never come again.
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

answers_a_question = literal_column("kind IN ('answer', 'not_covered', 'clinician', 'off_topic', 'fallback')")
"""As `casework.turn_marks.QUESTION_KINDS`."""
Index(
    "ix_messages_questions",
    messages.c.topic,
    messages.c.conversation_id,
    messages.c.kind,
    sqlite_where=answers_a_question,
    postgresql_where=answers_a_question,
)

dialogue_states = Table(
    "dialogue_states",
    metadata,
    Column("conversation_id", String, primary_key=True),
    Column("state", Encrypted, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)

consents = Table(
    "consents",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("conversation_id", String, ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("purpose", String, nullable=False),
    Column("given", Boolean, nullable=False),
    Column("wording_version", String, nullable=False),
    Column("message_id", Identifier, ForeignKey("messages.id", ondelete="SET NULL"), index=True),
    Column("at", UtcDateTime, nullable=False),
    one_of("purpose", PURPOSES),
)

screenings = Table(
    "screenings",
    metadata,
    Column("id", Identifier, primary_key=True),
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
    Column("screening_id", Identifier, ForeignKey("screenings.id", ondelete="CASCADE"), primary_key=True),
    Column("question", String, primary_key=True),
    Column("sequence", Integer, nullable=False),
    Column("value", String, nullable=False),
    Column("detail_encrypted", Encrypted),
    Column("message_id", Identifier, ForeignKey("messages.id", ondelete="SET NULL"), index=True),
)

consultation_requests = Table(
    "consultation_requests",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("conversation_id", String, ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("reference", String, nullable=False, unique=True),
    Column("name_encrypted", Encrypted, nullable=False),
    Column("phone_encrypted", Encrypted, nullable=False),
    Column("note_encrypted", Encrypted),
    Column("phone_index", String(64), nullable=False, index=True),
    Column("contact_method", String, nullable=False),
    Column("contact_time", String, nullable=False),
    Column("consent_wording_version", String, nullable=False),
    Column("status", String, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)
