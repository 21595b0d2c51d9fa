"""Text messages: who texts, what came in and what is to go out, codes that link two channels, and alarms."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
KEY = sa.String(64)
IS_QUEUED = sa.text("delivery_state = 'queued'")


def upgrade() -> None:
    """Add the columns, and make the tables, those that others refer to first."""
    op.add_column("conversations", sa.Column("texter_key", KEY))
    op.create_index("ix_conversations_texter_key", "conversations", ["texter_key"])
    op.add_column("messages", sa.Column("channel", sa.String()))
    op.add_column("messages", sa.Column("said_after", sa.JSON()))
    op.create_index(
        "ix_messages_conversation_id_queued",
        "messages",
        ["conversation_id", "id"],
        sqlite_where=IS_QUEUED,
        postgresql_where=IS_QUEUED,
    )
    _allow_purposes("screening", "contact", "texting")
    _create_texters()
    _create_incoming()
    _create_parts()
    _create_link_codes()
    _create_alarms()


def downgrade() -> None:
    """Remove them, those that refer to others first; consents to text messages are deleted."""
    for table in ("texting_alarms", "link_codes", "text_parts", "incoming_texts", "text_receipts", "texters"):
        op.drop_table(table)
    op.execute("DELETE FROM consents WHERE purpose = 'texting'")
    _allow_purposes("screening", "contact")
    op.drop_index("ix_messages_conversation_id_queued", "messages")
    op.drop_column("messages", "said_after")
    op.drop_column("messages", "channel")
    op.drop_index("ix_conversations_texter_key", "conversations")
    op.drop_column("conversations", "texter_key")


def _allow_purposes(*purposes: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("ck_consents_purpose", "consents", type_="check")
    # SQLite's table is made anew, which leaves the old constraint behind by itself.
    with op.batch_alter_table("consents") as consents:
        consents.create_check_constraint(
            "ck_consents_purpose", f"purpose IN ({', '.join(repr(purpose) for purpose in purposes)})"
        )


def _create_texters() -> None:
    op.create_table(
        "texters",
        sa.Column("sender_key", KEY, nullable=False),
        sa.Column("number_encrypted", sa.LargeBinary()),
        sa.Column("block_key", KEY, nullable=False),
        sa.Column("conversation_id", sa.String()),
        sa.Column("first_seen_at", INSTANT, nullable=False),
        sa.Column("messages_received", sa.Integer(), nullable=False),
        sa.Column("consent", sa.String(), nullable=False),
        sa.Column("stopped_at", INSTANT),
        sa.Column("code_tries", sa.Integer(), nullable=False),
        sa.Column("code_tried_at", INSTANT),
        sa.PrimaryKeyConstraint("sender_key", name="pk_texters"),
        _reference("texters", "conversation_id", "conversations.id", ondelete="SET NULL"),
    )
    op.create_index("ix_texters_conversation_id", "texters", ["conversation_id"])
    op.create_index("ix_texters_first_seen_at", "texters", ["first_seen_at"])


def _create_incoming() -> None:
    op.create_table(
        "text_receipts",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_text_receipts"),
    )
    op.create_index("ix_text_receipts_received_at", "text_receipts", ["received_at"])
    op.create_table(
        "incoming_texts",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("sender_key", KEY, nullable=False),
        sa.Column("message_sid", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("opt_out_type", sa.String()),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_incoming_texts"),
        _reference("incoming_texts", "sender_key", "texters.sender_key", ondelete="CASCADE"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_incoming_texts_sender_key", "incoming_texts", ["sender_key"])


def _create_parts() -> None:
    op.create_table(
        "text_parts",
        sa.Column("message_id", IDENTIFIER, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("message_sid", sa.String()),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("error", sa.String()),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("message_id", "number", name="pk_text_parts"),
        _reference("text_parts", "message_id", "messages.id", ondelete="CASCADE"),
        sa.UniqueConstraint("message_sid", name="uq_text_parts_message_sid"),
        sa.CheckConstraint("state IN ('queued', 'sent', 'delivered', 'failed')", name="ck_text_parts_state"),
    )


def _create_link_codes() -> None:
    op.create_table(
        "link_codes",
        sa.Column("code_hash", KEY, nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("issued_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT),
        sa.PrimaryKeyConstraint("code_hash", name="pk_link_codes"),
        _reference("link_codes", "conversation_id", "conversations.id", ondelete="CASCADE"),
    )
    op.create_index("ix_link_codes_conversation_id", "link_codes", ["conversation_id"])
    op.create_index("ix_link_codes_issued_at", "link_codes", ["issued_at"])


def _create_alarms() -> None:
    op.create_table(
        "texting_alarms",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("raised_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_texting_alarms"),
    )
    op.create_index("ix_texting_alarms_ends_at", "texting_alarms", ["ends_at"])


def _reference(table: str, column: str, target: str, *, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}", ondelete=ondelete)
