"""Events of those who agreed to research: written, taken back, forgotten, and summed by person and month.

They are kept under a random key; which person it stands for is known in one table, whose row goes with the person.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from storage.statements import Statement
from storage.tables.core import event, event_subject
from storage.words import Arm, EventKind


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event. `amount`: how many, for applications and interviews."""

    kind: EventKind
    day: date
    action: str | None
    situation: str | None
    arm: Arm
    amount: int = 1


@dataclass(frozen=True, slots=True)
class Sum:
    """What one subject had of one kind on one local date, in one arm."""

    subject: str
    day: date
    arm: Arm
    kind: EventKind
    amount: int


_KEY = Statement(select(event_subject.c.subject_key).where(event_subject.c.person_id == bindparam("of")))
_NEW_KEY = Statement(lambda insert_into: insert_into(event_subject).on_conflict_do_nothing())
_ADD = Statement(insert(event))
_OF_KEY = Statement(
    select(event.c.kind, event.c.day, event.c.action, event.c.situation, event.c.arm, event.c.amount)
    .where(event.c.subject_key == bindparam("key"))
    .order_by(event.c.id)
)
_LATEST = (
    select(func.max(event.c.id))
    .where(
        event.c.subject_key == bindparam("key"),
        event.c.kind == bindparam("what"),
        event.c.action.is_not_distinct_from(bindparam("which", type_=event.c.action.type)),
    )
    .scalar_subquery()
)
_TAKE_BACK = Statement(delete(event).where(event.c.id == _LATEST))
_FORGET = Statement(delete(event).where(event.c.subject_key == bindparam("key")))
_DROP_KEY = Statement(delete(event_subject).where(event_subject.c.person_id == bindparam("of")))
_SUMS = (
    select(event.c.subject_key, event.c.day, event.c.arm, event.c.kind, func.sum(event.c.amount))
    .where(event.c.day >= bindparam("since", type_=event.c.day.type))
    .group_by(event.c.subject_key, event.c.day, event.c.arm, event.c.kind)
    .order_by(event.c.subject_key, event.c.day)
)


def add(conn: Connection, person_id: str, row: EventRow) -> None:
    """Write an event of a person."""
    key = _KEY.value(conn, of=person_id)
    if key is None:
        _NEW_KEY.count(conn, person_id=person_id, subject_key=secrets.token_hex(16))
        key = _KEY.value(conn, of=person_id)
    _ADD.count(
        conn,
        subject_key=key,
        kind=row.kind,
        day=row.day,
        action=row.action,
        situation=row.situation,
        arm=row.arm,
        amount=row.amount,
    )


def take_back(conn: Connection, person_id: str, kind: EventKind, action: str | None) -> bool:
    """Undo the latest event of this kind and action; False when there is none."""
    key = _KEY.value(conn, of=person_id)
    return key is not None and _TAKE_BACK.count(conn, key=key, what=kind, which=action) > 0


def of_person(conn: Connection, person_id: str) -> list[EventRow]:
    """The person's events, oldest first."""
    key = _KEY.value(conn, of=person_id)
    return [] if key is None else [EventRow(*row) for row in _OF_KEY.rows(conn, key=key)]


def forget(conn: Connection, person_id: str) -> int:
    """Erase a person's events and their key, as when they take their consent back; returns how many went."""
    key = _KEY.value(conn, of=person_id)
    if key is None:
        return 0
    _DROP_KEY.count(conn, of=person_id)
    return _FORGET.count(conn, key=key)


def sums(conn: Connection, since: date) -> Iterator[Sum]:
    """What each subject had on each local date from `since` on."""
    for row in conn.execute(_SUMS, {"since": since}):
        yield Sum(*row)
