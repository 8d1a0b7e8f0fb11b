"""Teams of counsellors, whom they follow, and the calls to Telegram that this takes.

Revises 0008.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_METHODS = "method IN ('send', 'edit', 'delete', 'pin', 'copy', 'copy_album', 'edit_copy', 'react', 'topic')"


def upgrade() -> None:
    op.create_table(
        "team",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("code_digest", sa.Text(), nullable=True),
        sa.Column("digest_place", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("digest_place IN ('group', 'private', 'none')", name=op.f("ck_team_digest_place")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_team_code_digest")),
    )
    op.create_table(
        "counsellor",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=True),
        sa.Column("code_digest", sa.Text(), nullable=True),
        sa.Column("audit_key", sa.Text(), nullable=False),
        sa.Column("answer_days", sa.Integer(), nullable=False),
        sa.Column("hours_from", sa.Integer(), nullable=False),
        sa.Column("hours_until", sa.Integer(), nullable=False),
        sa.Column("work_days", sa.Text(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["team_id"], ["team.id"], name=op.f("fk_counsellor_team_id_team"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counsellor")),
        sa.UniqueConstraint("audit_key", name=op.f("uq_counsellor_audit_key")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_counsellor_code_digest")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_counsellor_team_id"), "counsellor", ["team_id"])
    op.create_index(
        "uq_counsellor_present",
        "counsellor",
        ["telegram_id", "team_id"],
        unique=True,
        sqlite_where=sa.text("telegram_id IS NOT NULL AND left_at IS NULL"),
        postgresql_where=sa.text("telegram_id IS NOT NULL AND left_at IS NULL"),
    )

    op.create_table(
        "team_group",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("is_forum", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("activated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('active', 'lost')", name=op.f("ck_team_group_state")),
        sa.ForeignKeyConstraint(
            ["team_id"], ["team.id"], name=op.f("fk_team_group_team_id_team"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_team_group")),
    )
    op.create_index(op.f("ix_team_group_team_id"), "team_group", ["team_id"])

    op.create_table(
        "invitation",
        sa.Column("code_digest", sa.Text(), nullable=False),
        sa.Column("counsellor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uses_left", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["counsellor_id"],
            ["counsellor.id"],
            name=op.f("fk_invitation_counsellor_id_counsellor"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("code_digest", name=op.f("pk_invitation")),
    )
    op.create_index(op.f("ix_invitation_counsellor_id"), "invitation", ["counsellor_id"])
    op.create_index(op.f("ix_invitation_expires_at"), "invitation", ["expires_at"])

    op.create_table(
        "link",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("counsellor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("cover_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("cover_until", sa.Date(), nullable=True),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("initial", sa.Text(), nullable=False),
        sa.Column("words_to", sa.Text(), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("human_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("call_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_contact_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_word_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("words_to IN ('topic', 'private')", name=op.f("ck_link_words_to")),
        sa.ForeignKeyConstraint(
            ["counsellor_id"],
            ["counsellor.id"],
            name=op.f("fk_link_counsellor_id_counsellor"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["cover_id"], ["counsellor.id"], name=op.f("fk_link_cover_id_counsellor"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_link_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["team.id"], name=op.f("fk_link_team_id_team"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_link_counsellor_id"), "link", ["counsellor_id"])
    op.create_index(op.f("ix_link_team_id"), "link", ["team_id"])
    op.create_index(
        "ix_link_waiting_since",
        "link",
        ["waiting_since"],
        sqlite_where=sa.text("waiting_since IS NOT NULL"),
        postgresql_where=sa.text("waiting_since IS NOT NULL"),
    )
    op.create_index("uq_link_person_id_team_id", "link", ["person_id", "team_id"], unique=True)

    op.create_table(
        "relay",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("link_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("counsellor_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("from_chat", sa.BigInteger(), nullable=False),
        sa.Column("from_message", sa.BigInteger(), nullable=False),
        sa.Column("to_chat", sa.BigInteger(), nullable=False),
        sa.Column("to_message", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("outbox_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failed", sa.Text(), nullable=True),
        sa.CheckConstraint("direction IN ('to_team', 'to_person')", name=op.f("ck_relay_direction")),
        sa.ForeignKeyConstraint(
            ["counsellor_id"],
            ["counsellor.id"],
            name=op.f("fk_relay_counsellor_id_counsellor"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["link_id"], ["link.id"], name=op.f("fk_relay_link_id_link"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relay")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_relay_at"), "relay", ["at"])
    op.create_index(op.f("ix_relay_outbox_id"), "relay", ["outbox_id"])
    op.create_index(
        "ix_relay_target",
        "relay",
        ["to_chat", "to_message"],
        sqlite_where=sa.text("to_message IS NOT NULL"),
        postgresql_where=sa.text("to_message IS NOT NULL"),
    )
    op.create_index("uq_relay_source", "relay", ["link_id", "from_chat", "from_message"], unique=True)

    op.create_table(
        "topic",
        sa.Column(
            "link_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("thread_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("recreated", sa.Integer(), nullable=False),
        sa.Column("card_message", sa.BigInteger(), nullable=True),
        sa.Column("card_digest", sa.Text(), nullable=True),
        sa.Column("card_due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("card_edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('opening', 'open', 'closed')", name=op.f("ck_topic_state")),
        sa.ForeignKeyConstraint(
            ["link_id"], ["link.id"], name=op.f("fk_topic_link_id_link"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("link_id", name=op.f("pk_topic")),
    )
    op.create_index(
        "ix_topic_card_due_at",
        "topic",
        ["card_due_at"],
        sqlite_where=sa.text("card_due_at IS NOT NULL"),
        postgresql_where=sa.text("card_due_at IS NOT NULL"),
    )
    op.create_index("ix_topic_chat_id_thread_id", "topic", ["chat_id", "thread_id"])

    op.add_column("action", sa.Column("author", sa.Text(), nullable=True))

    op.add_column("audit", sa.Column("actor", sa.Text(), nullable=True))

    op.add_column("outbox", sa.Column("topic_id", sa.BigInteger(), nullable=True))

    if op.get_bind().dialect.name == "sqlite":
        _make_outbox_anew()
    else:
        op.drop_constraint(op.f("ck_outbox_method"), "outbox", type_="check")
        op.create_check_constraint(op.f("ck_outbox_method"), "outbox", _METHODS)


def _make_outbox_anew() -> None:
    """SQLite changes no constraint: the same table with another one takes the place of the former."""
    conn = op.get_bind()
    made, *indexes = conn.exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE tbl_name = 'outbox' AND sql IS NOT NULL ORDER BY type = 'index'"
    ).scalars()
    anew, found = re.subn(r"method IN \([^)]*\)", _METHODS, made)
    assert found == 1
    op.execute(re.sub(r"CREATE TABLE \"?outbox\"?", "CREATE TABLE outbox_anew", anew, count=1))
    op.execute("INSERT INTO outbox_anew SELECT * FROM outbox")
    op.drop_table("outbox")
    op.rename_table("outbox_anew", "outbox")
    for index in indexes:
        op.execute(index)


def downgrade() -> None:
    raise NotImplementedError("Bob's database only goes forward: restore a backup instead.")
