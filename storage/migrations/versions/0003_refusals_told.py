"""The dates on which a person told of an employer's refusal.

Revises 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "employer_refusal",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_employer_refusal_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", "local_date", name=op.f("pk_employer_refusal")),
    )


def downgrade() -> None:
    raise NotImplementedError("Bob's database only goes forward: restore a backup instead.")
