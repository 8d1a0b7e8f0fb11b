"""What a person did so far, for the picture of it: dates and counts, no words."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, bindparam, func, select

from bot.advice.applications import happened
from bot.advice.facts import Outcome
from bot.advice.progress import Past
from storage import applications
from storage.statements import Statement, word
from storage.tables.core import action, day, plan

_SINCE = Statement(select(func.min(day.c.local_date)).where(day.c.person_id == bindparam("of")))
_RECORDED = Statement(
    select(day.c.local_date).where(
        day.c.person_id == bindparam("of"),
        day.c.local_date >= bindparam("since", type_=day.c.local_date.type),
    )
)
_DONE = Statement(
    select(action.c.local_date, func.count())
    .where(
        action.c.person_id == bindparam("of"),
        action.c.outcome == word(Outcome.DONE.value),
        action.c.local_date >= bindparam("since", type_=action.c.local_date.type),
    )
    .group_by(action.c.local_date)
)
_DONE_IN_ALL = Statement(
    select(func.count()).where(
        action.c.person_id == bindparam("of"), action.c.outcome == word(Outcome.DONE.value)
    )
)
_OPEN = Statement(
    select(action.c.local_date, plan.c.local_when)
    .select_from(action.outerjoin(plan, plan.c.action_id == action.c.id))
    .where(action.c.person_id == bindparam("of"), action.c.outcome == word(Outcome.OPEN.value))
)


def past(conn: Connection, person_id: str, since: date, today: date) -> Past:
    """A person's dates from the local date `since` on, and their counts from the beginning.

    Of applications and interviews, all dates up to `today`: an appointment that lies ahead is none yet.
    """
    open_dates: set[date] = set()
    for received, planned in _OPEN.rows(conn, of=person_id):
        open_dates |= {received} if planned is None else {received, planned.date()}
    on_board = happened(applications.board(conn, person_id))
    sent = _up_to(today, on_board["applications"])
    interviews = _up_to(today, on_board["interviews"])
    return Past(
        since=_SINCE.value(conn, of=person_id),
        recorded=frozenset(local for (local,) in _RECORDED.rows(conn, of=person_id, since=since)),
        done=dict(_DONE.rows(conn, of=person_id, since=since)),
        open=frozenset(open_dates),
        applications=sent,
        interviews=interviews,
        done_in_all=_DONE_IN_ALL.value(conn, of=person_id),
        applications_in_all=len(sent),
        interviews_in_all=len(interviews),
    )


def _up_to(today: date, days: Iterable[date]) -> tuple[date, ...]:
    return tuple(day for day in days if day <= today)
