"""Whether somebody gets messages of Bob's, and on which of their days an action of a counsellor's can come.

Why nothing can come (stopped, blocked, a job found, questions not gone through) is the person's business: all are said
alike. A break is on the card already.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.dialogs import from_team, in_work, rhythm, silence
from storage import assignments, people
from storage.people import PersonRecord

DAYS_OFFERED: Final = 3
FURTHEST: Final = timedelta(days=60)


def gets_actions(record: PersonRecord) -> bool:
    """Whether actions of the day come to them, or will after a break."""
    begun = record.dialogues.get("onboarding")
    working = record.dialogues.get(in_work.NAME)
    return (
        record.status in ("active", "paused")
        and record.use_consent is not None
        and begun is not None
        and begun.state == "done"
        and (working is None or working.state in in_work.OUTSIDE)
    )


def days_ahead(conn: Connection, record: PersonRecord, now: datetime) -> list[date]:
    """The next local dates on which the day's message can be a counsellor's action; empty when none will come."""
    if not gets_actions(record):
        return []
    start, zone = now, ZoneInfo(record.profile.time_zone)
    if record.status == "paused" and record.paused_until is not None:
        start = max(now, record.paused_until)
    due = silence.next_due(record.profile, start, record.last_push_date, record.unanswered)
    taken = {row.due_on for row in assignments.waiting(conn, record.id)}
    found: list[date] = []
    while due is not None and len(found) < DAYS_OFFERED and due - now < FURTHEST:
        day = due.astimezone(zone).date()
        if day not in taken:
            found.append(day)
        due = rhythm.next_due(record.profile, due, day, silence.gap(record.unanswered))
    return found


def has_had_todays(record: PersonRecord, now: datetime) -> bool:
    """Whether the message of their local date went out already."""
    today = now.astimezone(ZoneInfo(record.profile.time_zone)).date()
    return record.last_push_date is not None and record.last_push_date >= today


def within_hours(record: PersonRecord, at: datetime) -> datetime:
    """That instant, or the next 08:00 of the person's wall clock when it is outside of 08:00 to 20:00."""
    if rhythm.within_hours(record.profile, at):
        return at
    zone = ZoneInfo(record.profile.time_zone)
    local = at.astimezone(zone)
    day = local.date() if local.time() < rhythm.EARLIEST else local.date() + timedelta(days=1)
    return datetime.combine(day, rhythm.EARLIEST, zone).astimezone(UTC)


def morning(day: date, zone: ZoneInfo) -> datetime:
    """08:00 of a date there, as an instant (UTC)."""
    return datetime.combine(day, time(8), zone).astimezone(UTC)


def mark(conn: Connection, person_id: str, now: datetime) -> None:
    """Let the person's turns look for what a team has put there."""
    people.save_dialogue(
        conn, person_id, from_team.MARK, version=from_team.VERSION, state="open", data={}, now=now
    )
