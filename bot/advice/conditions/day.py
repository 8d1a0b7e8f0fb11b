"""Conditions on the day on which the action is sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.advice.conditions.registry import Arg, Choice, Number, condition
from bot.advice.conditions.truth import Truth
from bot.advice.facts import Facts


@condition(takes=Number("day", 1, 7), many=True, reads=("today",))
def weekday(facts: Facts, *days: int) -> Truth:
    """The day is one of these weekdays, 1 = Monday; never unknown."""
    return facts.today.isoweekday() in days


@condition(takes=Number("month", 1, 12), many=True, reads=("today",))
def month(facts: Facts, *months: int) -> Truth:
    """The day is in one of these months; never unknown."""
    return facts.today.month in months


SEASONS: Mapping[str, tuple[tuple[int, int], tuple[int, int]]] = {
    "new_year": ((1, 2), (1, 31)),
    "spring_hiring": ((3, 1), (5, 31)),
    "may_holidays": ((4, 25), (5, 31)),
    "summer": ((6, 15), (8, 31)),
    "back_to_school": ((8, 25), (9, 30)),
    "year_end_hiring": ((10, 1), (12, 15)),
    "holidays": ((12, 15), (1, 1)),
}
"""First and last (month, day) of each; they overlap, and one goes over the turn of the year."""


def in_season(today: date, season: str) -> bool:
    """Both ends included."""
    first, last = SEASONS[season]
    day = (today.month, today.day)
    return first <= day <= last if first <= last else day >= first or day <= last


def _present(facts: Facts, *args: Arg) -> str | None:
    return next(
        (str(arg) for arg in args if in_season(facts.today, str(arg))), str(args[0]) if args else None
    )


@condition(takes=Choice("x", tuple(SEASONS)), many=True, reads=("today",), variant=_present)
def season(facts: Facts, *seasons: str) -> Truth:
    """The day is in one of these times of the year: new_year (2-31 January), spring_hiring (March-May),
    may_holidays (25 April-31 May), summer (15 June-31 August), back_to_school (25 August-30 September),
    year_end_hiring (1 October-15 December), holidays (15 December-1 January); never unknown.
    """
    return any(in_season(facts.today, one) for one in seasons)
