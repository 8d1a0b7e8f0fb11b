"""Appointments of a person: interviews, counsellors, job centre and others."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from storage.tables.base import one_of
from storage.types import Instant, LocalTime, SafeText
from storage.words import AppointmentKind, AppointmentState


class Appointment(SQLModel, table=True):
    """One appointment, under an id that its calendar file bears too.

    The wall clock and the zone are what was said; the instants are derived from them. A reminder's instant is NULL once
    it has gone out, or when there is none to come.
    """

    __tablename__ = "appointment"
    __table_args__ = (
        one_of("kind", AppointmentKind),
        one_of("state", AppointmentState),
        Index(
            "ix_appointment_eve_at",
            "eve_at",
            sqlite_where=text("eve_at IS NOT NULL"),
            postgresql_where=text("eve_at IS NOT NULL"),
        ),
        Index(
            "ix_appointment_soon_at",
            "soon_at",
            sqlite_where=text("soon_at IS NOT NULL"),
            postgresql_where=text("soon_at IS NOT NULL"),
        ),
    )

    uid: str = Field(primary_key=True, sa_type=SafeText)
    person_id: str = Field(foreign_key="person.id", ondelete="CASCADE", index=True, sa_type=SafeText)
    kind: str = Field(sa_type=SafeText)
    place: str | None = Field(None, sa_type=SafeText)  # with whom or where, in the person's words
    local_when: datetime = Field(sa_type=LocalTime)
    time_zone: str = Field(sa_type=SafeText)
    state: str = Field(sa_type=SafeText)
    sequence: int = 0  # grows with each change, for calendars
    question: str | None = Field(None, sa_type=SafeText)  # what the person wants to ask; gone once it is over
    starts_at: datetime = Field(sa_type=Instant, index=True)
    eve_at: datetime | None = Field(None, sa_type=Instant)
    soon_at: datetime | None = Field(None, sa_type=Instant)
    changed_at: datetime = Field(sa_type=Instant)
