"""Whom a team follows and what is known of each, in a few statements whatever their number."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, case, func, select

from storage.statements import Statement, word
from storage.tables.core import action, appointment, attention, job, link, person
from storage.types import Instant
from storage.words import Status


@dataclass(frozen=True, slots=True)
class FollowedRow:
    """Somebody who is followed; nothing of their actions from before they agreed to it.

    `acting`: the linked counsellor, or whoever covers on the date asked for.

    `given_from`: the first action since `since` that they received after the last one done; `stuck`: how many got stuck
    since then, the first on `stuck_from`, the last (closed or, if still open, opened) at `stuck_at`.
    """

    link_id: int
    person_id: str
    first_name: str | None
    initial: str
    shown: list[str]
    acting: int
    linked_at: datetime
    status: Status
    in_work: bool
    waiting_since: datetime | None
    human_asked_at: datetime | None
    call_asked_at: datetime | None
    last_contact_at: datetime | None
    handled_at: datetime | None
    raised_on: date | None
    done_on: date | None = None
    given_from: date | None = None
    stuck: int = 0
    stuck_from: date | None = None
    stuck_at: datetime | None = None
    met_at: datetime | None = None
    meets_at: datetime | None = None


_TEAM = link.c.team_id == bindparam("of")
_ACTING = case(
    (
        (link.c.cover_id.is_not(None))
        & (link.c.cover_until >= bindparam("today", type_=link.c.cover_until.type)),
        link.c.cover_id,
    ),
    else_=link.c.counsellor_id,
)
_LINKS = Statement(
    select(
        link.c.id,
        link.c.person_id,
        person.c.profile,
        link.c.initial,
        link.c.shown,
        _ACTING.label("acting"),
        link.c.linked_at,
        person.c.status,
        link.c.waiting_since,
        link.c.human_asked_at,
        link.c.call_asked_at,
        link.c.last_contact_at,
        attention.c.handled_at,
        attention.c.raised_on,
    )
    .select_from(
        link.join(person, person.c.id == link.c.person_id).outerjoin(
            attention, attention.c.link_id == link.c.id
        )
    )
    .where(_TEAM)
    .order_by(link.c.id)
)
_IN_WORK = Statement(
    select(job.c.person_id)
    .select_from(job.join(link, link.c.person_id == job.c.person_id))
    .where(_TEAM, job.c.over_on.is_(None))
)
_done = action.alias("done")
_each = action.alias("each")
_LAST_DONE = (
    select(_each.c.id)
    .where(
        _each.c.person_id == link.c.person_id,
        _each.c.outcome == word("done"),
        _each.c.closed_at >= link.c.linked_at,
    )
    .order_by(_each.c.local_date.desc(), _each.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_got_stuck = action.c.stuck.is_(True)
_ACTIONS = Statement(
    select(
        link.c.person_id,
        _done.c.local_date.label("done_on"),
        func.min(
            case(
                (
                    action.c.local_date >= bindparam("since", type_=action.c.local_date.type),
                    action.c.local_date,
                )
            ),
            type_=action.c.local_date.type,
        ).label("given_from"),
        func.count(case((_got_stuck, 1))).label("stuck"),
        func.min(case((_got_stuck, action.c.local_date)), type_=action.c.local_date.type).label("stuck_from"),
        func.max(
            case((_got_stuck, func.coalesce(action.c.closed_at, action.c.opened_at, type_=Instant))),
            type_=Instant,
        ).label("stuck_at"),
    )
    .select_from(
        link.outerjoin(_done, _done.c.id == _LAST_DONE).outerjoin(
            action,
            (action.c.person_id == link.c.person_id)
            & (action.c.id > func.coalesce(_done.c.id, 0))
            & (action.c.opened_at >= link.c.linked_at),
        )
    )
    .where(_TEAM)
    .group_by(link.c.person_id, _done.c.local_date)
)
_MEETINGS = Statement(
    select(
        link.c.person_id,
        func.max(
            case((appointment.c.starts_at <= bindparam("now", type_=Instant), appointment.c.starts_at)),
            type_=Instant,
        ).label("met_at"),
        func.min(
            case((appointment.c.starts_at > bindparam("now", type_=Instant), appointment.c.starts_at)),
            type_=Instant,
        ).label("meets_at"),
    )
    .select_from(link.join(appointment, appointment.c.person_id == link.c.person_id))
    .where(_TEAM, appointment.c.kind == word("counsellor"), appointment.c.state == word("planned"))
    .group_by(link.c.person_id)
)


def of_team(
    conn: Connection, team_id: str, now: datetime, *, today: date, looks_back: timedelta
) -> list[FollowedRow]:
    """Everybody whom a team follows, by link, on a local date of the team; four statements in all.

    `looks_back`: how far back an action counts as received.
    """
    working = {person_id for (person_id,) in _IN_WORK.rows(conn, of=team_id)}
    done = {row[0]: row[1:] for row in _ACTIONS.rows(conn, of=team_id, since=today - looks_back)}
    meetings = {row[0]: row[1:] for row in _MEETINGS.rows(conn, of=team_id, now=now)}
    return [
        _row(row, row[1] in working, done[row[1]], meetings.get(row[1], (None, None)))
        for row in _LINKS.rows(conn, of=team_id, today=today)
    ]


def _row(values: list[Any], in_work: bool, done: list[Any], meetings: Any) -> FollowedRow:
    link_id, person_id, profile, *rest = values
    first_name = json.loads(profile).get("first_name")
    initial, shown, acting, linked_at, status, *moments = rest
    return FollowedRow(
        link_id,
        person_id,
        first_name,
        initial,
        shown,
        acting,
        linked_at,
        status,
        in_work,
        *moments,
        *done,
        *meetings,
    )
