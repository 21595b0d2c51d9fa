"""The dialogue state alone: it is stored with the replies of its turn, and no longer has to say which one that was."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Remove the last turn and its replies; of erased conversations, whose state was emptied, nothing is kept.

    Where a turn was saved whose replies were not stored yet, its message will be answered again: from the beginning,
    since the state of before is gone, and from the one after a "yes" would answer the next question.
    """
    op.execute(
        "DELETE FROM dialogue_states"
        " WHERE conversation_id IN (SELECT id FROM conversations WHERE erased_at IS NOT NULL)"
    )
    op.execute(
        "DELETE FROM dialogue_states"
        " WHERE last_turn IN (SELECT CAST(id AS VARCHAR) FROM messages WHERE turn_state = 'pending')"
    )
    with op.batch_alter_table("dialogue_states") as table:
        table.drop_column("last_turn")
        table.drop_column("last_replies")


def downgrade() -> None:
    """Have the columns again; conversations begin with an empty state, since no replies can be made up."""
    op.execute("DELETE FROM dialogue_states")
    with op.batch_alter_table("dialogue_states") as table:
        table.add_column(sa.Column("last_turn", sa.String()))
        table.add_column(sa.Column("last_replies", sa.LargeBinary(), nullable=False))
