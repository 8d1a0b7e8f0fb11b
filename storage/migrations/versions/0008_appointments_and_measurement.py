"""Appointments with their reminders, and the events of those who agreed to research.

Revises 0007.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "appointment",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("local_when", sa.DateTime(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("eve_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("soon_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('interview', 'counsellor', 'job_centre', 'group', 'private', 'other')",
            name=op.f("ck_appointment_kind"),
        ),
        sa.CheckConstraint("state IN ('planned', 'cancelled')", name=op.f("ck_appointment_state")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_appointment_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_appointment")),
    )
    op.create_index(op.f("ix_appointment_person_id"), "appointment", ["person_id"])
    op.create_index(op.f("ix_appointment_starts_at"), "appointment", ["starts_at"])
    for column in ("eve_at", "soon_at"):
        there = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            f"ix_appointment_{column}", "appointment", [column], sqlite_where=there, postgresql_where=there
        )
    op.create_table(
        "event_subject",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("subject_key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_event_subject_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_event_subject")),
        sa.UniqueConstraint("subject_key", name=op.f("uq_event_subject_subject_key")),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("subject_key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("action", sa.Text(), nullable=True),
        sa.Column("situation", sa.Text(), nullable=True),
        sa.Column("arm", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('delivered', 'accepted', 'planned', 'done', 'helped', 'easier', 'stuck', 'refused', "
            "'applications', 'interviews', 'offer', 'job')",
            name=op.f("ck_event_kind"),
        ),
        sa.CheckConstraint("arm IN ('prompt', 'no_prompt')", name=op.f("ck_event_arm")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_event_subject_key"), "event", ["subject_key"])
    op.create_index(op.f("ix_event_day"), "event", ["day"])


def downgrade() -> None:
    raise NotImplementedError("Bob's database only goes forward: restore a backup instead.")
