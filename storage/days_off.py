"""Days off of counsellors."""

from datetime import date

from sqlalchemy import Connection, bindparam, delete, select

from storage.statements import Statement
from storage.tables.core import counsellor, days_off

DaysOff = dict[int, tuple[tuple[date, date], ...]]
"""By counsellor, the first and the last day of each absence."""
_ADD = Statement(
    lambda insert_into: (new := insert_into(days_off)).on_conflict_do_update(
        index_elements=["counsellor_id", "first"], set_={"last": new.excluded.last}
    )
)
_DROP = Statement(delete(days_off).where(days_off.c.counsellor_id == bindparam("of")))
_OF_TEAM = Statement(
    select(days_off.c.counsellor_id, days_off.c.first, days_off.c.last)
    .select_from(days_off.join(counsellor, counsellor.c.id == days_off.c.counsellor_id))
    .where(counsellor.c.team_id == bindparam("of"), days_off.c.last >= bindparam("since"))
    .order_by(days_off.c.first)
)


def add(conn: Connection, counsellor_id: int, first: date, last: date) -> None:
    """A counsellor is away from the first of these local dates to the last."""
    _ADD.count(conn, counsellor_id=counsellor_id, first=first, last=last)


def forget(conn: Connection, counsellor_id: int) -> None:
    """They are away no more, nor will be."""
    _DROP.count(conn, of=counsellor_id)


def of_team(conn: Connection, team_id: str, since: date) -> DaysOff:
    """The days off of each counsellor of a team that end on that date or later, in order."""
    found: DaysOff = {}
    for counsellor_id, first, last in _OF_TEAM.rows(conn, of=team_id, since=since):
        found[counsellor_id] = (*found.get(counsellor_id, ()), (first, last))
    return found
