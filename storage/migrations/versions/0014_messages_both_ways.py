"""Messages to and fro: albums, when they were delivered, reminders of those who wait, who cannot be reached.

Revision ID: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hint",
        sa.Column(
            "counsellor_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("what", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["counsellor_id"],
            ["counsellor.id"],
            name=op.f("fk_hint_counsellor_id_counsellor"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("counsellor_id", "what", name=op.f("pk_hint")),
    )
    op.add_column("link", sa.Column("remind_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("link", sa.Column("cut_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_link_remind_at",
        "link",
        ["remind_at"],
        sqlite_where=sa.text("remind_at IS NOT NULL"),
        postgresql_where=sa.text("remind_at IS NOT NULL"),
    )
    op.add_column("relay", sa.Column("together", sa.Text(), nullable=True))
    op.add_column("relay", sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "ix_relay_together",
        "relay",
        ["together"],
        sqlite_where=sa.text("together IS NOT NULL"),
        postgresql_where=sa.text("together IS NOT NULL"),
    )
    op.create_index("ix_relay_link_id_direction", "relay", ["link_id", "direction", "id"])


def downgrade() -> None:
    raise NotImplementedError("Bob's database only goes forward: restore a backup instead.")
