"""What becomes of seats, carried out: rows changed and people told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.counsellors.messages import to_person
from bot.counsellors.workshops import seats
from bot.counsellors.workshops.seats import Seat, Seating, State
from bot.dialogs import workshop as told
from bot.dialogs.workshop import Details
from storage import links, people, teams, workshops
from storage.links import LinkRow
from storage.people import PersonRecord
from storage.workshops import SeatRow, WorkshopRow

LIST_APART = timedelta(seconds=10)
"""How long what changes is gathered before the list of who comes is written anew."""
LOOKS_AGAIN = timedelta(hours=6)
"""How often a workshop that somebody waits for is looked at, whatever is foreseen."""


@dataclass(frozen=True, slots=True)
class Place:
    """One person on a workshop's list, with all that is needed to write to them."""

    row: SeatRow
    link: LinkRow
    record: PersonRecord


@dataclass(frozen=True, slots=True)
class Event:
    """An announced workshop with everybody on its list, by the number of their seat."""

    row: WorkshopRow
    starts_at: datetime
    places: dict[int, Place]
    seating: Seating


def load(conn: Connection, workshop_id: int) -> Event | None:
    """The workshop, locked until the end of the transaction; None for a draft, a cancelled one, or none at all."""
    row = workshops.by_id(conn, workshop_id, lock=True)
    if row is None or row.state != "open" or row.starts_at is None:
        return None
    places = {}
    for seat in workshops.seats_of(conn, row.id):
        link, record = links.by_id(conn, seat.link_id), people.load_person(conn, seat.person_id)
        if link is not None and record is not None:
            places[seat.id] = Place(seat, link, record)
    seating = Seating(row.seats, row.starts_at, tuple(map(_seat, places.values())))
    return Event(row, row.starts_at, places, seating)


def _seat(place: Place) -> Seat:
    row, record = place.row, place.record
    reachable = record.status not in to_person.SILENT
    return Seat(row.id, State(row.state), row.queued_at, row.deadline, record.profile.time_zone, reachable)


def details(conn: Connection, event: Event, seat: Seat, now: datetime) -> Details:
    """The workshop as this person is told of it."""
    record, who = event.places[seat.id].record, teams.counsellor_of(conn, event.row.counsellor_id)
    until = to_person.local(seat.deadline, record) if seat.deadline is not None else None
    when, today = to_person.local(event.starts_at, record), to_person.local(now, record).date()
    return Details(seat.id, event.row.title, event.row.place, who.name if who else "?", when, today, until)


def carry_out(
    conn: Connection, event: Event, after: Seating, now: datetime, *, silently: int | None = None
) -> None:
    """Keep what changed and tell those whom it concerns. `silently`: whose own press it was; their turn says it."""
    for seat in after.people:
        before = event.seating.of(seat.id)
        if seat == before:
            continue
        workshops.save_seat(
            conn, seat.id, state=seat.state.value, queued_at=seat.queued_at, deadline=seat.deadline
        )
        key = _told(before.state, seat.state)
        if seat.id != silently and key is not None:
            tell(conn, event, seat, key, now)
    soon = now + LIST_APART  # the list of who comes says something else now
    if event.row.due_at is None or event.row.due_at > soon:
        workshops.save(conn, event.row.id, due_at=soon)


def _told(before: State, after: State) -> str | None:
    match before, after:
        case _, State.KEPT if before is State.PICKED:
            return "kept"
        case _, State.WAITING:
            return "full" if before is State.PICKED else "lowered"
        case _, State.OFFERED | State.MISSED if before is not after:
            return after.value
        case _:
            return None


def tell(conn: Connection, event: Event, seat: Seat, key: str, now: datetime) -> None:
    """Say to one person what has become of their seat."""
    place = event.places[seat.id]
    if place.record.status in to_person.SILENT:
        return
    reply = told.message(to_person.voice_of(place.record), key, details(conn, event, seat, now))
    to_person.send(
        conn,
        place.link,
        place.record,
        reply,
        now,
        counsellor_id=event.row.counsellor_id,
        purpose="workshop",
    )


def next_look(seating: Seating, now: datetime) -> datetime | None:
    """When the workshop is to be looked at again; None when nobody waits."""
    if not seating.line or now >= seating.starts_at:
        return None
    return min(seats.next_instant(seating, now) or seating.starts_at, now + LOOKS_AGAIN)
