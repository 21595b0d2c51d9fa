"""The tables of the clinic's staff: who they are, what opens the console for them, and what they did."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from candidacy.records.columns import Encrypted, Identifier, Json, metadata, one_of
from candidacy.records.utc_datetime import UtcDateTime

ROLES = ("reader", "agent", "reviewer", "administrator")
AUDIT_OUTCOMES = ("done", "refused")

staff_accounts = Table(
    "staff_accounts",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("sign_in_name", String, nullable=False, unique=True),
    Column("full_name", String, nullable=False),
    Column("role", String, nullable=False),
    Column("password_hash", Text),
    Column("totp_secret_encrypted", Encrypted),
    Column("totp_last_step", BigInteger),
    Column("created_at", UtcDateTime, nullable=False),
    Column("enrolled_at", UtcDateTime),
    Column("disabled_at", UtcDateTime),
    Column("last_signed_in_at", UtcDateTime),
    one_of("role", ROLES),
    # The audit names accounts by id: an id must never come again.
    sqlite_autoincrement=True,
)

staff_recovery_codes = Table(
    "staff_recovery_codes",
    metadata,
    Column("id", Identifier, primary_key=True),
    Column("staff_id", Identifier, ForeignKey("staff_accounts.id", ondelete="CASCADE"), nullable=False),
    Column("code_hash", String(64), nullable=False),
    Column("used_at", UtcDateTime),
    UniqueConstraint("staff_id", "code_hash"),
)

staff_links = Table(
    "staff_links",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    # An account has one link at most: a new one takes the place of the last.
    Column("staff_id", Identifier, ForeignKey("staff_accounts.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("totp_secret_encrypted", Encrypted, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)

staff_sessions = Table(
    "staff_sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("staff_id", Identifier, ForeignKey("staff_accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("last_seen_at", UtcDateTime, nullable=False),
)

sign_in_attempts = Table(
    "sign_in_attempts",
    metadata,
    # A keyed fingerprint of the name that was typed, or of the network address: people type passwords as names.
    Column("key", String(64), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
)

audit_entries = Table(
    "audit_entries",
    metadata,
    # 1, 2, 3 and so on without a gap; given by `audit.append_entry`, and held to by a trigger.
    Column("sequence", Identifier, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String, nullable=False),
    Column("staff_id", Identifier, ForeignKey("staff_accounts.id"), index=True),
    Column("action", String, nullable=False, index=True),
    Column("subject", String, index=True),
    Column("outcome", String, nullable=False),
    Column("reason", Text),
    Column("detail", Json),
    Column("previous_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    one_of("outcome", AUDIT_OUTCOMES),
)
