"""Messages to several people at once, the lists that counsellors make of people, and waits that were answered."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

from storage.tables.base import one_of
from storage.types import BigId, Instant, SafeText
from storage.words import BulkState, RecipientState

_DUE = text("due_at IS NOT NULL")
_WAITING = text("state = 'waiting'")
_COUNTS = text("state IN ('waiting', 'queued', 'delivered')")


class Bulk(SQLModel, table=True):
    """One message to several people, from its draft to its report; both are one message of `chat_id`, edited.

    `words` go once everybody has it. `due_at`: the report is to be written anew, not before this instant.
    """

    __tablename__ = "bulk"
    __table_args__ = (
        one_of("state", BulkState),
        Index("ix_bulk_due_at", "due_at", sqlite_where=_DUE, postgresql_where=_DUE),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(None, primary_key=True, sa_type=BigId)
    team_id: str = Field(foreign_key="team.id", ondelete="CASCADE", index=True, sa_type=SafeText)
    counsellor_id: int = Field(foreign_key="counsellor.id", ondelete="CASCADE", index=True, sa_type=BigId)
    chat_id: int = Field(sa_type=BigInteger)
    message_id: int | None = Field(None, sa_type=BigInteger)  # preview, then report
    words: str | None = Field(None, sa_type=SafeText)
    choice: str = Field("", sa_type=SafeText)  # the list it goes to
    state: str = Field(sa_type=SafeText)
    planned: int = 0  # people it was sent to
    created_at: datetime = Field(sa_type=Instant, index=True)
    due_at: datetime | None = Field(None, sa_type=Instant)


class BulkRecipient(SQLModel, table=True):
    """One person whom a message to several goes to; `local_date` of theirs, on which there is no second one."""

    __tablename__ = "bulk_recipient"
    __table_args__ = (
        one_of("state", RecipientState),
        Index(
            "uq_bulk_recipient_day",
            "person_id",
            "local_date",
            unique=True,
            sqlite_where=_COUNTS,
            postgresql_where=_COUNTS,
        ),
        Index("ix_bulk_recipient_not_before", "not_before", sqlite_where=_WAITING, postgresql_where=_WAITING),
    )

    bulk_id: int = Field(primary_key=True, foreign_key="bulk.id", ondelete="CASCADE", sa_type=BigId)
    link_id: int = Field(
        primary_key=True, foreign_key="link.id", ondelete="CASCADE", index=True, sa_type=BigId
    )
    person_id: str = Field(foreign_key="person.id", ondelete="CASCADE", sa_type=SafeText)
    local_date: date
    not_before: datetime = Field(sa_type=Instant)
    state: str = Field(sa_type=SafeText)
    reason: str | None = Field(None, sa_type=SafeText)  # why not, one of our words
    outbox_id: int | None = Field(None, sa_type=BigInteger, index=True)


class BulkOff(SQLModel, table=True):
    """Somebody who wants no messages to several people from a team for a while."""

    __tablename__ = "bulk_off"

    link_id: int = Field(
        primary_key=True,
        foreign_key="link.id",
        ondelete="CASCADE",
        sa_type=BigId,
        sa_column_kwargs={"autoincrement": False},
    )
    person_id: str = Field(foreign_key="person.id", ondelete="CASCADE", index=True, sa_type=SafeText)
    until: datetime = Field(sa_type=Instant)


class ListMember(SQLModel, table=True):
    """Somebody on a list that a counsellor made, under the counsellor's own name for it. The person can read it."""

    __tablename__ = "list_member"

    link_id: int = Field(primary_key=True, foreign_key="link.id", ondelete="CASCADE", sa_type=BigId)
    counsellor_id: int = Field(
        primary_key=True, foreign_key="counsellor.id", ondelete="CASCADE", index=True, sa_type=BigId
    )
    name: str = Field(primary_key=True, sa_type=SafeText)
    person_id: str = Field(foreign_key="person.id", ondelete="CASCADE", index=True, sa_type=SafeText)


class Answered(SQLModel, table=True):
    """A wait that ended: somebody wrote to their team, and had an answer. For answer times only."""

    __tablename__ = "answered"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(None, primary_key=True, sa_type=BigId)
    link_id: int = Field(foreign_key="link.id", ondelete="CASCADE", index=True, sa_type=BigId)
    counsellor_id: int | None = Field(None, foreign_key="counsellor.id", ondelete="SET NULL", sa_type=BigId)
    asked_at: datetime = Field(sa_type=Instant)
    answered_at: datetime = Field(sa_type=Instant, index=True)


class ReportWish(SQLModel, table=True):
    """A counsellor who asked for the report of the week every Monday; `due_at`: the next one."""

    __tablename__ = "report_wish"

    counsellor_id: int = Field(
        primary_key=True,
        foreign_key="counsellor.id",
        ondelete="CASCADE",
        sa_type=BigId,
        sa_column_kwargs={"autoincrement": False},
    )
    due_at: datetime = Field(sa_type=Instant, index=True)
