"""Days that are named: "demain", "lundi"."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from bot.understanding import words


def day_in(said: str, today: date) -> date | None:
    """The day that a plain text names: tomorrow, the day after, a weekday ahead; None when it names none."""
    padded = f" {said} "
    moments = words.group("moments")
    for offset, name in ((2, "after_tomorrow"), (1, "tomorrow")):
        if any(f" {phrase} " in padded for phrase in moments[name]):
            return today + timedelta(days=offset)
    for index, names in enumerate(weekdays()):
        if any(f" {name} " in padded for name in names):
            return today + timedelta(days=(index - today.weekday()) % 7 or 7)
    return None


@cache
def weekdays() -> tuple[tuple[str, ...], ...]:
    """Names of the days, Monday first; each place has those of both languages."""
    return tuple(tuple(names.split("|")) for names in words.document()["moments"]["weekdays"])
