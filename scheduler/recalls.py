"""Plans quoted back at the moment that the person chose. Asked for, so outside the budget, but two a day at most."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.dialogs import action_message, daily, rhythm
from bot.dialogs.turn import Turn, World
from bot.turns.loading import turn_of
from bot.turns.saving import save
from storage import days, people

MOST_A_DAY = 2
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
    if not _welcome(conn, person_id, turn, due_at, now) or not _say(turn):
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


def _welcome(conn: Connection, person_id: str, turn: Turn, due_at: datetime, now: datetime) -> bool:
    late = LATE if rhythm.within_hours(turn.profile, now) else LATE_AT_NIGHT
    return (
        daily.is_open(turn.pressed_action)
        and turn.person.status == "active"
        and now - due_at <= late
        and days.recalls_sent_on(conn, person_id, turn.today) < MOST_A_DAY
    )


def _say(turn: Turn) -> bool:
    view = turn.pressed_action
    if view is None or view.plan is None:
        return False
    try:
        action = turn.world.catalogue.action(view.catalogue_id)
    except KeyError:
        return False
    turn.say(action_message.recall(turn, action, view, view.plan, daily.DIALOGUE))
    return True
