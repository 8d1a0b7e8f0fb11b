"""Jobs that people found, the consent to a question later on, and its answers, counted apart.

Revises 0006.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_KINDS = "kind IN ('use', 'sharing', 'research', 'surveys')"


def upgrade() -> None:
    op.create_table(
        "job",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("over_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_job_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "found_on", name=op.f("pk_job")),
    )
    op.create_table(
        "survey_count",
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("question", "answer", "year", name=op.f("pk_survey_count")),
    )
    if op.get_bind().dialect.name == "sqlite":
        _make_consent_anew()
    else:
        op.drop_constraint(op.f("ck_consent_kind"), "consent", type_="check")
        op.create_check_constraint(op.f("ck_consent_kind"), "consent", _KINDS)


def _make_consent_anew() -> None:
    """SQLite changes no constraint: the same table with another one takes the place of the former."""
    op.create_table(
        "consent_anew",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text_version", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(_KINDS, name=op.f("ck_consent_kind")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_consent_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sqlite_autoincrement=True,
    )
    op.execute(
        "INSERT INTO consent_anew SELECT id, person_id, kind, text_version, language, given_at, revoked_at "
        "FROM consent"
    )
    op.drop_table("consent")
    op.rename_table("consent_anew", "consent")
    op.create_index("ix_consent_person_id", "consent", ["person_id"])
    op.create_index(
        "uq_consent_in_force",
        "consent",
        ["person_id", "kind"],
        unique=True,
        sqlite_where=sa.text("revoked_at IS NULL"),
    )


def downgrade() -> None:
    raise NotImplementedError("Bob's database only goes forward: restore a backup instead.")
