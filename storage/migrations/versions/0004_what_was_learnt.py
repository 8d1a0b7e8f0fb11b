"""How each action was chosen, and what was learnt from the answers.

Revises 0003.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("action", sa.Column("situation", sa.Text(), nullable=True))
    op.add_column("action", sa.Column("propensity", sa.Double(), nullable=True))
    op.add_column("action", sa.Column("explored", sa.Boolean(), nullable=True))
    op.add_column("action", sa.Column("learnt", sa.Text(), nullable=True))
    op.create_table(
        "learnt",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("multipliers", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_learnt")),
    )


def downgrade() -> None:
    raise NotImplementedError("Bob's database only goes forward: restore a backup instead.")
