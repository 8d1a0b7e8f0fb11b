"""Applications and weekly reviews.

Revises 0005.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "application",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("company", sa.Text(), nullable=True),
        sa.Column("job", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("todo_on", sa.Date(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("interview_on", sa.Date(), nullable=True),
        sa.Column("offer_on", sa.Date(), nullable=True),
        sa.Column("refused_on", sa.Date(), nullable=True),
        sa.Column("prompted_on", sa.Date(), nullable=True),
        sa.Column("prompts", sa.Integer(), nullable=False),
        sa.Column("followed_on", sa.Date(), nullable=True),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.Column("touched_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "state IN ('todo', 'sent', 'interview', 'offer', 'refused')", name=op.f("ck_application_state")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_application_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "number", name=op.f("pk_application")),
    )
    op.create_index(op.f("ix_application_touched_on"), "application", ["touched_on"])
    op.create_table(
        "review",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=True),
        sa.Column("told", sa.Integer(), nullable=True),
        sa.Column("goal_applications", sa.Integer(), nullable=True),
        sa.Column("goal_contacts", sa.Integer(), nullable=True),
        sa.CheckConstraint("asked IN ('applications', 'contacts')", name=op.f("ck_review_asked")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_review_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "local_date", name=op.f("pk_review")),
    )


def downgrade() -> None:
    raise NotImplementedError("Bob's database only goes forward: restore a backup instead.")
