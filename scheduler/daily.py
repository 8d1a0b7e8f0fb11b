"""The daily push: who is due gets one action for their local date, in the transaction that uses the date up.

A due push goes out until 20:00 local of its date; later, the day closes as missed with its cause. Days that passed
while nothing ran are closed as missed too: nobody gets a burst.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.dialogs import in_work, rhythm, unasked
from bot.dialogs.turn import Turn, World
from bot.turns.loading import turn_of
from bot.turns.planning import next_due_of, ruling_of
from bot.turns.saving import save
from storage import assignments, days, outbox, people
from storage.people import PersonRecord


def push_due(conn: Connection, world: World, now: datetime, limit: int) -> int:
    """Handle up to `limit` due people; returns how many there were."""
    due = people.due_people(conn, now, limit)
    push_people(conn, world, due, now)
    return len(due)


def push_people(conn: Connection, world: World, person_ids: Sequence[str], now: datetime) -> None:
    """Handle these people. Harmless for those who are not due any more."""
    pushes = []
    for person_id in person_ids:
        record = people.load_person(conn, person_id)
        if record is None or record.next_due_at is None or record.next_due_at > now:
            continue
        turn = turn_of(conn, record, world, now)
        if _may_push(conn, record, turn, now):
            pushes.append((record, turn))
    unasked.say_many([turn for _, turn in pushes])
    for record, turn in pushes:
        _save(conn, record, turn, now, expires_at=end_of_hours(turn))


def _may_push(conn: Connection, record: PersonRecord, turn: Turn, now: datetime) -> bool:
    """Use up the person's local date, or close it; False when nothing is to be said."""
    if turn.person.status != "active":
        people.save_person(conn, record.id, next_due_at=None)
        return False
    ruling = ruling_of(turn, now, record.next_due_at)
    for missed, cause in ruling.missed:
        days.record_day(conn, record.id, missed, "missed", cause, now=now)
    if not ruling.speak:
        people.save_person(conn, record.id, next_due_at=ruling.next_due)
        return False
    covered = covers(turn)
    turn.person.last_push = turn.today
    fresh = days.record_day(conn, record.id, turn.today, "covered" if covered else "push", None, now=now)
    if fresh and not covered:
        return True
    _save(conn, record, turn, now)
    return False


def _save(
    conn: Connection, record: PersonRecord, turn: Turn, now: datetime, *, expires_at: datetime | None = None
) -> None:
    save(
        conn,
        record,
        turn,
        now=now,
        lane="bulk",
        purpose="daily",
        leased=False,
        dedupe_key=f"daily:{record.id}:{turn.today}",
        expires_at=expires_at,
    )


def covers(turn: Turn) -> bool:
    """An action that the person has open by their own choice is the day's: asked for today, or planned ahead."""
    view = turn.open_action
    if view is None:
        return False
    planned = view.plan is not None and view.plan.local_when.date() >= turn.today
    return planned or (view.day == turn.today and view.outcome == "open")


def close_unsent(conn: Connection, world: World, now: datetime, limit: int) -> int:
    """Pushes that could not leave by 20:00 (Telegram down, a queue): the day is missed. Returns how many."""
    given_up = [
        person_id for person_id, purpose in outbox.expired(conn, now) if purpose == "daily" and person_id
    ]
    for person_id in given_up:
        record = people.load_person(conn, person_id)
        if record is not None and record.last_push_date is not None:
            days.close_unsent(conn, person_id, record.last_push_date, "not sent in time", now=now)
            assignments.unsent(conn, person_id, record.last_push_date)
            _forget_unsent(conn, world, record, now)
    return 0


def _forget_unsent(conn: Connection, world: World, record: PersonRecord, now: datetime) -> None:
    """What was never sent is no silence; the next chosen day brings the next message."""
    turn = turn_of(conn, record, world, now, with_history=False)
    unanswered = max(record.unanswered - 1, 0)
    due = record.next_due_at
    if in_work.is_working(turn.person):
        due = next_due_of(turn, now)
    elif record.status == "active":  # the closing message leaves no next instant behind, but it was not sent
        due = rhythm.next_due(turn.profile, now, record.last_push_date)
    people.save_person(conn, record.id, unanswered=unanswered, next_due_at=due)


def end_of_hours(turn: Turn) -> datetime:
    """20:00 (to the minute) of the person's date, as a UTC instant: what is not sent by then is not sent."""
    last = datetime.combine(turn.today, time(20, 0, 59), ZoneInfo(turn.profile.time_zone))
    return last.astimezone(UTC)
