"""Pauses that end: the daily actions come again by themselves."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.dialogs.turn import World
from bot.turns.loading import turn_of
from bot.turns.saving import save
from storage import people


def resume_due(conn: Connection, world: World, now: datetime, limit: int) -> int:
    """End up to `limit` pauses whose time has come. The reason stays until the next push, which may be gentler."""
    due = people.resuming_people(conn, now, limit)
    for person_id in due:
        record = people.load_person(conn, person_id)
        if record is None:
            continue
        turn = turn_of(conn, record, world, now, with_history=False)
        turn.person.paused_until = None
        if turn.person.status == "paused":
            turn.person.status = "active"
        save(conn, record, turn, now=now, leased=False)
    return len(due)
