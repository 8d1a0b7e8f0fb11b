"""Reminders of appointments, on the eve and two hours before: asked for, so outside the budget of unasked messages."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.dialogs import reminding, rhythm
from bot.dialogs.turn import Turn, World
from bot.turns.loading import appointment_of, turn_of
from bot.turns.saving import save
from scheduler.daily import end_of_hours
from scheduler.recalls import LATE
from storage import appointments, people
from storage.appointments import AppointmentRow

TOO_NEAR = timedelta(minutes=10)
"""Later than this before an appointment, its reminder helps nobody any more."""


def remind_due(conn: Connection, world: World, now: datetime, limit: int) -> int:
    """Send or drop the due reminders of up to `limit` people; returns how many there were."""
    due = appointments.due_people(conn, now, limit)
    for person_id in due:
        remind_person(conn, world, person_id, now)
    return len(due)


def remind_person(conn: Connection, world: World, person_id: str, now: datetime) -> None:
    """Send or drop one person's due reminders. The last one before an appointment goes first."""
    record = people.load_person(conn, person_id)
    if record is None:
        return
    due = appointments.due_of(conn, person_id, now)
    turn = turn_of(conn, record, world, now)
    soon = [row for row in due if row.soon_at is not None and row.soon_at <= now]
    eve = [row for row in due if row.eve_at is not None and row.eve_at <= now]
    for row in soon:
        appointments.reminded(conn, row.uid, "soon")
    for row in eve:
        appointments.reminded(conn, row.uid, "eve")
    near = [row for row in soon if now < row.starts_at - TOO_NEAR and row.state == "planned"]
    said = [(("soon", row.uid), row.starts_at) for row in near if reminding.soon(turn, appointment_of(row))]
    tomorrow = [row for row in eve if _in_time(turn, row, now)]
    if tomorrow and reminding.eve(turn, [appointment_of(row) for row in tomorrow]):
        said.append((("eve", tomorrow[0].uid), end_of_hours(turn)))
    if not said:
        return
    save(
        conn,
        record,
        turn,
        now=now,
        purpose="reminder",
        leased=False,
        dedupe_key=f"reminder:{said[0][0][0]}:{said[0][0][1]}:{now.isoformat()}",
        expires_at=max(until for _, until in said),
    )


def _in_time(turn: Turn, row: AppointmentRow, now: datetime) -> bool:
    """Whether it is still the eve, and an hour to write at."""
    one = appointment_of(row)
    is_eve = turn.today < one.seen_in(turn.zone).date()
    late = row.eve_at is None or now - row.eve_at > LATE
    return is_eve and not one.cancelled and not late and rhythm.within_hours(turn.profile, now)
