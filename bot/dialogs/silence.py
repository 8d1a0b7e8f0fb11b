"""What silence changes, as a pure function of how many unasked messages in a row got no answer.

2: smaller actions; 4: every 3 days; 7: weekly; after 3 unanswered weekly ones a kind closing message, then nothing.
Any answer of any kind begins again at the top.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum
from typing import Final
from zoneinfo import ZoneInfo

from bot.advice.profile import Profile
from bot.dialogs import rhythm
from bot.dialogs.turn import Person


class Rung(IntEnum):
    """Where somebody stands; the value is the number of unanswered messages from which they stand there."""

    USUAL = 0
    SMALLER = 2
    EVERY_THREE = 4
    WEEKLY = 7
    CLOSING = 10
    SILENT = 11


GAPS: Final[Mapping[Rung, timedelta]] = {
    Rung.EVERY_THREE: timedelta(days=3),
    Rung.WEEKLY: timedelta(days=7),
    Rung.CLOSING: timedelta(days=7),
}
"""Days between two messages; one where none is given."""


def rung(unanswered: int) -> Rung:
    """The rung of somebody whose last so many unasked messages got no answer."""
    return max(one for one in Rung if one <= unanswered)


def gap(unanswered: int) -> timedelta:
    """How long after the last unasked message the next one may come."""
    return GAPS.get(rung(unanswered), rhythm.A_DAY)


def next_due(profile: Profile, now: datetime, taken: date | None, unanswered: int) -> datetime | None:
    """The instant (UTC) of the next unasked message at or after `now`; None when none will come.

    `taken`: the latest local date whose message is used up.
    """
    if rung(unanswered) is Rung.SILENT:
        return None
    return rhythm.next_due(profile, now, taken, gap(unanswered))


def taken_once_heard(profile: Profile, now: datetime, taken: date | None, unanswered: int) -> date | None:
    """What `taken` becomes when somebody answers: after messages days apart, the daily ones begin at the next hour of
    theirs, not on the heels of their answer.
    """
    local = now.astimezone(ZoneInfo(profile.time_zone))
    if gap(unanswered) == rhythm.A_DAY and rung(unanswered) is not Rung.SILENT:
        return taken
    if local.time() < rhythm.local_hour(profile):
        return taken
    return local.date() if taken is None else max(taken, local.date())


def heard(person: Person, now: datetime) -> None:
    """Any sign of life: the count of what got no answer begins again."""
    if person.unanswered:
        person.last_push = taken_once_heard(person.profile, now, person.last_push, person.unanswered)
        person.unanswered = 0


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is to be done about somebody's day: `speak` now; note the local dates `missed`, with the cause of each.

    `next_due`: when to look again if nothing is said now.
    """

    speak: bool
    missed: tuple[tuple[date, str], ...]
    next_due: datetime | None


MOST_MISSED = 31
"""Missed days noted at once, after a long outage."""


def rule(
    profile: Profile, now: datetime, taken: date | None, unanswered: int, due_at: datetime | None
) -> Ruling:
    """Whether somebody who was due at `due_at` is written to at `now`, and what was missed meanwhile."""
    due = next_due(profile, now, taken, unanswered)
    missed = () if due_at is None else tuple(_missed(profile, now, taken, unanswered, due_at))
    return Ruling(due is not None and due <= now, missed, due)


def _missed(
    profile: Profile, now: datetime, taken: date | None, unanswered: int, due_at: datetime
) -> list[tuple[date, str]]:
    """The local dates since the due one that passed without their message: Bob was down, or came too late."""
    zone = ZoneInfo(profile.time_zone)
    local = now.astimezone(zone)
    first = max(due_at.astimezone(zone).date(), local.date() - timedelta(days=MOST_MISSED))
    if taken is not None:
        first = max(first, taken + gap(unanswered))
    days = [first + timedelta(days=offset) for offset in range((local.date() - first).days + 1)]
    late = local.time().replace(second=0, microsecond=0) > rhythm.LATEST
    return [
        (day, "nothing ran" if day < local.date() else "too late")
        for day in days
        if (day < local.date() or late) and not rhythm.is_day_off(profile, day)
    ]
