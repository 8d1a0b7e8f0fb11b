"""Yesterday's action ticked this morning: it was closed by the new day's, and was done all the same."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, update

from bot.advice.facts import Outcome
from storage.statements import Statement, word
from storage.tables.core import action

_TICK = Statement(
    update(action)
    .where(
        action.c.id == bindparam("of"),
        action.c.person_id == bindparam("whose"),
        action.c.outcome == word(Outcome.EXPIRED.value),
    )
    .values(outcome=Outcome.DONE.value, closed_at=bindparam("now"))
)


def tick(conn: Connection, person_id: str, action_id: int, *, now: datetime) -> bool:
    """Make an expired action a done one; False when it was not expired (any more). Nothing else is reopened."""
    return _TICK.count(conn, of=action_id, whose=person_id, now=now) == 1
