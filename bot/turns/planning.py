"""When somebody is due next, as a pure function of what is known of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Protocol

from bot.advice.profile import Profile
from bot.dialogs import in_work, silence
from bot.dialogs.conversation import is_ready
from bot.dialogs.silence import Ruling
from bot.dialogs.turn import Turn


class Place(Protocol):
    """Where a stored conversation stands."""

    @property
    def state(self) -> str: ...
    @property
    def data(self) -> dict[str, Any]: ...


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
    @property
    def dialogues(self) -> Mapping[str, Place]: ...


def rhythm_changed(record: Planned, turn: Turn) -> bool:
    """Whether the next push may have moved: recomputed only then, so that a turn never shifts it by chance."""
    person = turn.person
    before = (record.status, record.paused_until, record.last_push_date, record.unanswered)
    if before != (person.status, person.paused_until, person.last_push, person.unanswered):
        return True
    if _job(record.dialogues) != _job(person.dialogues):
        return True
    fields = (
        "hour",
        "days",
        "time_zone",
        "public_holidays",
        "department",
        "country",
        "away_from",
        "away_until",
    )
    if any(getattr(record.profile, name) != getattr(turn.profile, name) for name in fields):
        return True
    return (record.next_due_at is None) == (turn.person.status == "active" and is_ready(turn))


def _job(dialogues: Mapping[str, Place]) -> tuple[str, dict[str, Any]] | None:
    """What is known of a job found: the messages to somebody in work are due by it."""
    place = dialogues.get(in_work.NAME)
    return None if place is None else (place.state, place.data)


def next_due_of(turn: Turn, now: datetime) -> datetime | None:
    """The instant of the next push; None for people whose pushes are off, paused, silent, or not begun."""
    person = turn.person
    if person.status != "active" or not is_ready(turn):
        return None
    if in_work.is_working(person):
        return in_work.next_due(person, now)
    return silence.next_due(turn.profile, now, person.last_push, person.unanswered)


def ruling_of(turn: Turn, now: datetime, due_at: datetime | None) -> Ruling:
    """Whether somebody who was due at `due_at` is written to at `now`. Of people in work no day is missed."""
    person = turn.person
    if in_work.is_working(person):
        due = in_work.next_due(person, now)
        return Ruling(due is not None and due <= now, (), due)
    return silence.rule(turn.profile, now, person.last_push, person.unanswered, due_at)
