"""What happened in a team in some days: counts by link, each in one statement."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Date, bindparam, case, func, select

from storage.statements import Statement, word
from storage.tables.core import action, appointment, link, relay, report_wish
from storage.types import Instant

_OF_TEAM = link.c.team_id == bindparam("of")
_ANSWERED = case((action.c.outcome.in_([word("done"), word("refused"), word("replaced")]), 1), else_=0)
_ACTIONS = Statement(
    select(
        link.c.id,
        func.count(),
        func.sum(case((action.c.outcome == word("done"), 1), else_=0)),
        func.sum(_ANSWERED),
    )
    .select_from(link.join(action, action.c.person_id == link.c.person_id))
    .where(
        _OF_TEAM,
        action.c.local_date >= bindparam("since", type_=Date),
        action.c.local_date <= bindparam("last", type_=Date),
        action.c.own_words.is_(None) | action.c.author.is_not(None),
    )
    .group_by(link.c.id)
)
_MESSAGES = Statement(
    select(link.c.id, relay.c.direction, func.count())
    .select_from(link.join(relay, relay.c.link_id == link.c.id))
    .where(
        _OF_TEAM,
        relay.c.at >= bindparam("begins", type_=Instant),
        relay.c.at < bindparam("ends", type_=Instant),
        relay.c.kind != "prompt",
        relay.c.kind != "heading",
        relay.c.failed.is_(None),
    )
    .group_by(link.c.id, relay.c.direction)
)
_MEETINGS = Statement(
    select(link.c.id, func.count())
    .select_from(link.join(appointment, appointment.c.person_id == link.c.person_id))
    .where(
        _OF_TEAM,
        appointment.c.state == word("planned"),
        appointment.c.starts_at >= bindparam("begins", type_=Instant),
        appointment.c.starts_at < bindparam("ends", type_=Instant),
    )
    .group_by(link.c.id)
)
_WISH = Statement(
    lambda insert_into: (new := insert_into(report_wish)).on_conflict_do_update(
        index_elements=["counsellor_id"], set_={"due_at": new.excluded.due_at}
    )
)
_NO_WISH = Statement(report_wish.delete().where(report_wish.c.counsellor_id == bindparam("of")))
_WISHED = Statement(select(report_wish.c.due_at).where(report_wish.c.counsellor_id == bindparam("of")))
_DUE = Statement(
    select(report_wish.c.counsellor_id)
    .where(report_wish.c.due_at <= bindparam("now", type_=Instant))
    .order_by(report_wish.c.due_at)
    .limit(bindparam("at_most"))
    .with_for_update(skip_locked=True)
)


def actions(conn: Connection, team_id: str, since: date, last: date) -> dict[int, tuple[int, int, int]]:
    """By link: actions received, done, and answered at all, from `since` to `last`. People's own are left out."""
    found = _ACTIONS.rows(conn, of=team_id, since=since, last=last)
    return {link_id: (int(received), int(done), int(told)) for link_id, received, done, told in found}


def messages(conn: Connection, team_id: str, begins: datetime, ends: datetime) -> dict[int, tuple[int, int]]:
    """By link: messages from the person to the team, and from the team to the person."""
    found: dict[int, dict[str, int]] = {}
    for link_id, direction, count in _MESSAGES.rows(conn, of=team_id, begins=begins, ends=ends):
        found.setdefault(link_id, {})[direction] = int(count)
    return {of: (by.get("to_team", 0), by.get("to_person", 0)) for of, by in found.items()}


def meetings(conn: Connection, team_id: str, begins: datetime, ends: datetime) -> dict[int, int]:
    """By link: appointments that were not cancelled."""
    found: list[list[Any]] = _MEETINGS.rows(conn, of=team_id, begins=begins, ends=ends)
    return {link_id: int(count) for link_id, count in found}


def wish(conn: Connection, counsellor_id: int, due_at: datetime | None) -> None:
    """The counsellor wants the report of the week every Monday, the next one at that instant; None: no more."""
    if due_at is None:
        _NO_WISH.count(conn, of=counsellor_id)
    else:
        _WISH.count(conn, counsellor_id=counsellor_id, due_at=due_at)


def is_wished(conn: Connection, counsellor_id: int) -> bool:
    """Whether the counsellor gets it on Mondays."""
    return _WISHED.value(conn, of=counsellor_id) is not None


def due(conn: Connection, now: datetime, limit: int) -> list[int]:
    """Counsellors whose report is due, at most `limit`; locked."""
    return [counsellor_id for (counsellor_id,) in _DUE.rows(conn, now=now, at_most=limit)]
