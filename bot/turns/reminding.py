"""Appointments into the database, with the instants of their reminders."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from sqlalchemy import Connection

from bot.dialogs.appointment import Appointment, reminders
from bot.turns.loading import appointment_of
from storage import appointments
from storage.appointments import AppointmentRow
from storage.words import AppointmentKind


def keep_appointment(
    conn: Connection, person_id: str, one: Appointment, time_zone: str, now: datetime
) -> None:
    """Keep an appointment, or what has changed of it. `time_zone`: where the person is."""
    due = reminders(one, time_zone, now)
    appointments.save(
        conn,
        AppointmentRow(
            one.uid,
            person_id,
            cast(AppointmentKind, one.kind),
            one.place,
            one.local_when,
            one.time_zone,
            "cancelled" if one.cancelled else "planned",
            one.sequence,
            one.question,
            one.starts_at,
            due.eve,
            due.soon,
            now,
        ),
    )


def remind_anew(conn: Connection, person_id: str, time_zone: str, now: datetime) -> None:
    """The person has moved to another time zone: reminders that have not gone out come on its wall clock."""
    for row in appointments.of_person(conn, person_id, after=now):
        due = reminders(appointment_of(row), time_zone, now)
        appointments.set_reminders(
            conn, row.uid, due.eve if row.eve_at else None, due.soon if row.soon_at else None
        )
