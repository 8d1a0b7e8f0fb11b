"""Conditions on the day on which the action is sent."""

from __future__ import annotations

from bot.advice.conditions.registry import Number, condition
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
