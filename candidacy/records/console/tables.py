"""The tables of staff's work on conversations, as the migrations make them."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
)

from candidacy.casework.waiting import WAIT_ENDS
from candidacy.records.columns import Encrypted, Identifier, Json, metadata, one_of
from candidacy.records.staff_tables import staff_accounts
from candidacy.records.tables import conversations, messages
from candidacy.records.utc_datetime import UtcDateTime

CALL_BACK_REASONS = ("consultation", "nobody_came", "staff")
CORRECTION_STATES = ("proposed", "approved", "rejected")


def _conversation(*, index: bool = True) -> Column:
    return Column(
        "conversation_id", String, ForeignKey(conversations.c.id, ondelete="CASCADE"), nullable=False, index=index
    )


def _staff(name: str = "staff_id", *, nullable: bool = False) -> Column:
    """Who of the staff; an account is disabled, never deleted."""
    return Column(name, Identifier, ForeignKey(staff_accounts.c.id), nullable=nullable)


def _message(*, nullable: bool = True) -> Column:
    return Column(
        "message_id", Identifier, ForeignKey(messages.c.id, ondelete="CASCADE"), nullable=nullable, index=True
    )


notes = Table(
    "notes",
    metadata,
    Column("id", Identifier, primary_key=True),
    _conversation(),
    _staff(),
    Column("text_encrypted", Encrypted, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

conversation_tags = Table(
    "conversation_tags",
    metadata,
    Column("conversation_id", String, ForeignKey(conversations.c.id, ondelete="CASCADE"), primary_key=True),
    Column("tag", String(60), primary_key=True),
    _staff(),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_conversation_tags_tag_conversation_id", "tag", "conversation_id"),
)

saved_filters = Table(
    "saved_filters",
    metadata,
    Column("id", Identifier, primary_key=True),
    _staff(),
    Column("name", String(60), nullable=False),
    Column("parameters", Json, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("staff_id", "name"),
)

red_flags = Table(
    "red_flags",
    metadata,
    Column("id", Identifier, primary_key=True),
    _conversation(),
    _message(),
    Column("level", String, nullable=False),
    Column("category", String),
    Column("at", UtcDateTime, nullable=False, index=True),
    _staff("acknowledged_by", nullable=True),
    Column("acknowledged_at", UtcDateTime),
)

waits = Table(
    "waits",
    metadata,
    Column("id", Identifier, primary_key=True),
    _conversation(),
    Column("since", UtcDateTime, nullable=False, index=True),
    Column("ended_at", UtcDateTime, nullable=False),
    Column("how", String, nullable=False),
    _staff(nullable=True),
    one_of("how", WAIT_ENDS),
)

call_back_is_open = literal_column("closed_at IS NULL")
call_backs = Table(
    "call_backs",
    metadata,
    Column("id", Identifier, primary_key=True),
    _conversation(),
    Column("reason", String, nullable=False),
    Column("requested_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    _staff("assignee_id", nullable=True),
    Column("claimed_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    Column("closed_as", String),
    _staff("closed_by", nullable=True),
    one_of("reason", CALL_BACK_REASONS),
)
Index(
    "ix_call_backs_open",
    call_backs.c.due_at,
    call_backs.c.id,
    sqlite_where=call_back_is_open,
    postgresql_where=call_back_is_open,
)
Index(
    "uq_call_backs_one_open",
    call_backs.c.conversation_id,
    unique=True,
    sqlite_where=call_back_is_open,
    postgresql_where=call_back_is_open,
)

call_attempts = Table(
    "call_attempts",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("call_back_id", Identifier, ForeignKey("call_backs.id", ondelete="CASCADE"), nullable=False, index=True),
    _staff(),
    Column("outcome", String, nullable=False),
    Column("note_encrypted", Encrypted),
    Column("next_attempt_at", UtcDateTime),
    Column("at", UtcDateTime, nullable=False),
)

request_name_words = Table(
    "request_name_words",
    metadata,
    Column("conversation_id", String, ForeignKey(conversations.c.id, ondelete="CASCADE"), primary_key=True),
    # A keyed fingerprint of one word of the name on the consultation request.
    Column("word_index", String(64), primary_key=True),
    Index("ix_request_name_words_word_index", "word_index"),
)

corrections = Table(
    "corrections",
    metadata,
    Column("id", Identifier, primary_key=True),
    _conversation(),
    _message(nullable=False),
    _staff(),
    Column("kind", String, nullable=False),
    Column("meant", Json, nullable=False),
    Column("redacted_text", Text, nullable=False),
    Column("state", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    _staff("reviewer_id", nullable=True),
    Column("reviewed_at", UtcDateTime),
    Index("ix_corrections_state_id", "state", "id"),
    one_of("state", CORRECTION_STATES),
    CheckConstraint("reviewer_id <> staff_id", name="second_person"),
)

legal_holds = Table(
    "legal_holds",
    metadata,
    Column("id", Identifier, primary_key=True),
    _conversation(),
    _staff(),
    Column("reason_encrypted", Encrypted, nullable=False),
    Column("placed_at", UtcDateTime, nullable=False),
    _staff("lifted_by", nullable=True),
    Column("lifted_at", UtcDateTime),
)

exports = Table(
    "exports",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("path", Text, nullable=False),
    Column("made_by", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    # When somebody in it was erased: the file goes, then this row.
    Column("doomed_at", UtcDateTime, index=True),
)

export_contents = Table(
    "export_contents",
    metadata,
    Column("export_id", Identifier, ForeignKey("exports.id", ondelete="CASCADE"), primary_key=True),
    Column("conversation_id", String, ForeignKey(conversations.c.id, ondelete="CASCADE"), primary_key=True, index=True),
)

search_purges_due = Table(
    "search_purges_due",
    metadata,
    # An erased conversation whose words may still stand in parts of SQLite's search index that nothing reads.
    Column("conversation_id", String, ForeignKey(conversations.c.id, ondelete="CASCADE"), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)
