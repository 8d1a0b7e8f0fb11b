"""How many unasked messages in a row got no answer, and the actions that people add in their own words.

Revises 0004.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("unanswered", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("action", sa.Column("own_words", sa.Text(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("Bob's database only goes forward: restore a backup instead.")
