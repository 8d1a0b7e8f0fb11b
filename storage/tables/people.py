"""People, their open conversations, and visitors who have not consented yet."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

from storage.tables.base import one_of
from storage.types import Instant, Json, SafeText
from storage.words import Status


class Person(SQLModel, table=True):
    """A person with a profile, under a random 128-bit id in hexadecimal."""

    __tablename__ = "person"
    __table_args__ = (
        one_of("status", Status),
        Index(
            "ix_person_paused_until",
            "paused_until",
            sqlite_where=text("paused_until IS NOT NULL"),
            postgresql_where=text("paused_until IS NOT NULL"),
        ),
        Index(
            "ix_person_next_due_at",
            "next_due_at",
            sqlite_where=text("next_due_at IS NOT NULL"),
            postgresql_where=text("next_due_at IS NOT NULL"),
        ),
    )

    id: str = Field(primary_key=True, sa_type=SafeText)
    language: str = Field(sa_type=SafeText)
    form: str = Field(sa_type=SafeText)
    profile: str = Field(sa_type=SafeText)  # JSON of the answers that were given
    focus: str | None = Field(None, sa_type=SafeText)  # the dialogue that gets typed text
    status: str = Field(sa_type=SafeText)
    paused_until: datetime | None = Field(None, sa_type=Instant)
    pause_reason: str | None = Field(None, sa_type=SafeText)
    next_due_at: datetime | None = Field(None, sa_type=Instant)  # NULL: no push
    last_push_date: date | None = None  # local date
    created_at: datetime = Field(sa_type=Instant)
    last_seen_at: datetime = Field(sa_type=Instant)
    revision: int = 1  # grows with each change
    unanswered: int = Field(0, sa_column_kwargs={"server_default": "0"})  # unasked messages without an answer


class Account(SQLModel, table=True):
    """The Telegram ids of a person with a profile; they sit nowhere else, but in messages that wait."""

    __tablename__ = "account"

    telegram_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    chat_id: int = Field(sa_type=BigInteger)
    person_id: str = Field(foreign_key="person.id", ondelete="CASCADE", unique=True, sa_type=SafeText)


class Visitor(SQLModel, table=True):
    """All that is kept of somebody who has not consented; it goes at `expires_at`."""

    __tablename__ = "visitor"

    telegram_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    chat_id: int = Field(sa_type=BigInteger)
    language: str = Field(sa_type=SafeText)
    form: str = Field(sa_type=SafeText)
    step: str = Field(sa_type=SafeText)
    invitation: str | None = Field(None, sa_type=SafeText)
    expires_at: datetime = Field(sa_type=Instant, index=True)


class Dialogue(SQLModel, table=True):
    """An open conversation of a person: where it stands and what it holds."""

    __tablename__ = "dialogue"

    person_id: str = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE", sa_type=SafeText)
    name: str = Field(primary_key=True, sa_type=SafeText)
    version: int
    state: str = Field(sa_type=SafeText)
    data: str = Field(sa_type=Json)
    opened_at: datetime = Field(sa_type=Instant)
    updated_at: datetime = Field(sa_type=Instant)
