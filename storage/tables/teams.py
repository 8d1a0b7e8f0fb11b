"""Teams of counsellors, the groups they talk in, who is in them, and their invitations."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

from storage.tables.base import one_of
from storage.types import BigId, Instant, SafeText
from storage.words import DigestPlace, GroupState

_PRESENT = text("telegram_id IS NOT NULL AND left_at IS NULL")


class Team(SQLModel, table=True):
    """A team, under a random id. The code that activates a group for it is kept as its SHA-256 only."""

    __tablename__ = "team"
    __table_args__ = (one_of("digest_place", DigestPlace),)

    id: str = Field(primary_key=True, sa_type=SafeText)
    name: str = Field(sa_type=SafeText)
    language: str = Field(sa_type=SafeText)
    time_zone: str = Field(sa_type=SafeText)
    code_digest: str | None = Field(None, unique=True, sa_type=SafeText)  # NULL once it was used
    digest_place: str = Field("group", sa_type=SafeText)
    created_at: datetime = Field(sa_type=Instant)


class TeamGroup(SQLModel, table=True):
    """A Telegram group of a team; a team may have several, and new people go where the fewest are."""

    __tablename__ = "team_group"
    __table_args__ = (one_of("state", GroupState),)

    chat_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    team_id: str = Field(foreign_key="team.id", ondelete="CASCADE", index=True, sa_type=SafeText)
    is_forum: bool
    state: str = Field(sa_type=SafeText)
    activated_at: datetime = Field(sa_type=Instant)


class Counsellor(SQLModel, table=True):
    """A member of a team. Telegram's id is known once they presented their personal code.

    Hours and days are those in which they answer: local wall clock of the team, ISO weekdays ("12345").
    `audit_key` stands for them in the audit log.
    """

    __tablename__ = "counsellor"
    __table_args__ = (
        Index(
            "uq_counsellor_present",
            "telegram_id",
            "team_id",
            unique=True,
            sqlite_where=_PRESENT,
            postgresql_where=_PRESENT,
        ),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(None, primary_key=True, sa_type=BigId)
    team_id: str = Field(foreign_key="team.id", ondelete="CASCADE", index=True, sa_type=SafeText)
    name: str = Field(sa_type=SafeText)
    telegram_id: int | None = Field(None, sa_type=BigInteger)
    code_digest: str | None = Field(None, unique=True, sa_type=SafeText)  # NULL once it was used
    audit_key: str = Field(unique=True, sa_type=SafeText)
    answer_days: int = 2  # working days in which people may expect an answer
    hours_from: int = 9
    hours_until: int = 18
    work_days: str = Field("12345", sa_type=SafeText)
    joined_at: datetime | None = Field(None, sa_type=Instant)
    left_at: datetime | None = Field(None, sa_type=Instant)


class Hint(SQLModel, table=True):
    """Something that is explained to a counsellor once."""

    __tablename__ = "hint"

    counsellor_id: int = Field(
        primary_key=True,
        foreign_key="counsellor.id",
        ondelete="CASCADE",
        sa_type=BigId,
        sa_column_kwargs={"autoincrement": False},
    )
    what: str = Field(primary_key=True, sa_type=SafeText)


class Invitation(SQLModel, table=True):
    """A link or QR code by which a counsellor invites people; kept as its SHA-256 only."""

    __tablename__ = "invitation"

    code_digest: str = Field(primary_key=True, sa_type=SafeText)
    counsellor_id: int = Field(foreign_key="counsellor.id", ondelete="CASCADE", index=True, sa_type=BigId)
    created_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant, index=True)
    uses_left: int
