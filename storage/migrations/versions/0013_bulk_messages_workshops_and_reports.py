"""Messages to several people, workshops with seats, lists, and what reports are made of.

Revises 0012.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bulk",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("counsellor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("planned", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('draft', 'sending', 'done', 'undone')", name=op.f("ck_bulk_state")),
        sa.ForeignKeyConstraint(
            ["counsellor_id"],
            ["counsellor.id"],
            name=op.f("fk_bulk_counsellor_id_counsellor"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["team.id"], name=op.f("fk_bulk_team_id_team"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_bulk_counsellor_id"), "bulk", ["counsellor_id"])
    op.create_index(op.f("ix_bulk_created_at"), "bulk", ["created_at"])
    op.create_index(
        "ix_bulk_due_at",
        "bulk",
        ["due_at"],
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index(op.f("ix_bulk_team_id"), "bulk", ["team_id"])

    op.create_table(
        "report_wish",
        sa.Column(
            "counsellor_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["counsellor_id"],
            ["counsellor.id"],
            name=op.f("fk_report_wish_counsellor_id_counsellor"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("counsellor_id", name=op.f("pk_report_wish")),
    )
    op.create_index(op.f("ix_report_wish_due_at"), "report_wish", ["due_at"])

    op.create_table(
        "workshop",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("counsellor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("asked", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("local_when", sa.DateTime(), nullable=True),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('draft', 'open', 'cancelled')", name=op.f("ck_workshop_state")),
        sa.ForeignKeyConstraint(
            ["counsellor_id"],
            ["counsellor.id"],
            name=op.f("fk_workshop_counsellor_id_counsellor"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["team.id"], name=op.f("fk_workshop_team_id_team"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_workshop_counsellor_id"), "workshop", ["counsellor_id"])
    op.create_index(op.f("ix_workshop_created_at"), "workshop", ["created_at"])
    op.create_index(
        "ix_workshop_due_at",
        "workshop",
        ["due_at"],
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index(op.f("ix_workshop_starts_at"), "workshop", ["starts_at"])
    op.create_index(op.f("ix_workshop_team_id"), "workshop", ["team_id"])

    op.create_table(
        "answered",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("link_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("counsellor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["counsellor_id"],
            ["counsellor.id"],
            name=op.f("fk_answered_counsellor_id_counsellor"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["link_id"], ["link.id"], name=op.f("fk_answered_link_id_link"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answered")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_answered_answered_at"), "answered", ["answered_at"])
    op.create_index(op.f("ix_answered_link_id"), "answered", ["link_id"])

    op.create_table(
        "bulk_off",
        sa.Column(
            "link_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_id"], ["link.id"], name=op.f("fk_bulk_off_link_id_link"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_bulk_off_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("link_id", name=op.f("pk_bulk_off")),
    )
    op.create_index(op.f("ix_bulk_off_person_id"), "bulk_off", ["person_id"])

    op.create_table(
        "bulk_recipient",
        sa.Column("bulk_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("link_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("outbox_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'queued', 'delivered', 'failed', 'undone')",
            name=op.f("ck_bulk_recipient_state"),
        ),
        sa.ForeignKeyConstraint(
            ["bulk_id"], ["bulk.id"], name=op.f("fk_bulk_recipient_bulk_id_bulk"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["link_id"], ["link.id"], name=op.f("fk_bulk_recipient_link_id_link"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_bulk_recipient_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("bulk_id", "link_id", name=op.f("pk_bulk_recipient")),
    )
    op.create_index(op.f("ix_bulk_recipient_link_id"), "bulk_recipient", ["link_id"])
    op.create_index(
        "ix_bulk_recipient_not_before",
        "bulk_recipient",
        ["not_before"],
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index(op.f("ix_bulk_recipient_outbox_id"), "bulk_recipient", ["outbox_id"])
    op.create_index(
        "uq_bulk_recipient_day",
        "bulk_recipient",
        ["person_id", "local_date"],
        unique=True,
        sqlite_where=sa.text("state IN ('waiting', 'queued', 'delivered')"),
        postgresql_where=sa.text("state IN ('waiting', 'queued', 'delivered')"),
    )

    op.create_table(
        "list_member",
        sa.Column("link_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("counsellor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["counsellor_id"],
            ["counsellor.id"],
            name=op.f("fk_list_member_counsellor_id_counsellor"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["link_id"], ["link.id"], name=op.f("fk_list_member_link_id_link"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_list_member_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("link_id", "counsellor_id", "name", name=op.f("pk_list_member")),
    )
    op.create_index(op.f("ix_list_member_counsellor_id"), "list_member", ["counsellor_id"])
    op.create_index(op.f("ix_list_member_person_id"), "list_member", ["person_id"])

    op.create_table(
        "seat",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("workshop_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("link_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deadline", sa.DateTime(timezone=True), nullable=True),
        sa.Column("uid", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('picked', 'kept', 'offered', 'accepted', 'waiting', 'declined', 'missed')",
            name=op.f("ck_seat_state"),
        ),
        sa.ForeignKeyConstraint(
            ["link_id"], ["link.id"], name=op.f("fk_seat_link_id_link"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_seat_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_seat_workshop_id_workshop"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_seat_link_id"), "seat", ["link_id"])
    op.create_index(op.f("ix_seat_person_id"), "seat", ["person_id"])
    op.create_index(op.f("ix_seat_uid"), "seat", ["uid"])
    op.create_index("uq_seat_workshop_id_person_id", "seat", ["workshop_id", "person_id"], unique=True)


def downgrade() -> None:
    raise NotImplementedError("Bob's database only goes forward: restore a backup instead.")
