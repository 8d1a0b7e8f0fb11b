"""The next instant at which something is due, whatever it is."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    Table,
    Update,
    bindparam,
    case,
    func,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.sql.elements import ColumnElement

from storage.statements import Statement, is_in, word
from storage.tables.core import (
    appointment,
    assignment,
    bulk,
    bulk_recipient,
    inbox,
    later_message,
    link,
    outbox,
    person,
    plan,
    proposal,
    report_wish,
    sender_pause,
    topic,
    visitor,
    watch,
    workshop,
)
from storage.types import Instant
from storage.words import UNSETTLED, Lane, listed

_AFTER = bindparam("after", type_=Instant)


def _first(instant: ColumnElement[Any], *conditions: ColumnElement[bool]) -> Select[datetime]:
    return select(func.min(instant, type_=Instant).label("at")).where(instant > _AFTER, *conditions)


_ALL = union_all(
    *(
        _first(person.c.next_due_at),
        _first(person.c.paused_until),
        _first(plan.c.recall_at, plan.c.recall_state == word("waiting")),
        _first(appointment.c.eve_at),
        _first(appointment.c.soon_at),
        *(
            _first(outbox.c.due_at, outbox.c.lane == word(lane), is_in(outbox.c.state, UNSETTLED))
            for lane in listed(Lane)
        ),
        _first(bulk_recipient.c.not_before, bulk_recipient.c.state == word("waiting")),
        _first(bulk.c.due_at),
        _first(workshop.c.due_at),
        _first(report_wish.c.due_at),
        _first(assignment.c.tell_at),
        _first(proposal.c.due_at),
        _first(later_message.c.send_at, later_message.c.state == word("waiting")),
        _first(sender_pause.c.until),
        _first(link.c.remind_at),
        _first(watch.c.look_at),
        _first(watch.c.digest_at),
        _first(visitor.c.expires_at),
        _first(inbox.c.next_try_at, inbox.c.state == word("waiting")),
    )
).subquery()
_NEXT = Statement(select(func.min(_ALL.c.at, type_=Instant)))
_BEGINNING = datetime.fromisoformat("0001-01-02T00:00:00+00:00")


def next_due(conn: Connection, *, after: datetime | None = None) -> datetime | None:
    """The earliest instant (after `after`, if given) at which a push, a pause, a recall or a message is due.

    The end of a visitor's time, the next try of an update, reminders of appointments, a team's looks and digests count
    too.

    It may lie in the past: that work is due now. None when nothing is foreseen.
    """
    instant: datetime | None = _NEXT.value(conn, after=after or _BEGINNING)
    return instant


def _postpone(
    table: Table, key: ColumnElement[Any], instant: ColumnElement[Any], *conditions: ColumnElement[bool]
) -> Statement:
    first = (
        select(key).where(instant <= bindparam("now", type_=Instant), *conditions).order_by(instant).limit(1)
    )
    return Statement(
        update(table)
        .where(key == first.scalar_subquery())
        .values({instant.key: bindparam("until", type_=Instant)})
    )


def _postpone_reminder() -> Update:
    """Of the first appointment with a reminder that is due, that reminder, or both."""
    now, until = bindparam("now", type_=Instant), bindparam("until", type_=Instant)
    reminders = (appointment.c.eve_at, appointment.c.soon_at)
    first = (
        select(appointment.c.uid)
        .where(or_(*(instant <= now for instant in reminders)))
        .order_by(appointment.c.starts_at)
        .limit(1)
    )
    return (
        update(appointment)
        .where(appointment.c.uid == first.scalar_subquery())
        .values({instant.key: case((instant <= now, until), else_=instant) for instant in reminders})
    )


_POSTPONE = {
    "push_due": _postpone(person, person.c.id, person.c.next_due_at),
    "resume_due": _postpone(person, person.c.id, person.c.paused_until),
    "recall_due": _postpone(plan, plan.c.action_id, plan.c.recall_at, plan.c.recall_state == word("waiting")),
    "remind_due": Statement(_postpone_reminder()),
    "remind_waiting": _postpone(link, link.c.id, link.c.remind_at),
    "send_several_due": _postpone(
        bulk_recipient,
        bulk_recipient.c.link_id,
        bulk_recipient.c.not_before,
        bulk_recipient.c.state == word("waiting"),
    ),
    "report_several_due": _postpone(bulk, bulk.c.id, bulk.c.due_at),
    "workshops_due": _postpone(workshop, workshop.c.id, workshop.c.due_at),
    "send_reports_due": _postpone(report_wish, report_wish.c.counsellor_id, report_wish.c.due_at),
    "propose_due": _postpone(proposal, proposal.c.id, proposal.c.due_at),
    "send_due": _postpone(
        later_message, later_message.c.id, later_message.c.send_at, later_message.c.state == word("waiting")
    ),
    "tell_due": _postpone(assignment, assignment.c.id, assignment.c.tell_at),
    "refresh_due": _postpone(topic, topic.c.link_id, topic.c.card_due_at),
    "look_due": _postpone(watch, watch.c.team_id, watch.c.look_at),
    "digest_due": _postpone(watch, watch.c.team_id, watch.c.digest_at),
}


def postpone_first(conn: Connection, work: str, now: datetime, until: datetime) -> bool:
    """Put off the longest due row of one kind of work; False when none is due.

    Kinds: the names of `_POSTPONE`.
    """
    return _POSTPONE[work].count(conn, now=now, until=until) > 0
