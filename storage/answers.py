"""How long people waited for an answer of their team: one row for each wait that ended."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from storage.links import LinkRow
from storage.statements import Statement
from storage.tables.core import answered as answered_table
from storage.tables.core import link
from storage.types import Instant


@dataclass(frozen=True, slots=True)
class AnsweredRow:
    """A wait: from the first message without an answer to the answer, and who gave it (None: gone since)."""

    link_id: int
    counsellor_id: int | None
    asked_at: datetime
    answered_at: datetime


_ADD = Statement(insert(answered_table))
_COLUMNS = (
    answered_table.c.link_id,
    answered_table.c.counsellor_id,
    answered_table.c.asked_at,
    answered_table.c.answered_at,
)
_OF_TEAM = Statement(
    select(*_COLUMNS)
    .select_from(answered_table.join(link, link.c.id == answered_table.c.link_id))
    .where(
        link.c.team_id == bindparam("of"),
        answered_table.c.answered_at >= bindparam("since", type_=Instant),
        answered_table.c.answered_at < bindparam("until", type_=Instant),
    )
    .order_by(answered_table.c.id)
)
_FORGET = Statement(
    delete(answered_table).where(answered_table.c.answered_at <= bindparam("before", type_=Instant))
)


def answered(conn: Connection, of: LinkRow, counsellor_id: int, now: datetime) -> None:
    """A counsellor answers the person of this link. Call it where `waiting_since` is cleared, before it is.

    Nothing where nobody waited.
    """
    if of.waiting_since is None:
        return
    _ADD.count(
        conn,
        link_id=of.id,
        counsellor_id=counsellor_id,
        asked_at=of.waiting_since,
        answered_at=max(now, of.waiting_since),
    )


def of_team(conn: Connection, team_id: str, since: datetime, until: datetime) -> list[AnsweredRow]:
    """The waits of people of this team that ended from `since` to before `until`, in the order of their ends."""
    return [AnsweredRow(*row) for row in _OF_TEAM.rows(conn, of=team_id, since=since, until=until)]


def forget(conn: Connection, before: datetime) -> int:
    """Delete the waits that ended before this instant; returns how many."""
    return _FORGET.count(conn, before=before)
