"""How long, since when: "un an et demi", "depuis Pâques"."""

from __future__ import annotations

import re
from datetime import date

from dateutil.easter import easter

from bot.sources.plain import plain
from bot.understanding import words
from bot.understanding.numbers import in_digits, number_names
from bot.understanding.text import LONGEST

DAYS_A_MONTH = 30.4
_UNITS = {"month": 1.0, "year": 12.0, "week": 1 / 4.345, "day": 1 / DAYS_A_MONTH}
_HALF = re.compile(r"\bet demie?\b|\band a half\b")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


def months(text: str, *, default_unit: str = "month") -> float | None:
    """A length of time in months: "6 mois", "un an et demi", "2 ans et 3 mois", "three weeks", "8".

    Without a unit, a bare number counts in `default_unit` ("month" or "year"). None when not understood.
    """
    said = plain(text[:LONGEST].replace(",", "."))
    total, pending, seen, before = 0.0, None, False, ""
    units, numbers = words.by_phrase("units"), number_names()
    for word in in_digits(re.findall(r"\d+|[a-z]+", said)):
        if word in units:
            if pending is None and before == "a":
                pending = 1.0  # "a year"
            if pending is None:
                continue
            total += pending * _UNITS[units[word]]
            if _HALF.search(said) and not seen:
                total += 0.5 * _UNITS[units[word]]
            pending, seen = None, True
        elif word.isdigit():
            pending = float(word)
        elif word in numbers:
            pending = numbers[word]
        before = word
    if seen:
        return round(total, 2)
    if pending is None or len(re.sub(r"\d+", "", said).split()) > 2:
        return None
    return round(pending * _UNITS[default_unit], 2)


def since(text: str, today: date) -> float | None:
    """Months since a time that is named: "depuis janvier", "since March 2025", "depuis Pâques"; None otherwise."""
    said = plain(text[:LONGEST])
    years = [int(year) for year in _YEAR.findall(said)]
    if len(years) > 1:
        return None
    year = years[0] if years else None
    begun = _named_day(said, year, today)
    if begun is None and year is not None and words.first_within("since", said) is None:
        begun = date(year, 1, 1) if year < today.year else None
    if begun is None or begun > today:
        return None
    return round((today - begun).days / DAYS_A_MONTH, 1)


def _named_day(said: str, year: int | None, today: date) -> date | None:
    """The day that begins what is named, of that year; without a year, the latest that has begun."""
    name = words.first_within("since", said)
    if name is None:
        return None

    def of(a_year: int) -> date:
        if name == "easter":
            return easter(a_year)
        month, day = name.split("-")
        return date(a_year, int(month), int(day))

    if year is not None:
        return of(year)
    return of(today.year) if of(today.year) <= today else of(today.year - 1)
