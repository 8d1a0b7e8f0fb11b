"""What people answer to an invitation, from a button or from their own list of appointments; and who leaves."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.counsellors.workshops import seating, seats, workshop_dates
from bot.counsellors.workshops.seating import Event
from bot.counsellors.workshops.seats import State
from bot.dialogs import workshop as told
from bot.dialogs.appointment import Appointment
from bot.dialogs.turn import Turn
from storage import audit, links, person_lists, teams, workshops
from storage.links import LinkRow

OFF: Final = timedelta(days=30)
"""How long "not now" holds."""


def answer(conn: Connection, person_id: str, turn: Turn, seat_id: int, now: datetime, *, going: bool) -> None:
    """A button under an invitation. Pressed twice, late or by somebody else, it has one effect or none."""
    found = workshops.seat_of(conn, seat_id)
    if found is None or found.person_id != person_id:
        told.say_short(turn, "gone")
        return
    event = seating.load(conn, found.workshop_id)
    if event is None or seat_id not in event.places:
        row = workshops.by_id(conn, found.workshop_id)
        told.say_short(turn, "cancelled" if row is not None and row.state == "cancelled" else "gone")
        return
    if now >= event.starts_at:
        told.say_short(turn, "over")
        return
    before = event.seating.of(seat_id)
    change = seats.take if going else seats.give
    after = change(event.seating, seat_id, now)
    mine = after.of(seat_id)
    if mine == before:
        told.say_short(turn, mine.state.value if mine.state in _ANSWERED else "gone")
        return
    seating.carry_out(conn, event, after, now, silently=seat_id)
    key = "left_line" if (before.state, mine.state) == (State.WAITING, State.DECLINED) else mine.state.value
    told.say_outcome(turn, key, seating.details(conn, event, mine, now))
    _appointment(conn, turn, event, seat_id, now)


_ANSWERED: Final = frozenset((State.ACCEPTED, State.WAITING, State.DECLINED))


def _appointment(conn: Connection, turn: Turn, event: Event, seat_id: int, now: datetime) -> None:
    """It is in the person's list as long as they have the seat."""
    row = workshops.seat_of(conn, seat_id)
    one: Appointment | None = None
    if row is not None and row.state == "accepted":
        told.open_appointments(turn)
        one = workshop_dates.keep(conn, event, seat_id, now)
    elif row is not None and row.uid is not None:
        one = workshop_dates.take_out(conn, event, seat_id, now)
    if one is not None:
        turn.say(workshop_dates.file_for(event, seat_id, one, now))


def appointment_changed(
    conn: Connection, person_id: str, turn: Turn, one: Appointment, now: datetime
) -> None:
    """The person took it out of their own list, or put it back: the seat goes with it, if it still can."""
    found = workshops.seat_by_uid(conn, person_id, one.uid) if one.kind == workshop_dates.KIND else None
    event = seating.load(conn, found.workshop_id) if found is not None else None
    if found is None or event is None or found.id not in event.places:
        return
    before = event.seating.of(found.id)
    if one.cancelled is (before.state is not State.ACCEPTED):
        return
    after = (seats.give if one.cancelled else seats.take)(event.seating, found.id, now)
    seating.carry_out(conn, event, after, now, silently=found.id)
    if one.cancelled:
        turn.tell("workshop.seat_freed")
    elif after.of(found.id).state is not State.ACCEPTED:
        workshop_dates.take_out(conn, event, found.id, now)
        turn.tell("workshop.seat_lost")


def refuse_several(
    conn: Connection, person_id: str, turn: Turn, link_id: int, now: datetime, *, off: bool
) -> None:
    """No messages to several people from that team for a while, or again."""
    link = links.by_id(conn, link_id)
    team = teams.team_of(conn, link.team_id) if link is not None else None
    if link is None or team is None or link.person_id != person_id:
        told.say_short(turn, "gone")
        return
    person_lists.set_off(conn, link.id, person_id, now + OFF if off else None)
    audit.note(conn, person_id, "messages to several off" if off else "messages to several on", now)
    told.say_refused(turn, link.id, team.name, off=off)


def leave(conn: Connection, link: LinkRow, now: datetime) -> None:
    """The link is about to end: its seats are free, and workshops leave the person's list. Before its row goes."""
    for seat in workshops.of_link(conn, link.id):
        event = seating.load(conn, seat.workshop_id)
        if event is not None and seat.id in event.places and seat.state == "accepted":
            workshop_dates.take_out(conn, event, seat.id, now)
    workshops.wake(conn, link.id, now)
