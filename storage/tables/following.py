"""What a team's day is worked out from: who was seen to, which alerts were raised, when the team's work is due."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.tables.base import one_of
from storage.types import BigId, Instant, SafeText
from storage.words import AlertKind


class Attention(SQLModel, table=True):
    """When a counsellor last saw to somebody, and when these last came up because nobody had spoken to them."""

    __tablename__ = "attention"

    link_id: int = Field(
        primary_key=True,
        foreign_key="link.id",
        ondelete="CASCADE",
        sa_type=BigId,
        sa_column_kwargs={"autoincrement": False},
    )
    handled_at: datetime | None = Field(None, sa_type=Instant)
    raised_on: date | None = None  # in the team's zone


class Alert(SQLModel, table=True):
    """An alert that was raised: its key forbids a second one of the same episode.

    `raised_on`: the team's local date, for the counsellor's daily cap. `useful`: what they answered. Whom it was about
    goes with the link; how often each kind was useful is counted apart (`storage.counters`).
    """

    __tablename__ = "alert"
    __table_args__ = (
        one_of("kind", AlertKind),
        Index("uq_alert_episode", "link_id", "episode", unique=True),
        Index("ix_alert_counsellor_id_raised_on", "counsellor_id", "raised_on"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(None, primary_key=True, sa_type=BigId)
    link_id: int = Field(foreign_key="link.id", ondelete="CASCADE", sa_type=BigId)
    episode: str = Field(sa_type=SafeText)
    kind: str = Field(sa_type=SafeText)
    counsellor_id: int = Field(foreign_key="counsellor.id", ondelete="CASCADE", sa_type=BigId)
    raised_on: date
    useful: bool | None = None


class Watch(SQLModel, table=True):
    """When a team's work is due: the next look for alerts, the next digest. NULL: none is in sight."""

    __tablename__ = "watch"

    team_id: str = Field(primary_key=True, foreign_key="team.id", ondelete="CASCADE", sa_type=SafeText)
    look_at: datetime | None = Field(None, sa_type=Instant, index=True)
    digest_at: datetime | None = Field(None, sa_type=Instant, index=True)
    digested_on: date | None = None  # in the team's zone


class DaysOff(SQLModel, table=True):
    """Local dates on which a counsellor is away, the first and the last included: nothing comes to them by itself."""

    __tablename__ = "days_off"

    counsellor_id: int = Field(
        primary_key=True,
        foreign_key="counsellor.id",
        ondelete="CASCADE",
        sa_type=BigId,
        sa_column_kwargs={"autoincrement": False},
    )
    first: date = Field(primary_key=True)
    last: date
