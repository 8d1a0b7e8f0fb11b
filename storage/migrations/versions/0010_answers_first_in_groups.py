"""In a group, what people wait for goes out before cards and digests: an index for it.

Revises 0009.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_ANSWERS = "chat_id < 0 AND lane = 'interactive' AND state IN ('waiting', 'leased', 'started')"


def upgrade() -> None:
    op.create_index(
        "ix_outbox_answers",
        "outbox",
        ["chat_id", "not_before", "id"],
        sqlite_where=sa.text(_ANSWERS),
        postgresql_where=sa.text(_ANSWERS),
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_answers", table_name="outbox")
