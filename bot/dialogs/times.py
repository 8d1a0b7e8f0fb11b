"""Understanding how long, since when, at what time, which moment: "un an et demi", "depuis Pâques", "demain 10 h"."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import cache

from dateutil.easter import easter

from bot.dialogs import words
from bot.dialogs.answers import LONGEST, in_digits, number_names
from bot.sources.plain import plain

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


_HOUR = re.compile(
    r"\b(\d{1,2})\s*(?:h|heures?|:|\.)\s*(\d{2})?\b|\b(\d{1,2})(?::(\d{2}))?\s*(am|pm)\b|^\s*(?:a|at)?\s*(\d{1,2})\s*$"
)


def hour(text: str) -> time | None:
    """A time of day: "9h", "9 h 30", "18:15", "6 pm", "midi", "9"; None when not understood."""
    text = text[:LONGEST]
    named = words.by_phrase("hours").get(plain(text))
    if named:
        return time.fromisoformat(named)
    found = _HOUR.search(text.lower().replace("à", "a").strip())
    if not found:
        return None
    first, minutes, twelve, twelve_minutes, half, bare = found.groups()
    value = int(first or twelve or bare)
    if half == "pm" and value < 12:
        value += 12
    elif half == "am" and value == 12:
        value = 0
    minute = int(minutes or twelve_minutes or 0)
    return time(value, minute) if value < 24 and minute < 60 else None


_AHEAD = re.compile(r"\b(?:dans|in) (?:une|un|an|a|(\d{1,2})) ?(h|heures?|hours?|minutes?|min)\b")
_CLOCK = re.compile(r"\d{1,2}\s*(?:h\s*\d{0,2}|:\d{2}|\s*(?:am|pm))")


def moment(text: str, now: datetime) -> datetime | None:
    """A moment ahead, in the person's wall clock: "demain 10h", "ce soir", "14h30", "dans 2 heures", "lundi 9h".

    `now` is the local time; the result has the same zone. An hour that has passed today means tomorrow's.
    """
    text = text[:LONGEST]
    said = plain(text)
    ahead = _AHEAD.search(said)
    if ahead:
        count = int(ahead.group(1) or 1)
        step = timedelta(minutes=count) if ahead.group(2).startswith("min") else timedelta(hours=count)
        return (now + step).replace(second=0, microsecond=0)
    if said in words.group("moments")["now"]:
        return now.replace(second=0, microsecond=0)
    day = day_in(said, now.date())
    at = hour(_without_day(said)) or _clock_in(text) or _part_of_day(said)
    if at is None:
        return None
    found = datetime.combine(day or now.date(), at, now.tzinfo)
    if day is None and found <= now:
        found += timedelta(days=1)
    return found if found >= now - timedelta(minutes=1) else None


def only_moment(text: str) -> bool:
    """Whether the words name a moment and nothing else, so that they need no question before them."""
    said = plain(text[:LONGEST]).split()
    names, glue = _moment_words(), words.group("glue").get("phrases", frozenset())
    numbers = [word for word in said if re.fullmatch(r"\d{1,2}|\d{1,2}h\d{0,2}", word)]
    named = any(word in names and word not in glue for word in said) or _CLOCK.search(text.lower())
    return bool(named) and all(word in names or word in glue or word in numbers for word in said)


@cache
def _moment_words() -> frozenset[str]:
    phrases = [
        *words.by_phrase("hours"),
        *words.by_phrase("parts"),
        *(
            phrase
            for name in ("now", "tomorrow", "after_tomorrow")
            for phrase in words.group("moments")[name]
        ),
        *(name for names in _weekdays() for name in names),
    ]
    return frozenset(word for phrase in phrases for word in phrase.split())


def _clock_in(text: str) -> time | None:
    found = _CLOCK.search(text.lower())
    return hour(found.group(0)) if found else None


def _part_of_day(said: str) -> time | None:
    found = words.first_within("parts", said)
    return time.fromisoformat(found) if found else None


def _without_day(said: str) -> str:
    moments = words.group("moments")
    for phrase in sorted(moments["after_tomorrow"] | moments["tomorrow"], key=len, reverse=True):
        said = re.sub(rf"\b{phrase}\b", "", said)
    return said


def day_in(said: str, today: date) -> date | None:
    """The day that a plain text names: tomorrow, the day after, a weekday ahead; None when it names none."""
    padded = f" {said} "
    moments = words.group("moments")
    for offset, name in ((2, "after_tomorrow"), (1, "tomorrow")):
        if any(f" {phrase} " in padded for phrase in moments[name]):
            return today + timedelta(days=offset)
    for index, names in enumerate(_weekdays()):
        if any(f" {name} " in padded for name in names):
            return today + timedelta(days=(index - today.weekday()) % 7 or 7)
    return None


@cache
def _weekdays() -> tuple[tuple[str, ...], ...]:
    """Names of the days, Monday first; each place has those of both languages."""
    return tuple(tuple(names.split("|")) for names in words.document()["moments"]["weekdays"])
