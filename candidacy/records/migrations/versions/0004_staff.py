"""The clinic's staff: accounts and what opens them, and an audit whose rows nobody can change or delete.

The triggers belong to the table: a later step that rebuilds `audit_entries` (Alembic's batch mode on SQLite does) must
make them again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

IDENTIFIER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)

SQLITE_TRIGGERS = (
    # INSERT OR REPLACE deletes without a delete trigger; that a row's number is the next one rules it out.
    """
    CREATE TRIGGER audit_entries_follow BEFORE INSERT ON audit_entries
    WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM audit_entries)
    BEGIN SELECT RAISE(ABORT, 'an entry of the audit has the number after the last one'); END
    """,
    """
    CREATE TRIGGER audit_entries_stay BEFORE DELETE ON audit_entries
    BEGIN SELECT RAISE(ABORT, 'entries of the audit are never deleted'); END
    """,
    """
    CREATE TRIGGER audit_entries_stand BEFORE UPDATE ON audit_entries
    BEGIN SELECT RAISE(ABORT, 'entries of the audit are never changed'); END
    """,
)
POSTGRESQL_TRIGGERS = (
    """
    CREATE FUNCTION audit_entries_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'entries of the audit are never changed or deleted'
            USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE FUNCTION audit_entries_require_next() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM audit_entries) THEN
            RAISE EXCEPTION 'an entry of the audit has the number after the last one'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER audit_entries_follow BEFORE INSERT ON audit_entries
    FOR EACH ROW EXECUTE FUNCTION audit_entries_require_next()
    """,
    """
    CREATE TRIGGER audit_entries_stand BEFORE UPDATE OR DELETE ON audit_entries
    FOR EACH ROW EXECUTE FUNCTION audit_entries_refuse()
    """,
    """
    CREATE TRIGGER audit_entries_stay BEFORE TRUNCATE ON audit_entries
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_refuse()
    """,
)


def upgrade() -> None:
    """Make the tables, those that others refer to first."""
    _create_accounts()
    _create_ways_in()
    _create_audit()


def downgrade() -> None:
    """Remove the tables, the audit with them, those that refer to others first."""
    for table in (
        "audit_entries",
        "sign_in_attempts",
        "staff_sessions",
        "staff_links",
        "staff_recovery_codes",
        "staff_accounts",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_entries_refuse")
        op.execute("DROP FUNCTION audit_entries_require_next")


def _create_accounts() -> None:
    op.create_table(
        "staff_accounts",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("sign_in_name", sa.String(), nullable=False),
        sa.Column("full_name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("password_hash", sa.Text()),
        sa.Column("totp_secret_encrypted", sa.LargeBinary()),
        sa.Column("totp_last_step", sa.BigInteger()),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("enrolled_at", INSTANT),
        sa.Column("disabled_at", INSTANT),
        sa.Column("last_signed_in_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_staff_accounts"),
        sa.UniqueConstraint("sign_in_name", name="uq_staff_accounts_sign_in_name"),
        sa.CheckConstraint("role IN ('reader', 'agent', 'reviewer', 'administrator')", name="ck_staff_accounts_role"),
        sqlite_autoincrement=True,
    )


def _create_ways_in() -> None:
    op.create_table(
        "staff_recovery_codes",
        sa.Column("id", IDENTIFIER, nullable=False),
        sa.Column("staff_id", IDENTIFIER, nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("used_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_staff_recovery_codes"),
        _of_account("staff_recovery_codes", ondelete="CASCADE"),
        sa.UniqueConstraint("staff_id", "code_hash", name="uq_staff_recovery_codes_staff_id_code_hash"),
    )
    op.create_table(
        "staff_links",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("staff_id", IDENTIFIER, nullable=False),
        sa.Column("totp_secret_encrypted", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_staff_links"),
        _of_account("staff_links", ondelete="CASCADE"),
        sa.UniqueConstraint("staff_id", name="uq_staff_links_staff_id"),
    )
    op.create_table(
        "staff_sessions",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("staff_id", IDENTIFIER, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("last_seen_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_staff_sessions"),
        _of_account("staff_sessions", ondelete="CASCADE"),
    )
    op.create_index("ix_staff_sessions_staff_id", "staff_sessions", ["staff_id"])
    op.create_table(
        "sign_in_attempts",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_sign_in_attempts"),
    )


def _create_audit() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("sequence", IDENTIFIER, autoincrement=False, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("staff_id", IDENTIFIER),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String()),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("detail", sa.JSON()),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_audit_entries"),
        _of_account("audit_entries", ondelete=None),
        sa.CheckConstraint("outcome IN ('done', 'refused')", name="ck_audit_entries_outcome"),
    )
    for column in ("staff_id", "action", "subject"):
        op.create_index(f"ix_audit_entries_{column}", "audit_entries", [column])
    for trigger in POSTGRESQL_TRIGGERS if op.get_bind().dialect.name == "postgresql" else SQLITE_TRIGGERS:
        op.execute(trigger)


def _of_account(table: str, *, ondelete: str | None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["staff_id"], ["staff_accounts.id"], name=f"fk_{table}_staff_id", ondelete=ondelete)
