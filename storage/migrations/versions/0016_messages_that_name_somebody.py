"""Messages of Bob that name a followed person outside of their topic, so that they can go with them.

Revises 0015.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mention",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("link_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("outbox_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["link_id"], ["link.id"], name=op.f("fk_mention_link_id_link"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mention")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_mention_link_id"), "mention", ["link_id"])
    op.create_index(op.f("ix_mention_outbox_id"), "mention", ["outbox_id"])
    op.create_index("ix_mention_place", "mention", ["chat_id", "message_id"])


def downgrade() -> None:
    raise NotImplementedError("Bob's database only goes forward: restore a backup instead.")
