"""At what time, which moment: "9 h 30", "ce soir", "demain 10 h"."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from functools import cache

from bot.sources.plain import plain
from bot.understanding import words
from bot.understanding.dates import day_in, weekdays
from bot.understanding.numbers import in_digits, number_names
from bot.understanding.text import LONGEST

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


_SPELLED_HOUR = re.compile(r"\b(\d{1,2}) ?(?:h|heures?)(?: et (demie?|quart))?\b|\bhalf past (\d{1,2})\b")


def spelled_hour(text: str) -> time | None:
    """ "neuf heures et demie", "9 h et quart", "half past nine"; None for the other forms."""
    names = number_names()
    parts = in_digits(plain(text[:LONGEST]).split())
    said = " ".join(f"{names[part]:.0f}" if names.get(part, 0) > 1 else part for part in parts)
    found = _SPELLED_HOUR.search(said)
    if found is None or re.search(r"\d ?h(?:eures?)? ?\d", said):
        return None
    value, part, half_past = found.groups()
    if int(value or half_past) > 23:
        return None
    return time(int(value or half_past), 15 if part == "quart" else 30 if part or half_past else 0)


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
        *(name for names in weekdays() for name in names),
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
