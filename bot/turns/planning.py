"""When somebody is due next, as a pure function of what is known of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from bot.advice.profile import Profile
from bot.dialogs import silence
from bot.dialogs.conversation import is_ready
from bot.dialogs.turn import Turn


class Planned(Protocol):
    """What the database holds of when somebody is due."""

    @property
    def profile(self) -> Profile: ...
    @property
    def status(self) -> str: ...
    @property
    def paused_until(self) -> datetime | None: ...
    @property
    def last_push_date(self) -> date | None: ...
    @property
    def unanswered(self) -> int: ...
    @property
    def next_due_at(self) -> datetime | None: ...


def rhythm_changed(record: Planned, turn: Turn) -> bool:
    """Whether the next push may have moved: recomputed only then, so that a turn never shifts it by chance."""
    person = turn.person
    before = (record.status, record.paused_until, record.last_push_date, record.unanswered)
    if before != (person.status, person.paused_until, person.last_push, person.unanswered):
        return True
    fields = ("hour", "days", "time_zone", "public_holidays", "department", "country")
    if any(getattr(record.profile, name) != getattr(turn.profile, name) for name in fields):
        return True
    return (record.next_due_at is None) == (turn.person.status == "active" and is_ready(turn))


def next_due_of(turn: Turn, now: datetime) -> datetime | None:
    """The instant of the next push; None for people whose pushes are off, paused, silent, or not begun."""
    person = turn.person
    if person.status != "active" or not is_ready(turn):
        return None
    return silence.next_due(turn.profile, now, person.last_push, person.unanswered)
