"""The console: what staff add to conversations, what the inbox asks of them, and the index of every message's words.

The triggers that keep the index belong to `messages`: a later step that rebuilds that table (Alembic's batch mode on
SQLite does) must make them again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
ORDER = ("alarming", "last_activity_at", "id")
NOT_ERASED = "erased_at IS NULL"
INBOX_INDEXES = (
    ("inbox", ORDER, NOT_ERASED),
    ("inbox_channel", ("channel", *ORDER), NOT_ERASED),
    ("inbox_state", ("state", *ORDER), NOT_ERASED),
    ("inbox_outcome", ("outcome", *ORDER), "outcome IS NOT NULL"),
    ("inbox_assignee", ("assignee_id", *ORDER), "assignee_id IS NOT NULL"),
    ("inbox_red_flag", ORDER, "red_flag IS NOT NULL"),
    ("inbox_low_confidence", ORDER, "low_confidence_at IS NOT NULL"),
    ("inbox_unanswered", ORDER, "unanswered_at IS NOT NULL"),
    ("created_at", ("created_at",), None),
    ("last_activity_at", ("last_activity_at",), NOT_ERASED),
    ("waiting_since", ("waiting_since",), "state = 'waiting'"),
)
SUMMARY_COLUMNS = {
    "assignee_id": sa.BigInteger(),
    "claimed_at": INSTANT,
    "red_flag": sa.String(),
    "low_confidence_at": INSTANT,
    "unanswered_at": INSTANT,
    "outcome": sa.String(),
    "last_question": sa.String(),
    "started_at": INSTANT,
    "consented_at": INSTANT,
    "finished_at": INSTANT,
    "requested_at": INSTANT,
}
QUESTION_KINDS = "kind IN ('answer', 'not_covered', 'clinician', 'off_topic', 'fallback')"
CALL_BACK_IS_OPEN = "closed_at IS NULL"

FILL = (
    """
    UPDATE conversations SET
        started_at = (SELECT min(m.created_at) FROM messages m WHERE m.conversation_id = conversations.id
                      AND m.author = 'visitor'),
        consented_at = (SELECT min(c.at) FROM consents c WHERE c.conversation_id = conversations.id
                        AND c.purpose = 'screening' AND c.given),
        finished_at = (SELECT min(s.at) FROM screenings s WHERE s.conversation_id = conversations.id),
        outcome = (SELECT s.outcome FROM screenings s WHERE s.conversation_id = conversations.id
                   ORDER BY s.number DESC LIMIT 1),
        requested_at = (SELECT r.created_at FROM consultation_requests r WHERE r.conversation_id = conversations.id),
        unanswered_at = (SELECT max(m.created_at) FROM messages m WHERE m.conversation_id = conversations.id
                         AND m.kind IN ('not_covered', 'fallback')),
        last_question = (SELECT m.topic FROM messages m WHERE m.conversation_id = conversations.id
                         AND m.kind = 'question' ORDER BY m.position DESC LIMIT 1)
    """,
    """
    INSERT INTO red_flags (conversation_id, message_id, level, at)
    SELECT conversation_id, in_reply_to, kind, created_at FROM messages
    WHERE kind IN ('emergency', 'crisis', 'urgent') AND author = 'assistant' ORDER BY id
    """,
    """
    UPDATE conversations SET alarming = (1 = 1), red_flag = (
        SELECT f.level FROM red_flags f WHERE f.conversation_id = conversations.id
        ORDER BY CASE f.level WHEN 'emergency' THEN 1 WHEN 'crisis' THEN 2 ELSE 3 END LIMIT 1)
    WHERE id IN (SELECT conversation_id FROM red_flags)
    """,
    """
    INSERT INTO call_backs (conversation_id, reason, requested_at, due_at, attempts)
    SELECT conversation_id, 'consultation', created_at, created_at, 0 FROM consultation_requests WHERE status = 'new'
    """,
)
"""What the new columns and tables hold of what there is; every red flag so far is still to be acknowledged."""

SQLITE_SEARCH = (
    """
    CREATE VIRTUAL TABLE message_search USING fts5(
        text, content='messages', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2')
    """,
    """
    CREATE TRIGGER messages_search_insert AFTER INSERT ON messages BEGIN
        INSERT INTO message_search(rowid, text) VALUES (NEW.id, NEW.text);
    END
    """,
    """
    CREATE TRIGGER messages_search_delete AFTER DELETE ON messages BEGIN
        INSERT INTO message_search(message_search, rowid, text) VALUES ('delete', OLD.id, OLD.text);
    END
    """,
    """
    CREATE TRIGGER messages_search_update AFTER UPDATE OF text ON messages BEGIN
        INSERT INTO message_search(message_search, rowid, text) VALUES ('delete', OLD.id, OLD.text);
        INSERT INTO message_search(rowid, text) VALUES (NEW.id, NEW.text);
    END
    """,
    "INSERT INTO message_search(message_search) VALUES ('rebuild')",
)
SQLITE_SEARCH_ENDS = (
    "DROP TRIGGER messages_search_insert",
    "DROP TRIGGER messages_search_delete",
    "DROP TRIGGER messages_search_update",
    "DROP TABLE message_search",
)
POSTGRESQL_SEARCH = (
    # English stems, and no stop words: "can not walk" is looked up as it was typed, as on SQLite.
    "CREATE TEXT SEARCH DICTIONARY candidacy_stems (TEMPLATE = snowball, LANGUAGE = english)",
    "CREATE TEXT SEARCH CONFIGURATION candidacy (COPY = simple)",
    """
    ALTER TEXT SEARCH CONFIGURATION candidacy
    ALTER MAPPING FOR asciiword, asciihword, hword_asciipart, word, hword, hword_part WITH candidacy_stems
    """,
    # Words and numbers alone, without accents, so that both databases cut a text into the same words.
    r"""
    CREATE FUNCTION candidacy_words(given text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
        SELECT to_tsvector('candidacy', regexp_replace(regexp_replace(
            normalize(lower(given), NFD), U&'[\0300-\036F]', '', 'g'), '[^[:alnum:]]+', ' ', 'g'))
    $$
    """,
    """
    CREATE TABLE message_search (
        message_id bigint PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
        words tsvector NOT NULL)
    """,
    "INSERT INTO message_search SELECT id, candidacy_words(text) FROM messages",
    "CREATE INDEX ix_message_search_words ON message_search USING gin (words)",
    """
    CREATE FUNCTION messages_search() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO message_search VALUES (NEW.id, candidacy_words(NEW.text))
        ON CONFLICT (message_id) DO UPDATE SET words = EXCLUDED.words;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER messages_search AFTER INSERT OR UPDATE OF text ON messages
    FOR EACH ROW EXECUTE FUNCTION messages_search()
    """,
)
POSTGRESQL_SEARCH_ENDS = (
    "DROP TRIGGER messages_search ON messages",
    "DROP FUNCTION messages_search",
    "DROP TABLE message_search",
    "DROP FUNCTION candidacy_words",
    "DROP TEXT SEARCH CONFIGURATION candidacy",
    "DROP TEXT SEARCH DICTIONARY candidacy_stems",
)


def upgrade() -> None:
    """Add the columns and tables, fill them from what there is, and index every word."""
    op.add_column("conversations", sa.Column("alarming", sa.Boolean(), nullable=False, server_default=sa.false()))
    for name, kind in SUMMARY_COLUMNS.items():
        op.add_column("conversations", sa.Column(name, kind))
    op.add_column("messages", sa.Column("staff_id", sa.BigInteger()))
    _create_annotations()
    _create_call_backs()
    _create_corrections()
    _create_safekeeping()
    for statement in FILL:
        op.execute(statement)
    for name, columns, where in INBOX_INDEXES:
        _create_index(f"ix_conversations_{name}", "conversations", columns, where)
    _create_index("ix_messages_questions", "messages", ("topic", "conversation_id", "kind"), QUESTION_KINDS)
    for statement in POSTGRESQL_SEARCH if _on_postgresql() else SQLITE_SEARCH:
        op.execute(statement)


def downgrade() -> None:
    """Remove them, what staff added with them."""
    for statement in POSTGRESQL_SEARCH_ENDS if _on_postgresql() else SQLITE_SEARCH_ENDS:
        op.execute(statement)
    op.drop_index("ix_messages_questions", "messages")
    for name, _, _ in INBOX_INDEXES:
        op.drop_index(f"ix_conversations_{name}", "conversations")
    for table in (
        "search_purges_due",
        "export_contents",
        "exports",
        "legal_holds",
        "corrections",
        "request_name_words",
        "call_attempts",
        "call_backs",
        "waits",
        "red_flags",
        "saved_filters",
        "conversation_tags",
        "notes",
    ):
        op.drop_table(table)
    op.drop_column("messages", "staff_id")
    for name in ("alarming", *SUMMARY_COLUMNS):
        op.drop_column("conversations", name)


def _create_annotations() -> None:
    op.create_table(
        "notes",
        _id(),
        _conversation_id(),
        sa.Column("staff_id", IDENTIFIER, nullable=False),
        sa.Column("text_encrypted", sa.LargeBinary(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
        _to_conversation("notes"),
        _to_staff("notes", "staff_id"),
    )
    op.create_table(
        "conversation_tags",
        _conversation_id(),
        sa.Column("tag", sa.String(60), nullable=False),
        sa.Column("staff_id", IDENTIFIER, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "tag", name="pk_conversation_tags"),
        _to_conversation("conversation_tags"),
        _to_staff("conversation_tags", "staff_id"),
    )
    op.create_table(
        "saved_filters",
        _id(),
        sa.Column("staff_id", IDENTIFIER, nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_saved_filters"),
        _to_staff("saved_filters", "staff_id"),
        sa.UniqueConstraint("staff_id", "name", name="uq_saved_filters_staff_id_name"),
    )
    op.create_table(
        "red_flags",
        _id(),
        _conversation_id(),
        sa.Column("message_id", IDENTIFIER),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("category", sa.String()),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("acknowledged_by", IDENTIFIER),
        sa.Column("acknowledged_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_red_flags"),
        _to_conversation("red_flags"),
        _to_message("red_flags"),
        _to_staff("red_flags", "acknowledged_by"),
    )
    for table, columns in (
        ("notes", ("conversation_id",)),
        ("conversation_tags", ("tag", "conversation_id")),
        ("red_flags", ("conversation_id",)),
        ("red_flags", ("message_id",)),
        ("red_flags", ("at",)),
    ):
        _create_index(f"ix_{table}_{'_'.join(columns)}", table, columns)


def _create_call_backs() -> None:
    op.create_table(
        "waits",
        _id(),
        _conversation_id(),
        sa.Column("since", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("staff_id", IDENTIFIER),
        sa.PrimaryKeyConstraint("id", name="pk_waits"),
        _to_conversation("waits"),
        _to_staff("waits", "staff_id"),
        sa.CheckConstraint("how IN ('claimed', 'nobody_came', 'closed')", name="ck_waits_how"),
    )
    op.create_table(
        "call_backs",
        _id(),
        _conversation_id(),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("requested_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("assignee_id", IDENTIFIER),
        sa.Column("claimed_at", INSTANT),
        sa.Column("closed_at", INSTANT),
        sa.Column("closed_as", sa.String()),
        sa.Column("closed_by", IDENTIFIER),
        sa.PrimaryKeyConstraint("id", name="pk_call_backs"),
        _to_conversation("call_backs"),
        _to_staff("call_backs", "assignee_id"),
        _to_staff("call_backs", "closed_by"),
        sa.CheckConstraint("reason IN ('consultation', 'nobody_came', 'staff')", name="ck_call_backs_reason"),
    )
    op.create_table(
        "call_attempts",
        _id(),
        sa.Column("call_back_id", IDENTIFIER, nullable=False),
        sa.Column("staff_id", IDENTIFIER, nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("note_encrypted", sa.LargeBinary()),
        sa.Column("next_attempt_at", INSTANT),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_call_attempts"),
        sa.ForeignKeyConstraint(
            ["call_back_id"], ["call_backs.id"], name="fk_call_attempts_call_back_id", ondelete="CASCADE"
        ),
        _to_staff("call_attempts", "staff_id"),
    )
    op.create_table(
        "request_name_words",
        _conversation_id(),
        sa.Column("word_index", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "word_index", name="pk_request_name_words"),
        _to_conversation("request_name_words"),
    )
    for table, columns in (
        ("waits", ("conversation_id",)),
        ("waits", ("since",)),
        ("call_backs", ("conversation_id",)),
        ("call_attempts", ("call_back_id",)),
        ("request_name_words", ("word_index",)),
    ):
        _create_index(f"ix_{table}_{'_'.join(columns)}", table, columns)
    _create_index("ix_call_backs_open", "call_backs", ("due_at", "id"), CALL_BACK_IS_OPEN)
    _create_index("uq_call_backs_one_open", "call_backs", ("conversation_id",), CALL_BACK_IS_OPEN, unique=True)


def _create_corrections() -> None:
    op.create_table(
        "corrections",
        _id(),
        _conversation_id(),
        sa.Column("message_id", IDENTIFIER, nullable=False),
        sa.Column("staff_id", IDENTIFIER, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("meant", sa.JSON(), nullable=False),
        sa.Column("redacted_text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("reviewer_id", IDENTIFIER),
        sa.Column("reviewed_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_corrections"),
        _to_conversation("corrections"),
        _to_message("corrections"),
        _to_staff("corrections", "staff_id"),
        _to_staff("corrections", "reviewer_id"),
        sa.CheckConstraint("state IN ('proposed', 'approved', 'rejected')", name="ck_corrections_state"),
        sa.CheckConstraint("reviewer_id <> staff_id", name="ck_corrections_second_person"),
    )
    for columns in (("conversation_id",), ("message_id",), ("state", "id")):
        _create_index(f"ix_corrections_{'_'.join(columns)}", "corrections", columns)


def _create_safekeeping() -> None:
    op.create_table(
        "legal_holds",
        _id(),
        _conversation_id(),
        sa.Column("staff_id", IDENTIFIER, nullable=False),
        sa.Column("reason_encrypted", sa.LargeBinary(), nullable=False),
        sa.Column("placed_at", INSTANT, nullable=False),
        sa.Column("lifted_by", IDENTIFIER),
        sa.Column("lifted_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_legal_holds"),
        _to_conversation("legal_holds"),
        _to_staff("legal_holds", "staff_id"),
        _to_staff("legal_holds", "lifted_by"),
    )
    op.create_table(
        "exports",
        _id(),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("doomed_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_exports"),
    )
    op.create_table(
        "export_contents",
        sa.Column("export_id", IDENTIFIER, nullable=False),
        _conversation_id(),
        sa.PrimaryKeyConstraint("export_id", "conversation_id", name="pk_export_contents"),
        sa.ForeignKeyConstraint(["export_id"], ["exports.id"], name="fk_export_contents_export_id", ondelete="CASCADE"),
        _to_conversation("export_contents"),
    )
    op.create_table(
        "search_purges_due",
        _conversation_id(),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_search_purges_due"),
        _to_conversation("search_purges_due"),
    )
    for table, column in (
        ("legal_holds", "conversation_id"),
        ("exports", "doomed_at"),
        ("export_contents", "conversation_id"),
    ):
        _create_index(f"ix_{table}_{column}", table, (column,))


def _id() -> sa.Column:
    return sa.Column("id", IDENTIFIER, nullable=False)


def _conversation_id() -> sa.Column:
    return sa.Column("conversation_id", sa.String(), nullable=False)


def _to_conversation(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["conversation_id"], ["conversations.id"], name=f"fk_{table}_conversation_id", ondelete="CASCADE"
    )


def _to_message(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=f"fk_{table}_message_id", ondelete="CASCADE")


def _to_staff(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["staff_accounts.id"], name=f"fk_{table}_{column}")


def _create_index(
    name: str, table: str, columns: tuple[str, ...], where: str | None = None, *, unique: bool = False
) -> None:
    condition = None if where is None else sa.text(where)
    op.create_index(name, table, list(columns), unique=unique, sqlite_where=condition, postgresql_where=condition)


def _on_postgresql() -> bool:
    return bool(op.get_bind().dialect.name == "postgresql")
