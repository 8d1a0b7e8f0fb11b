"""Actions that counsellors assign: drafted, dated, given, answered, told of."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from storage.statements import Changes, Statement, word
from storage.tables.core import action, assignment, link
from storage.types import Instant
from storage.words import AssignmentState


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """An assigned action; `told`: what the topic was told of it last ("done", "refused")."""

    id: int
    link_id: int
    counsellor_id: int | None
    author: str
    catalogue_id: str | None
    words: str | None
    reason: str | None
    due_on: date | None
    state: AssignmentState
    action_id: int | None
    created_at: datetime
    tell_at: datetime | None
    told: str | None
    help_at: datetime | None


class AssignmentChanges(TypedDict, total=False):
    """The columns that can be set."""

    reason: str | None
    due_on: date | None
    state: AssignmentState
    action_id: int | None
    tell_at: datetime | None
    told: str | None
    help_at: datetime | None


_CHANGES = Changes(assignment.c.id, AssignmentChanges)
_ADD = Statement(insert(assignment).returning(assignment.c.id))
_BY_ID = Statement(select(*assignment.c).where(assignment.c.id == bindparam("of")))
_BY_ACTION = Statement(select(*assignment.c).where(assignment.c.action_id == bindparam("of")))
_OF_LINK = Statement(
    select(*assignment.c).where(assignment.c.link_id == bindparam("of")).order_by(assignment.c.id)
)
_WAITING = Statement(
    select(*assignment.c)
    .join(link, link.c.id == assignment.c.link_id)
    .where(link.c.person_id == bindparam("of"), assignment.c.state == word("waiting"))
    .order_by(assignment.c.due_on, assignment.c.id)
)
_TO_TELL = Statement(
    select(*assignment.c)
    .where(assignment.c.tell_at <= bindparam("now", type_=Instant))
    .order_by(assignment.c.tell_at)
    .limit(bindparam("at_most"))
    .with_for_update(skip_locked=True)
)
_WITHDRAW = Statement(
    update(assignment)
    .where(
        assignment.c.id == bindparam("of"),
        assignment.c.state.in_([word("draft"), word("waiting")]),
    )
    .values(state="withdrawn")
)
_UNSENT = Statement(
    update(assignment)
    .where(
        assignment.c.action_id.in_(
            select(action.c.id).where(
                action.c.person_id == bindparam("of"),
                action.c.local_date == bindparam("on_day"),
                action.c.outcome == word("withdrawn"),
            )
        )
    )
    .values(state="waiting", action_id=None)
)
_FORGET = Statement(
    delete(assignment).where(
        assignment.c.state != word("waiting"),
        assignment.c.created_at <= bindparam("before", type_=Instant),
    )
)


def draft(
    conn: Connection,
    link_id: int,
    counsellor_id: int,
    author: str,
    now: datetime,
    *,
    catalogue_id: str | None = None,
    words: str | None = None,
) -> int:
    """Note what a counsellor picked; it is assigned once it has a date. Returns its id."""
    values: dict[str, Any] = dict.fromkeys(column.name for column in assignment.c if column.name != "id")
    values |= {
        "link_id": link_id,
        "counsellor_id": counsellor_id,
        "author": author,
        "catalogue_id": catalogue_id,
        "words": words,
        "state": "draft",
        "created_at": now,
    }
    return int(_ADD.value(conn, **values))


def by_id(conn: Connection, assignment_id: int) -> AssignmentRow | None:
    """The assignment of this id."""
    found = _BY_ID.row(conn, of=assignment_id)
    return None if found is None else AssignmentRow(*found)


def by_action(conn: Connection, action_id: int) -> AssignmentRow | None:
    """The assignment that became this action."""
    found = _BY_ACTION.row(conn, of=action_id)
    return None if found is None else AssignmentRow(*found)


def of_link(conn: Connection, link_id: int) -> list[AssignmentRow]:
    """All that a team assigned to somebody, drafts too, oldest first."""
    return [AssignmentRow(*row) for row in _OF_LINK.rows(conn, of=link_id)]


def waiting(conn: Connection, person_id: str) -> list[AssignmentRow]:
    """What waits for the person's day, of every team, the earliest first."""
    return [AssignmentRow(*row) for row in _WAITING.rows(conn, of=person_id)]


def save(conn: Connection, assignment_id: int, **changes: Unpack[AssignmentChanges]) -> None:
    """Set columns of an assignment."""
    _CHANGES.count(conn, assignment_id, changes)


def withdraw(conn: Connection, assignment_id: int) -> bool:
    """The counsellor takes it back; False when the person has it already."""
    return _WITHDRAW.count(conn, of=assignment_id) == 1


def unsent(conn: Connection, person_id: str, day: date) -> int:
    """The push that brought it never went out: it waits again. Returns how many."""
    return _UNSENT.count(conn, of=person_id, on_day=day)


def to_tell(conn: Connection, now: datetime, limit: int) -> list[AssignmentRow]:
    """Those whose topic is to be told something now, at most `limit`; locked."""
    return [AssignmentRow(*row) for row in _TO_TELL.rows(conn, now=now, at_most=limit)]


def forget(conn: Connection, before: datetime) -> int:
    """Delete what was made before this instant and waits for no day any more."""
    return _FORGET.count(conn, before=before)
