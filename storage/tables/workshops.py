"""Workshops of a team, and the seats that are kept in them for named people."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

from storage.tables.base import one_of
from storage.types import BigId, Instant, LocalTime, SafeText
from storage.words import SeatState, WorkshopState

_DUE = text("due_at IS NOT NULL")


class Workshop(SQLModel, table=True):
    """One workshop. The wall clock and the zone are the team's, as they were said.

    `message_id`: the list of who comes, one message of `chat_id`, edited. `due_at`: something is to be done about it:
    a kept seat runs out, a freed one is offered, the list says something else.
    """

    __tablename__ = "workshop"
    __table_args__ = (
        one_of("state", WorkshopState),
        Index("ix_workshop_due_at", "due_at", sqlite_where=_DUE, postgresql_where=_DUE),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(None, primary_key=True, sa_type=BigId)
    team_id: str = Field(foreign_key="team.id", ondelete="CASCADE", index=True, sa_type=SafeText)
    counsellor_id: int = Field(foreign_key="counsellor.id", ondelete="CASCADE", index=True, sa_type=BigId)
    chat_id: int = Field(sa_type=BigInteger)
    message_id: int | None = Field(None, sa_type=BigInteger)
    asked: str | None = Field(None, sa_type=SafeText)  # details | moment | seats
    title: str = Field(sa_type=SafeText)
    place: str = Field(sa_type=SafeText)
    local_when: datetime | None = Field(None, sa_type=LocalTime)
    time_zone: str = Field(sa_type=SafeText)
    starts_at: datetime | None = Field(None, sa_type=Instant, index=True)
    seats: int
    state: str = Field(sa_type=SafeText)
    sequence: int = 0  # grows with each move, for calendars
    page: int = 0  # of the list from which people are picked
    due_at: datetime | None = Field(None, sa_type=Instant)
    created_at: datetime = Field(sa_type=Instant, index=True)


class Seat(SQLModel, table=True):
    """What a workshop and one person have to do with each other. Nobody is there twice."""

    __tablename__ = "seat"
    __table_args__ = (
        one_of("state", SeatState),
        Index("uq_seat_workshop_id_person_id", "workshop_id", "person_id", unique=True),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(None, primary_key=True, sa_type=BigId)
    workshop_id: int = Field(foreign_key="workshop.id", ondelete="CASCADE", sa_type=BigId)
    link_id: int = Field(foreign_key="link.id", ondelete="CASCADE", index=True, sa_type=BigId)
    person_id: str = Field(foreign_key="person.id", ondelete="CASCADE", index=True, sa_type=SafeText)
    state: str = Field(sa_type=SafeText)
    queued_at: datetime | None = Field(None, sa_type=Instant)  # their place in the line
    deadline: datetime | None = Field(None, sa_type=Instant)  # until when the seat is kept
    uid: str | None = Field(None, sa_type=SafeText, index=True)  # of their appointment
