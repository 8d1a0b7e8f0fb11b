"""Updates that were worked on, and those that failed and wait."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

from storage.tables.base import one_of
from storage.types import Instant, SafeText
from storage.words import InboxState

_WAITING = text("state = 'waiting'")


class UpdateSeen(SQLModel, table=True):
    """An update that has had its effect."""

    __tablename__ = "update_seen"

    update_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    seen_at: datetime = Field(sa_type=Instant, index=True)


class Inbox(SQLModel, table=True):
    """An update that failed. Set aside, it keeps its id and type only."""

    __tablename__ = "inbox"
    __table_args__ = (
        one_of("state", InboxState),
        Index("ix_inbox_next_try_at", "next_try_at", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index("ix_inbox_telegram_id", "telegram_id", sqlite_where=_WAITING, postgresql_where=_WAITING),
    )

    update_id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    telegram_id: int | None = Field(None, sa_type=BigInteger)
    payload: str = Field(sa_type=SafeText)
    tries: int = 0
    next_try_at: datetime = Field(sa_type=Instant)
    state: str = Field(sa_type=SafeText)
    update_type: str = Field(sa_type=SafeText)
    received_at: datetime = Field(sa_type=Instant)
