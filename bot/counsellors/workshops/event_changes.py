"""An announced workshop changes: its seats, its moment, its being at all; and what time does to its seats."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.counsellors.group_text import GroupText, said
from bot.counsellors.turn import GroupTurn
from bot.counsellors.workshops import events_list, events_words, seating, seats, workshop_dates
from bot.counsellors.workshops.seating import Event
from bot.counsellors.workshops.seats import CONCERNED, State
from bot.dialogs.turn import World
from storage import workshops
from storage.workshops import WorkshopRow


def _ahead(turn: GroupTurn, row: WorkshopRow) -> Event | None:
    """The workshop, while it is still to come; else the counsellor is told."""
    event = seating.load(turn.conn, row.id)
    if event is None or turn.now >= event.starts_at:
        turn.answer(said("bulk.event.over"))
        return None
    return event


def resize(turn: GroupTurn, row: WorkshopRow, text: str) -> None:
    wanted = events_words.seats_of(text)
    if isinstance(wanted, GroupText):
        turn.answer(wanted)
        return
    event = _ahead(turn, row)
    if event is None:
        return
    after = seats.resize(event.seating, wanted, turn.now)
    workshops.save(turn.conn, row.id, seats=after.seats, asked=None)
    seating.carry_out(turn.conn, event, after, turn.now)
    workshops.save(turn.conn, row.id, due_at=turn.now)
    note = said("bulk.event.not_fewer", n=after.seats) if after.seats > wanted else None
    turn.answer(note or said("bulk.event.seats_set", n=after.seats))


def move(turn: GroupTurn, row: WorkshopRow, text: str) -> None:
    when = events_words.when_of(text, events_words.wall_clock(turn.now, row.time_zone))
    if isinstance(when, GroupText):
        turn.answer(when)
        return
    event = _ahead(turn, row)
    if event is None:
        return
    starts_at = events_words.instant(when, row.time_zone)
    workshops.save(
        turn.conn,
        row.id,
        local_when=when,
        starts_at=starts_at,
        sequence=row.sequence + 1,
        asked=None,
    )
    before = {seat.id: seat.state for seat in event.seating.people}
    moved = seating.load(turn.conn, row.id)
    assert moved is not None
    after = seats.move(event.seating, starts_at, turn.now)
    seating.carry_out(turn.conn, moved, after, turn.now)
    for seat in after.people:
        if seat.state is before[seat.id] and seat.state in CONCERNED:
            _tell_moved(turn, moved, seat)
    workshops.save(turn.conn, row.id, due_at=turn.now)
    turn.answer(said("bulk.event.is_moved", when=when))


def _tell_moved(turn: GroupTurn, event: Event, seat: seats.Seat) -> None:
    link = event.places[seat.id].link
    turn.note(link, "workshop moved")
    key = {State.ACCEPTED: "moved_accepted", State.WAITING: "moved_waiting"}.get(seat.state, "moved")
    seating.tell(turn.conn, event, seat, key, turn.now)
    if seat.state is State.ACCEPTED:
        one = workshop_dates.keep(turn.conn, event, seat.id, turn.now)
        workshop_dates.send_file(turn.conn, event, seat.id, one, turn.now)


def cancel(turn: GroupTurn, row: WorkshopRow) -> None:
    event = seating.load(turn.conn, row.id)
    assert event is not None
    for seat in event.seating.people:
        if seat.state not in CONCERNED:
            continue
        turn.note(event.places[seat.id].link, "workshop cancelled")
        seating.tell(turn.conn, event, seat, "cancelled", turn.now)
        if seat.state is State.ACCEPTED:
            one = workshop_dates.take_out(turn.conn, event, seat.id, turn.now)
            if one is not None:
                workshop_dates.send_file(turn.conn, event, seat.id, one, turn.now)
    workshops.save(turn.conn, row.id, state="cancelled", due_at=None)


# Time


def workshops_due(conn: Connection, world: World, now: datetime, limit: int) -> int:
    """Seats that ran out, seats that are free, lists that say something else by now; how many workshops there were."""
    due = workshops.due(conn, now, limit)
    for row in due:
        event = seating.load(conn, row.id)
        if event is None:
            workshops.save(conn, row.id, due_at=None)
            continue
        after = seats.pass_time(event.seating, now)
        seating.carry_out(conn, event, after, now)
        workshops.save(conn, row.id, due_at=seating.next_look(after, now))
        events_list.rewrite(conn, row, now)
    return len(due)
