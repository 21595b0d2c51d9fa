"""The first tables: conversations, messages, dialogue states, consents, screenings, consultation requests."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
TURN_IS_PENDING = sa.text("turn_state = 'pending'")


def upgrade() -> None:
    """Make the tables, those that others refer to first."""
    _create_conversations()
    _create_messages()
    _create_dialogue_states()
    _create_consents()
    _create_screenings()
    _create_consultation_requests()


def downgrade() -> None:
    """Remove the tables, those that refer to others first."""
    for table in (
        "consultation_requests",
        "screening_answers",
        "screenings",
        "consents",
        "dialogue_states",
        "messages",
        "conversations",
    ):
        op.drop_table(table)


def _create_conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(64)),
        sa.Column("last_position", sa.Integer(), nullable=False),
        sa.Column("lease_owner", sa.String()),
        sa.Column("lease_until", INSTANT),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("last_activity_at", INSTANT, nullable=False),
        sa.Column("waiting_since", INSTANT),
        sa.Column("erased_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
        sa.UniqueConstraint("token_hash", name="uq_conversations_token_hash"),
        sa.CheckConstraint("state IN ('assistant', 'waiting', 'person', 'closed')", name="ck_conversations_state"),
    )


def _create_messages() -> None:
    op.create_table(
        "messages",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kind", sa.String()),
        sa.Column("topic", sa.String()),
        sa.Column("facts", sa.JSON()),
        sa.Column("buttons", sa.JSON()),
        sa.Column("payload", sa.Text()),
        sa.Column("client_id", sa.String()),
        sa.Column("source_id", sa.String()),
        sa.Column("in_reply_to", IDENTIFIER),
        sa.Column("understanding", sa.JSON()),
        sa.Column("turn_state", sa.String()),
        sa.Column("turn_attempts", sa.Integer(), nullable=False),
        sa.Column("delivery_state", sa.String()),
        sa.Column("delivery_attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", INSTANT),
        sa.Column("delivery_error", sa.String()),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
        _reference("messages", "conversation_id", "conversations.id", ondelete="CASCADE"),
        _reference("messages", "in_reply_to", "messages.id", ondelete="SET NULL"),
        sa.UniqueConstraint("conversation_id", "position", name="uq_messages_conversation_id_position"),
        sa.UniqueConstraint("conversation_id", "client_id", name="uq_messages_conversation_id_client_id"),
        sa.CheckConstraint("author IN ('visitor', 'assistant', 'staff', 'system')", name="ck_messages_author"),
        sa.CheckConstraint("turn_state IN ('pending', 'done')", name="ck_messages_turn_state"),
        sa.CheckConstraint(
            "delivery_state IN ('queued', 'sent', 'delivered', 'failed')", name="ck_messages_delivery_state"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_messages_in_reply_to", "messages", ["in_reply_to"])
    _create_pending_index("ix_messages_pending", ["id"])
    _create_pending_index("ix_messages_conversation_id_pending", ["conversation_id", "id"])


def _create_dialogue_states() -> None:
    op.create_table(
        "dialogue_states",
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.Column("last_turn", sa.String()),
        sa.Column("last_replies", sa.LargeBinary(), nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_dialogue_states"),
    )


def _create_consents() -> None:
    op.create_table(
        "consents",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("wording_version", sa.String(), nullable=False),
        sa.Column("message_id", IDENTIFIER),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_consents"),
        _reference("consents", "conversation_id", "conversations.id", ondelete="CASCADE"),
        _reference("consents", "message_id", "messages.id", ondelete="SET NULL"),
        sa.CheckConstraint("purpose IN ('screening', 'contact')", name="ck_consents_purpose"),
    )
    op.create_index("ix_consents_conversation_id", "consents", ["conversation_id"])
    op.create_index("ix_consents_message_id", "consents", ["message_id"])


def _create_screenings() -> None:
    op.create_table(
        "screenings",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("questionnaire_version", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_screenings"),
        _reference("screenings", "conversation_id", "conversations.id", ondelete="CASCADE"),
        sa.UniqueConstraint("conversation_id", "number", name="uq_screenings_conversation_id_number"),
    )
    op.create_table(
        "screening_answers",
        sa.Column("screening_id", IDENTIFIER, nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("detail_encrypted", sa.LargeBinary()),
        sa.Column("message_id", IDENTIFIER),
        sa.PrimaryKeyConstraint("screening_id", "question", name="pk_screening_answers"),
        _reference("screening_answers", "screening_id", "screenings.id", ondelete="CASCADE"),
        _reference("screening_answers", "message_id", "messages.id", ondelete="SET NULL"),
    )
    op.create_index("ix_screening_answers_message_id", "screening_answers", ["message_id"])


def _create_consultation_requests() -> None:
    op.create_table(
        "consultation_requests",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("name_encrypted", sa.LargeBinary(), nullable=False),
        sa.Column("phone_encrypted", sa.LargeBinary(), nullable=False),
        sa.Column("note_encrypted", sa.LargeBinary()),
        sa.Column("phone_index", sa.String(64), nullable=False),
        sa.Column("contact_method", sa.String(), nullable=False),
        sa.Column("contact_time", sa.String(), nullable=False),
        sa.Column("consent_wording_version", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_consultation_requests"),
        _reference("consultation_requests", "conversation_id", "conversations.id", ondelete="CASCADE"),
        sa.UniqueConstraint("conversation_id", name="uq_consultation_requests_conversation_id"),
        sa.UniqueConstraint("reference", name="uq_consultation_requests_reference"),
    )
    op.create_index("ix_consultation_requests_phone_index", "consultation_requests", ["phone_index"])


def _reference(table: str, column: str, target: str, *, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}", ondelete=ondelete)


def _create_pending_index(name: str, columns: list[str]) -> None:
    op.create_index(name, "messages", columns, sqlite_where=TURN_IS_PENDING, postgresql_where=TURN_IS_PENDING)
