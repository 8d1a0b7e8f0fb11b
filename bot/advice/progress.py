"""How somebody's weeks went, counted: their days one by one, and what each week brought. Cumulative, never a streak."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

WEEKS = 12
"""Weeks that are looked back on, this one included; a week begins on Monday."""


class Mark(StrEnum):
    """What a local date was."""

    DONE = "done"  # an action was done
    OPEN = "open"  # an action is open, or planned for that date
    REST = "rest"  # a day without message: a day off, a pause, a quieter rhythm
    NOTHING = "nothing"  # a message came, or should have, and nothing was done: that is normal
    BLANK = "blank"  # before the beginning, or still to come


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of a person's dates, all local.

    since: the first date with Bob; None before it. recorded: dates that had a message, or should have. done: actions
    done, by date. open: dates with an open or planned action. The three sums count from the very beginning.
    """

    since: date | None = None
    recorded: frozenset[date] = frozenset()
    done: Mapping[date, int] = field(default_factory=dict)
    open: frozenset[date] = frozenset()
    applications: tuple[date, ...] = ()
    interviews: tuple[date, ...] = ()
    done_in_all: int = 0
    applications_in_all: int = 0
    interviews_in_all: int = 0


def first_monday(today: date) -> date:
    """The Monday of the first week looked back on."""
    return today - timedelta(days=today.weekday(), weeks=WEEKS - 1)


def marks(past: Past, today: date, *, resting: bool) -> list[list[Mark]]:
    """Seven marks for each week, the oldest week first. `resting`: no message comes today."""
    start = first_monday(today)
    return [
        [_mark(past, start + timedelta(weeks=week, days=day), today, resting) for day in range(7)]
        for week in range(WEEKS)
    ]


def _mark(past: Past, day: date, today: date, resting: bool) -> Mark:
    if past.done.get(day):
        return Mark.DONE
    if day in past.open:
        return Mark.OPEN
    if past.since is None or not past.since <= day <= today:
        return Mark.BLANK
    if day in past.recorded:
        return Mark.NOTHING
    if day == today and not resting:
        return Mark.BLANK  # its message is still to come
    return Mark.REST


def by_week(days: Iterable[date], today: date) -> list[int]:
    """How many of these dates fell in each of the weeks, the oldest first; earlier ones are left out."""
    counts, start = [0] * WEEKS, first_monday(today)
    for day in days:
        week = (day - start).days // 7
        if 0 <= week < WEEKS:
            counts[week] += 1
    return counts
