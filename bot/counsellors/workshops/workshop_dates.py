"""A workshop in the appointments of those who come: kept, moved, taken out, each time with its calendar file."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Connection

from bot.counsellors.messages import to_person
from bot.counsellors.workshops.seating import Event, Place
from bot.dialogs import workshop as told
from bot.dialogs.appointment import Appointment, reminders
from bot.dialogs.replies import Reply
from storage import appointments, people, workshops
from storage.appointments import AppointmentRow
from storage.people import PersonRecord
from storage.words import AppointmentState

LONGEST_NAME: Final = 150
KIND: Final = "group"
EVER: Final = datetime(2000, 1, 1, tzinfo=UTC)


def keep(conn: Connection, event: Event, seat_id: int, now: datetime) -> Appointment:
    """Put it into the person's list, or move it there; always under the same id."""
    return _save(conn, event, event.places[seat_id], now, cancelled=False)


def take_out(conn: Connection, event: Event, seat_id: int, now: datetime) -> Appointment | None:
    """Cancel it in the person's list; None where it was not in it."""
    place = event.places[seat_id]
    if place.row.uid is None:
        return None
    return _save(conn, event, place, now, cancelled=True)


def _save(conn: Connection, event: Event, place: Place, now: datetime, *, cancelled: bool) -> Appointment:
    row, record = event.row, place.record
    seed = f"workshop {row.id} {place.row.id} {record.id}"
    uid = place.row.uid or hashlib.sha256(seed.encode()).hexdigest()[:24]
    known = {one.uid: one for one in appointments.of_person(conn, record.id, after=EVER)}
    assert row.local_when is not None
    one = Appointment(
        uid,
        KIND,
        f"{row.title}, {row.place}"[:LONGEST_NAME],
        row.local_when,
        row.time_zone,
        cancelled=cancelled,
        sequence=known[uid].sequence + 1 if uid in known else 0,
    )
    store(conn, record, one, now)
    workshops.save_seat(conn, place.row.id, uid=uid)
    return one


def store(conn: Connection, record: PersonRecord, one: Appointment, now: datetime) -> None:
    """An appointment into the database, with its reminders."""
    due = reminders(one, record.profile.time_zone, now)
    state: AppointmentState = "cancelled" if one.cancelled else "planned"
    appointments.save(
        conn,
        AppointmentRow(
            one.uid, record.id, KIND, one.place, one.local_when, one.time_zone, state, one.sequence, one.question,
            one.starts_at, due.eve, due.soon, now,
        ),
    )  # fmt: skip
    if "appointment" not in record.dialogues:  # who has none to look up is not looked up
        people.save_dialogue(conn, record.id, "appointment", version=1, state="quiet", data={}, now=now)


def file_for(event: Event, seat_id: int, one: Appointment, now: datetime) -> Reply:
    """The calendar file, in the person's language."""
    record = event.places[seat_id].record
    return told.calendar_message(to_person.voice_of(record), one, event.row.title, now)


def send_file(conn: Connection, event: Event, seat_id: int, one: Appointment, now: datetime) -> None:
    """The calendar file as a message of its own."""
    place = event.places[seat_id]
    if place.record.status not in to_person.SILENT:
        to_person.send(
            conn,
            place.link,
            place.record,
            file_for(event, seat_id, one, now),
            now,
            counsellor_id=event.row.counsellor_id,
            purpose="workshop file",
        )
