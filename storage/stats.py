"""Counts, and nothing but counts: no row of a person leaves this module."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Select, bindparam, func, select

from storage import counters
from storage.tables.core import action, consent, day, inbox, outbox, person, visitor
from storage.types import Instant


@dataclass(frozen=True, slots=True)
class Stats:
    """How much there is of everything, and what was counted."""

    people: dict[str, int]  # by status
    seen_since: int  # people who wrote or pressed since the instant asked for
    visitors: int
    consents: dict[str, int]  # in force, by kind
    days: dict[str, int]  # by origin
    actions: dict[str, int]  # by outcome
    messages: dict[str, int]  # by state
    inbox: dict[str, int]  # by state
    counters: dict[str, int]


_PEOPLE = select(person.c.status, func.count()).group_by(person.c.status)
_SEEN = (
    select(func.count()).select_from(person).where(person.c.last_seen_at >= bindparam("since", type_=Instant))
)
_VISITORS = select(func.count()).select_from(visitor)
_CONSENTS = (
    select(consent.c.kind, func.count()).where(consent.c.revoked_at.is_(None)).group_by(consent.c.kind)
)
_DAYS = select(day.c.origin, func.count()).group_by(day.c.origin)
_ACTIONS = select(action.c.outcome, func.count()).group_by(action.c.outcome)
_MESSAGES = select(outbox.c.state, func.count()).group_by(outbox.c.state)
_INBOX = select(inbox.c.state, func.count()).group_by(inbox.c.state)


def stats(conn: Connection, *, since: datetime) -> Stats:
    """Count everything; people count as recent from `since` on. Reads whole tables: not for each turn."""
    return Stats(
        people=_by_word(conn, _PEOPLE),
        seen_since=int(conn.execute(_SEEN, {"since": since}).scalar_one()),
        visitors=int(conn.execute(_VISITORS).scalar_one()),
        consents=_by_word(conn, _CONSENTS),
        days=_by_word(conn, _DAYS),
        actions=_by_word(conn, _ACTIONS),
        messages=_by_word(conn, _MESSAGES),
        inbox=_by_word(conn, _INBOX),
        counters=counters.counters(conn),
    )


def _by_word(conn: Connection, statement: Select[str, int]) -> dict[str, int]:
    return {row[0]: row[1] for row in conn.execute(statement)}
