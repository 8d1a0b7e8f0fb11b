"""Appointments: kept, moved, cancelled, reminded of, and forgotten."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, delete, or_, select, update

from storage.statements import Statement, word
from storage.tables.core import account, appointment, person
from storage.types import Instant
from storage.words import AppointmentKind, AppointmentState

KEPT_AFTER = timedelta(days=30)
"""How long an appointment is kept once it is over, or cancelled."""


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """An appointment of a person. `local_when` is wall-clock time in `time_zone`; the instants follow from it."""

    uid: str
    person_id: str
    kind: AppointmentKind
    place: str | None
    local_when: datetime
    time_zone: str
    state: AppointmentState
    sequence: int
    question: str | None
    starts_at: datetime
    eve_at: datetime | None
    soon_at: datetime | None
    changed_at: datetime


def _upsert(insert_into: Any) -> Any:
    new = insert_into(appointment)
    columns = [column.name for column in appointment.c if column.name not in ("uid", "person_id")]
    return new.on_conflict_do_update(
        index_elements=["uid"],
        set_={name: new.excluded[name] for name in columns},
        where=appointment.c.person_id == new.excluded.person_id,
    )


_SAVE = Statement(_upsert)
_OF_PERSON = Statement(
    select(*appointment.c)
    .where(
        appointment.c.person_id == bindparam("of"),
        appointment.c.starts_at > bindparam("after", type_=Instant),
    )
    .order_by(appointment.c.starts_at, appointment.c.uid)
)
_DUE = Statement(
    select(person.c.id)
    .select_from(
        appointment.join(person, person.c.id == appointment.c.person_id).join(
            account, account.c.person_id == person.c.id
        )
    )
    .where(or_(appointment.c.eve_at <= bindparam("now"), appointment.c.soon_at <= bindparam("now")))
    .order_by(appointment.c.starts_at)
    .limit(bindparam("at_most"))
    .with_for_update(of=person, skip_locked=True, key_share=True)
)


_DUE_OF = Statement(
    select(*appointment.c)
    .where(
        appointment.c.person_id == bindparam("of"),
        or_(appointment.c.eve_at <= bindparam("now"), appointment.c.soon_at <= bindparam("now")),
    )
    .order_by(appointment.c.starts_at, appointment.c.uid)
)


def _reminded(instant: ColumnElement[Any]) -> Statement:
    return Statement(
        update(appointment).where(appointment.c.uid == bindparam("of")).values({instant.key: None})
    )


_REMINDED = {"eve": _reminded(appointment.c.eve_at), "soon": _reminded(appointment.c.soon_at)}
_SET_REMINDERS = Statement(
    update(appointment)
    .where(appointment.c.uid == bindparam("of"))
    .values(eve_at=bindparam("eve", type_=Instant), soon_at=bindparam("soon", type_=Instant))
)
_FORGET_QUESTIONS = Statement(
    update(appointment)
    .where(appointment.c.starts_at <= bindparam("now"), appointment.c.question.is_not(None))
    .values(question=None)
)
_FORGET = Statement(
    delete(appointment).where(
        or_(
            appointment.c.starts_at <= bindparam("before", type_=Instant),
            (appointment.c.state == word("cancelled"))
            & (appointment.c.changed_at <= bindparam("before", type_=Instant)),
        )
    )
)


def save(conn: Connection, row: AppointmentRow) -> None:
    """Keep an appointment, or change the one of the same id; one of somebody else stays as it is."""
    _SAVE.count(conn, **{name: getattr(row, name) for name in (column.name for column in appointment.c)})


def of_person(conn: Connection, person_id: str, *, after: datetime) -> list[AppointmentRow]:
    """The person's appointments that start after this instant, cancelled ones too, the next one first."""
    return [AppointmentRow(*row) for row in _OF_PERSON.rows(conn, of=person_id, after=after)]


def due_people(conn: Connection, now: datetime, limit: int) -> list[str]:
    """People with a reminder that has come, each once, at most `limit`; locked as by `people.due_people`."""
    rows = _DUE.rows(conn, now=now, at_most=limit)
    return list(dict.fromkeys(person_id for (person_id,) in rows))


def due_of(conn: Connection, person_id: str, now: datetime) -> list[AppointmentRow]:
    """The person's appointments with a reminder that has come, over or cancelled ones too."""
    return [AppointmentRow(*row) for row in _DUE_OF.rows(conn, of=person_id, now=now)]


def reminded(conn: Connection, uid: str, reminder: str) -> None:
    """Note that a reminder ("eve", "soon") has gone out or was dropped."""
    _REMINDED[reminder].count(conn, of=uid)


def set_reminders(conn: Connection, uid: str, eve: datetime | None, soon: datetime | None) -> None:
    """Derive the reminders anew: the person has moved to another time zone."""
    _SET_REMINDERS.count(conn, of=uid, eve=eve, soon=soon)


def forget(conn: Connection, now: datetime) -> int:
    """Erase questions of what is over, and appointments over or cancelled for 30 days; returns how many went."""
    _FORGET_QUESTIONS.count(conn, now=now)
    return _FORGET.count(conn, before=now - KEPT_AFTER)
