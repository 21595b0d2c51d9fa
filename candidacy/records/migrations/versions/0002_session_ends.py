"""A session ends: by itself, or when the visitor ends it. Those open now get a day more."""

from datetime import datetime, timedelta, timezone

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
LEFT_TO_OPEN_SESSIONS = timedelta(days=1)


def upgrade() -> None:
    """Add the two times, and an end to every session that has none."""
    op.add_column("conversations", sa.Column("session_expires_at", INSTANT))
    op.add_column("conversations", sa.Column("session_ended_at", INSTANT))
    conversations = sa.table("conversations", sa.column("token_hash"), sa.column("session_expires_at", INSTANT))
    op.execute(
        sa.update(conversations)
        .where(conversations.c.token_hash.is_not(None))
        .values(session_expires_at=datetime.now(timezone.utc) + LEFT_TO_OPEN_SESSIONS)
    )


def downgrade() -> None:
    """Remove them; every session is then without an end again."""
    op.drop_column("conversations", "session_ended_at")
    op.drop_column("conversations", "session_expires_at")
