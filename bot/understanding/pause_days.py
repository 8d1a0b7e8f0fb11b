"""The days of a pause: the first of them, whether the last is one itself, and ends that no calendar has."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.understanding import dates, words
from bot.understanding.durations import has
from bot.understanding.spans import Named, day
from bot.understanding.text import Typed, typed

_A_NUMBER = re.compile(r"\d")
_THE_DAY_BACK = re.compile(r"\b(?:avant|before|d ici)(?: [a-z]+){0,2} $")
"""Before a day: it is the one on which the pause is over."""
_UNTIL = re.compile(r"\b(?:jus\w*|au|until|untill|till?)(?: (?:a|au|le|the))* (\d{1,2})(?: of)? ([a-z]+)")
_STARTING = re.compile(
    r"\b(?:a partir(?: d[eu])?|des|from|starting|a compter(?: d[eu])?)(?: (?:le|the|on))? $"
)
_MONDAY = 1


def first_of(told: Typed, named: list[Named], between: re.Match[str] | None, until: date) -> date | None:
    """The first day away, where days are named before the last ("du 7 au 12 décembre")."""
    if len(named) > 1:
        return named[0].first if named[0].last < until else None
    if between and between.start() < named[-1].start:
        number = int(between[1])
        back = 0 if number <= until.day else 1
        month = until.replace(day=1) - timedelta(days=back)
        return day(month.year, month.month, number)
    return None


def is_day_off(told: Typed, named: Named, *, ranged: bool) -> bool:
    """Whether the day at which a pause ends is still one of it.

    "Jusqu'au 12" is, "je reprends le 12" is the day back; "jusqu'à vendredi" is, "until Monday" is the day back.
    """
    said = told.said
    if has("pause", "back", said[: named.end]) and not ranged:
        return False
    if _THE_DAY_BACK.search(said[: named.start]) or named.first != named.last:
        return False
    if ranged or _A_NUMBER.search(said[named.start : named.end]):
        return True
    return "jus" in said[: named.start] and named.first.isoweekday() != _MONDAY


def only_begins(told: Typed, named: Named) -> bool:
    """Whether a day is the first one away, and no end is told ("en vacances à partir de lundi")."""
    before = _STARTING.sub("", told.said[: named.start])
    return before != told.said[: named.start] and not (
        has("pause", "until", before) or has("pause", "back", before)
    )


def impossible_end(text: str, today: date) -> bool:
    """Whether a pause is to end on a day that does not exist ("jusqu'au 31 février")."""
    told = typed(text)
    found = _UNTIL.search(told.said)
    if found is None or found[2] not in words.by_phrase("month"):
        return False
    return not any(one.start <= found.start(2) < one.end for one in dates.named(told, today, ahead=True))


def asks_impossibly(text: str, today: date) -> bool:
    """Whether a pause told in passing is to end on such a day."""
    said = typed(text).said
    speaks = has("pause", "told", said) or has("pause", "told_with_end", said)
    return speaks and not has("pause", "other", said) and impossible_end(text, today)
