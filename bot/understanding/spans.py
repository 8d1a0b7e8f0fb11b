"""Stretches of days: a month, a week, a season of a year, and the one before or after."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

Span = tuple[date, date]
"""First and last day."""


@dataclass(frozen=True, slots=True)
class Named:
    """Days named in a text. `start` and `end` are positions in `Typed.said`; one day has `first` == `last`."""

    start: int
    end: int
    first: date
    last: date


def day(year: int, month: int, number: int) -> date | None:
    """That date; None when there is no such day."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def month_of(year: int, month: int) -> Span:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def full_year(number: int) -> int:
    """25 -> 2025; 2025 -> 2025."""
    return number + 2000 if number < 100 else number


def part_of(span: Span, part: str) -> Span:
    """The start, the middle (one day) or the end of a span."""
    first, last = span
    length = (last - first).days
    if part == "start":
        return first, first + timedelta(days=length // 3)
    if part == "middle":
        middle = first + timedelta(days=14 if 27 <= length <= 30 else length // 2)
        return middle, middle
    return last - timedelta(days=min(length // 5, 30)), last


def placed(of_year: Callable[[int], Span | None], today: date, *, ahead: bool, turn: str = "") -> Span | None:
    """The occurrence that is meant of what comes every year (`of_year`).

    Looking back, the latest that has begun; looking ahead, the earliest that is not over. "last" means one that is
    over, "next" one that has not begun.
    """
    if turn:
        ahead = turn == "next" or (turn == "this" and ahead)
    years = range(today.year - 1, today.year + 3) if ahead else range(today.year + 1, today.year - 6, -1)
    for year in years:
        span = of_year(year)
        if span is None:
            continue
        first, last = span
        if ahead and (first > today if turn == "next" else last > today):
            return span
        if not ahead and (last < today if turn == "last" else first <= today):
            return span
    return None


def stretch(unit: str, today: date, turn: str) -> Span:
    """ "cette semaine", "le mois dernier", "next year", "ce week-end": whole ones, Monday to Sunday."""
    step = {"before_last": -2, "last": -1, "next": 1}.get(turn, 0)
    if unit in ("week", "weekend"):
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=step)
        return monday + timedelta(days=5 if unit == "weekend" else 0), monday + timedelta(days=6)
    if unit == "month":
        there = today.replace(day=1) + relativedelta(months=step)
        return month_of(there.year, there.month)
    return date(today.year + step, 1, 1), date(today.year + step, 12, 31)


def weekday(index: int, today: date, *, ahead: bool, turn: str = "") -> date:
    """That day of the week: the coming one or the past one, never today.

    "prochain" and "next" are of the next week, "dernier" and "last" the past one.
    """
    if turn == "next":
        return today - timedelta(days=today.weekday()) + timedelta(days=7 + index)
    if turn == "last":
        ahead = False
    apart = (index - today.weekday()) % 7 or 7
    return today + timedelta(days=apart if ahead else apart - 7 if apart != 7 else -7)


def numbered(number: int, today: date, *, ahead: bool, index: int | None = None) -> date | None:
    """ "le 12": the next or the latest 12th, today excluded ahead; with `index`, one that is that day of the week."""
    start = today.replace(day=1)
    for step in range(14):
        there = start + relativedelta(months=step if ahead else -step)
        found = day(there.year, there.month, number)
        if found is None or (index is not None and found.weekday() != index):
            continue
        if found > today if ahead else found <= today:
            return found
    return None
