"""Plans quoted back at the moment that the person chose: asked for, so outside the budget of unasked messages."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.dialogs import daily, rhythm
from bot.dialogs.turn import Turn, World
from bot.turns.loading import turn_of
from bot.turns.saving import save
from storage import days, people

LATE = timedelta(hours=3)
"""A recall that is later than this has lost its moment: it is dropped."""
LATE_AT_NIGHT = timedelta(minutes=30)
"""The same outside 08:00-20:00, where only the chosen moment itself is welcome."""


def recall_due(conn: Connection, world: World, now: datetime, limit: int) -> int:
    """Send or drop up to `limit` due recalls; returns how many there were."""
    due = days.due_recalls(conn, now, limit)
    for recall in due:
        recall_one(conn, world, recall.person_id, recall.plan.action_id, recall.plan.recall_at or now, now)
    return len(due)


def recall_one(
    conn: Connection, world: World, person_id: str, action_id: int, due_at: datetime, now: datetime
) -> bool:
    """Quote one plan back; False when it was dropped (answered, stopped, too late, too many)."""
    record = people.load_person(conn, person_id)
    if record is None:
        return False
    turn = turn_of(conn, record, world, now, pressed_action=action_id)
    if not _in_time(turn, due_at, now) or not daily.recall(turn):
        days.set_recall(conn, action_id, "dropped")
        return False
    days.set_recall(conn, action_id, "sent", on=turn.today)
    save(
        conn,
        record,
        turn,
        now=now,
        purpose="recall",
        leased=False,
        dedupe_key=f"recall:{action_id}:{due_at.isoformat()}",
        expires_at=due_at + LATE,
    )
    return True


def _in_time(turn: Turn, due_at: datetime, now: datetime) -> bool:
    return now - due_at <= (LATE if rhythm.within_hours(turn.profile, now) else LATE_AT_NIGHT)
