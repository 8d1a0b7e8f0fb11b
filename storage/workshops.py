"""Workshops of a team, and the seats of people in them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypedDict, Unpack

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update

from storage.statements import Changes, Statement, is_in, word
from storage.tables.core import seat, workshop
from storage.types import Instant
from storage.words import SeatState, WorkshopState

KEPT_AFTER = timedelta(days=30)
"""How long a workshop is kept once it is over, or was never announced."""


@dataclass(frozen=True, slots=True)
class WorkshopRow:
    """A workshop. `local_when` is wall-clock time in `time_zone`; the instant follows from it."""

    id: int
    team_id: str
    counsellor_id: int
    chat_id: int
    message_id: int | None
    asked: str | None
    title: str
    place: str
    local_when: datetime | None
    time_zone: str
    starts_at: datetime | None
    seats: int
    state: WorkshopState
    sequence: int
    page: int
    due_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class SeatRow:
    """Somebody and a workshop. `uid`: of the appointment that stands for it in their list."""

    id: int
    workshop_id: int
    link_id: int
    person_id: str
    state: SeatState
    queued_at: datetime | None
    deadline: datetime | None
    uid: str | None


class WorkshopChanges(TypedDict, total=False):
    """The columns of a workshop that can be set."""

    message_id: int | None
    asked: str | None
    title: str
    place: str
    local_when: datetime | None
    starts_at: datetime | None
    seats: int
    state: WorkshopState
    sequence: int
    page: int
    due_at: datetime | None


class SeatChanges(TypedDict, total=False):
    """The columns of a seat that can be set."""

    state: SeatState
    queued_at: datetime | None
    deadline: datetime | None
    uid: str | None


_WORKSHOP = Changes(workshop.c.id, WorkshopChanges)
_SEAT = Changes(seat.c.id, SeatChanges)
_ADD = Statement(insert(workshop).returning(workshop.c.id))
_BY_ID = Statement(select(*workshop.c).where(workshop.c.id == bindparam("of")))
_LOCKED = Statement(select(*workshop.c).where(workshop.c.id == bindparam("of")).with_for_update())
_DUE = Statement(
    select(*workshop.c)
    .where(workshop.c.due_at <= bindparam("now", type_=Instant))
    .order_by(workshop.c.due_at)
    .limit(bindparam("at_most"))
    .with_for_update(skip_locked=True)
)
_FORGET = Statement(
    delete(workshop).where(
        or_(
            workshop.c.starts_at <= bindparam("before", type_=Instant),
            (workshop.c.state != word("open"))
            & (workshop.c.created_at <= bindparam("before", type_=Instant)),
        )
    )
)
_ADD_SEAT = Statement(
    lambda insert_into: insert_into(seat).on_conflict_do_nothing(index_elements=["workshop_id", "person_id"])
)
_UNPICK = Statement(
    delete(seat).where(
        seat.c.workshop_id == bindparam("of"),
        seat.c.link_id == bindparam("the_link"),
        seat.c.state == word("picked"),
    )
)
_SEATS = Statement(select(*seat.c).where(seat.c.workshop_id == bindparam("of")).order_by(seat.c.id))
_SEAT_BY_ID = Statement(select(*seat.c).where(seat.c.id == bindparam("of")))
_SEAT_BY_UID = Statement(
    select(*seat.c).where(seat.c.uid == bindparam("the_uid"), seat.c.person_id == bindparam("of"))
)
_OF_LINK = Statement(select(*seat.c).where(seat.c.link_id == bindparam("of")).order_by(seat.c.id))
_WAKE = Statement(
    update(workshop)
    .where(
        workshop.c.id.in_(select(seat.c.workshop_id).where(seat.c.link_id == bindparam("of"))),
        is_in(workshop.c.state, ("open",)),
    )
    .values(due_at=bindparam("now", type_=Instant))
)


def create(
    conn: Connection,
    team_id: str,
    counsellor_id: int,
    now: datetime,
    *,
    chat_id: int,
    time_zone: str,
) -> int:
    """A draft of a workshop; its id."""
    return int(
        _ADD.value(
            conn,
            team_id=team_id,
            counsellor_id=counsellor_id,
            chat_id=chat_id,
            message_id=None,
            asked="details",
            title="",
            place="",
            local_when=None,
            time_zone=time_zone,
            starts_at=None,
            seats=0,
            state="draft",
            sequence=0,
            page=0,
            due_at=None,
            created_at=now,
        )
    )


def by_id(conn: Connection, workshop_id: int, *, lock: bool = False) -> WorkshopRow | None:
    """The workshop of this id. With `lock`, nobody else changes it or its seats until the end of the transaction."""
    found = (_LOCKED if lock else _BY_ID).row(conn, of=workshop_id)
    return None if found is None else WorkshopRow(*found)


def save(conn: Connection, workshop_id: int, **changes: Unpack[WorkshopChanges]) -> None:
    """Set columns of a workshop."""
    _WORKSHOP.count(conn, workshop_id, changes)


def due(conn: Connection, now: datetime, limit: int) -> list[WorkshopRow]:
    """Workshops about which something is to be done now, at most `limit`; locked."""
    return [WorkshopRow(*row) for row in _DUE.rows(conn, now=now, at_most=limit)]


def forget(conn: Connection, now: datetime) -> int:
    """Delete workshops over for 30 days, and drafts and cancelled ones made 30 days ago; returns how many."""
    return _FORGET.count(conn, before=now - KEPT_AFTER)


def pick(conn: Connection, workshop_id: int, link_id: int, person_id: str) -> bool:
    """Put somebody on the list; False when they are on it already."""
    values = {"state": "picked", "queued_at": None, "deadline": None, "uid": None}
    return _ADD_SEAT.count(conn, workshop_id=workshop_id, link_id=link_id, person_id=person_id, **values) == 1


def unpick(conn: Connection, workshop_id: int, link_id: int) -> bool:
    """Take somebody off the list who has not been invited yet."""
    return _UNPICK.count(conn, of=workshop_id, the_link=link_id) == 1


def seats_of(conn: Connection, workshop_id: int) -> list[SeatRow]:
    """Everybody on the list, in the order in which they were put there."""
    return [SeatRow(*row) for row in _SEATS.rows(conn, of=workshop_id)]


def seat_of(conn: Connection, seat_id: int) -> SeatRow | None:
    """The seat of this id."""
    found = _SEAT_BY_ID.row(conn, of=seat_id)
    return None if found is None else SeatRow(*found)


def seat_by_uid(conn: Connection, person_id: str, uid: str) -> SeatRow | None:
    """The seat that this appointment of the person stands for."""
    found = _SEAT_BY_UID.row(conn, of=person_id, the_uid=uid)
    return None if found is None else SeatRow(*found)


def of_link(conn: Connection, link_id: int) -> list[SeatRow]:
    """The seats of one person in their team's workshops."""
    return [SeatRow(*row) for row in _OF_LINK.rows(conn, of=link_id)]


def save_seat(conn: Connection, seat_id: int, **changes: Unpack[SeatChanges]) -> None:
    """Set columns of a seat."""
    _SEAT.count(conn, seat_id, changes)


def wake(conn: Connection, link_id: int, now: datetime) -> int:
    """Somebody is about to leave: their team's open workshops are to be looked at anew; how many those are."""
    return _WAKE.count(conn, of=link_id, now=now)
