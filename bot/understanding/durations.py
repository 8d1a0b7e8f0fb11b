"""How long, since when: "un an et demi", "depuis Pâques", "pas encore"; "unclear" rather than a wrong guess."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from bot.understanding import dates, words
from bot.understanding.lengths import A_BIT, DAYS_A_MONTH, Length, in_months, lengths
from bot.understanding.numbers import in_digits, number_names
from bot.understanding.text import Typed, typed


class DurationKind(StrEnum):
    """How it was said."""

    DURATION = "duration"
    SINCE_DATE = "since_date"
    NOT_STARTED = "not_started"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Duration:
    """Months up to today (one decimal), None for what is not started or not understood."""

    months: float | None
    kind: DurationKind


UNCLEAR = Duration(None, DurationKind.UNCLEAR)
NOT_STARTED = Duration(None, DurationKind.NOT_STARTED)
_JUST_STARTED = Duration(0.0, DurationKind.DURATION)

_AGE = re.compile(
    r"\b(?:j ?ai|(?<!y )a|agee? de|age de) (?:\d+|[a-z]+(?: [a-z]+)?) ans\b(?! d[e ])|\bmes \d+ ans\b"
    r"|\b(?:im|i m|i am|aged|age) \d+(?: (?:years|yrs|ans)(?: old)?)?\b|\b\d+ (?:years|yrs) old\b"
)
_EACH = re.compile(r"^ (?:par|per|a|each) (?:semaine|week|jour|day|mois|month|an|year)\b")
_FUTURE = re.compile(r"\b(?:dans|d ici) $|\bin (?:about )?$")
_SPAN_OF_YEARS = re.compile(r"\b(?:19|20)\d\d\b.*\b(?:19|20)\d\d\b")


def duration(text: str, today: date, *, default_unit: str = "month") -> Duration:
    """A length of time up to today; a bare number counts in `default_unit` ("month" or "year")."""
    told = typed(text)
    said = told.said
    length = _length(told)
    if has("begun", "not_started", said) and not has("begun", "just", said):
        return NOT_STARTED
    if said in words.group("begun")["not_started_alone"]:
        return NOT_STARTED
    if length is None:
        return _since(told, today) or _otherwise(told, today, default_unit)
    if _FUTURE.search(said[: length.start]):
        return NOT_STARTED if has("begun", "begin", said) else UNCLEAR
    return _of(_nearly(said, length))


def asks_for_a_date(text: str) -> bool:
    """Whether the words tell of a moment of one's life whose date Bob cannot know ("since I left school")."""
    return has("life", "phrases", typed(text).said)


def _of(months: float) -> Duration:
    return Duration(round(months, 1), DurationKind.DURATION)


def _length(told: Typed) -> Length | None:
    """The one length that is named, ages and "3 jours par semaine" apart; the first of several."""
    ages = [found.span() for found in _AGE.finditer(told.said)]
    for length in lengths(told):
        is_age = any(start <= length.start < end for start, end in ages)
        if not is_age and length.months >= 1 / DAYS_A_MONTH and not _EACH.match(told.said[length.end :]):
            return length
    return None


def _nearly(said: str, length: Length) -> float:
    """The months, with what "presque" or "un peu plus de" before them changes."""
    before = f" {said[: length.start]}"
    unit = in_months("year") if length.months >= in_months("year") else min(length.months, 1.0)
    for kind, change in (("above", A_BIT), ("below", -1 / 24), ("under", -0.5)):
        if any(before.endswith(f" {phrase} ") for phrase in words.group("near")[kind]):
            return length.months + change * unit
    return length.months


def _since(told: Typed, today: date) -> Duration | None:
    """Since a date that is named; the latest that has begun."""
    if _SPAN_OF_YEARS.search(told.said):
        return UNCLEAR
    found = dates.named(told, today, ahead=False)
    if not found:
        return None
    if has("begun", "begin", told.said) and not has("since", "phrases", told.said):
        coming = dates.named(told, today, ahead=True)
        if any(one.first > today for one in coming):  # "je commence lundi"
            return NOT_STARTED
    first = found[0]
    said = told.said[first.start : first.end]
    back = _one_back(said)
    if back is not None:
        return Duration(round(in_months(back), 1), DurationKind.SINCE_DATE)
    whole_year = (first.last - first.first).days > 300
    if first.first > today or (whole_year and first.last >= today):
        return UNCLEAR
    return Duration(round((today - first.first).days / DAYS_A_MONTH, 1), DurationKind.SINCE_DATE)


def _one_back(said: str) -> str | None:
    """ "le mois dernier", "last year": the unit, one of which has passed."""
    parts = said.split()
    turns, stretches = words.by_phrase("turn"), words.by_phrase("stretch")
    if len(parts) == 2 and "last" in (turns.get(parts[0]), turns.get(parts[1])):
        unit = stretches.get(parts[0]) or stretches.get(parts[1])
        return {"weekend": "week"}.get(unit, unit) if unit else None
    return None


def _otherwise(told: Typed, today: date, default_unit: str) -> Duration:
    if has("begun", "just", told.said):
        return _JUST_STARTED
    if _AGE.search(told.said):
        return UNCLEAR
    number = _bare_number(told.said)
    return UNCLEAR if number is None else _of(number * in_months(default_unit))


def _bare_number(said: str) -> float | None:
    """ "8", "environ 8", "vingt-deux": a number and at most one other word."""
    parts = in_digits(said.split())
    names = number_names()
    found = [
        float(part) if part[0].isdigit() else names[part]
        for part in parts
        if re.fullmatch(r"\d+(?:\.\d+)?", part) or names.get(part, 0) > 1
    ]
    others = [part for part in parts if not part[0].isdigit() and names.get(part, 0) <= 1]
    only_roughly = len(others) <= 1 and words.group("roughly")["words"].issuperset(others)
    return found[0] if len(found) == 1 and only_roughly else None


@cache
def _phrases(table: str, key: str) -> tuple[str, ...]:
    return tuple(f" {phrase} " for phrase in words.group(table)[key])


def has(table: str, key: str, said: str) -> bool:
    """Whether one of the phrases of a list occurs, as whole words."""
    padded = f" {said} "
    return any(phrase in padded for phrase in _phrases(table, key))
