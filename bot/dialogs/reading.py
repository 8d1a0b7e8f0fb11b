"""From typed words to answers for the profile, question by question; None when they are not understood."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time

from bot.dialogs import zones
from bot.dialogs.question import Values
from bot.understanding import durations, hours, intents, numbers
from bot.understanding.text import LONGEST, any_of, clean

Reader = Callable[[str, date], Values | None]

LONGEST_NAME = 40
MOST_NAMES = 4
MOST_COUNTED = 2000
MOST_MONTHS = 600
MOST_YEARS = 70
MOST_MINUTES = 600

_NAME_OPENINGS = (
    "je m'appelle ",
    "je m’appelle ",
    "moi c'est ",
    "moi, c'est ",
    "my name is ",
    "my name's ",
    "i'm ",
    "im ",
    "i am ",
    "je suis ",
)
_NAME_WITHIN = re.compile(
    r"\b(?:je m['’]appelle|moi,? c['’]est|appel(?:ez|le)-moi|my name is|my name['’]s|call me)\s+([^\s,.;:!?]+)",
    re.IGNORECASE,
)
_AFTER_A_NAME = re.compile(r"\s+(?:lol|mdr|ptdr|wsh|wesh|haha|xd|stp|svp|please)$", re.IGNORECASE)
_EVENING = ("soir", "apres midi", "aprem", "evening", "afternoon", "tonight")


def first_name(text: str, today: date) -> Values | None:
    """A first name or nickname; small letters alone get their capital. A greeting is not a name."""
    name = clean(text, 200)
    for opening in _NAME_OPENINGS:
        if name.lower().startswith(opening):
            name = name[len(opening) :]
    name = _AFTER_A_NAME.sub("", name.strip(" .,!?"))
    within = _NAME_WITHIN.search(clean(text, 200))
    if within and len(name.split()) > 2:
        name = within.group(1)
    if not name or len(name) > LONGEST_NAME or len(name.split()) > MOST_NAMES:
        return None
    if name.startswith(("/", "http")) or intents.intent(name) is not None:
        return None
    return {"first_name": name.title() if name.islower() else name}


def months(text: str, today: date) -> Values | None:
    """A length of search, or since when."""
    found = durations.duration(text, today)
    if found == durations.NOT_STARTED:
        return {"months": None, "search_started": False}
    if found.months is None or found.months > MOST_MONTHS:
        return None
    return {"months": found.months, "search_started": True}


def years(text: str, today: date) -> Values | None:
    """Experience; a bare number counts years."""
    found = durations.duration(text, today, default_unit="year").months
    return None if found is None or found > 12 * MOST_YEARS else {"experience_years": round(found / 12, 1)}


def count(field_name: str) -> Reader:
    """A number of things."""

    def read(text: str, today: date) -> Values | None:
        found = numbers.number(text)
        return None if found is None or not 0 <= found <= MOST_COUNTED else {field_name: int(found)}

    return read


def hour(text: str, today: date) -> Values | None:
    """The hour of the daily action, 08:00 to 20:00."""
    found = hours.spelled_hour(text) or hours.hour(text)
    if found is not None and found < time(12) and any_of(_EVENING, text[:LONGEST]):
        found = found.replace(hour=found.hour + 12)
    return {"hour": found} if found is not None and time(8) <= found <= time(20) else None


def zone(text: str, today: date) -> Values | None:
    found = zones.find(clean(text, 80))
    return {"time_zone": found} if found else None


def minutes(text: str, today: date) -> Values | None:
    """Minutes a day: "15", "une demi-heure" by its button, "1 heure"."""
    found = numbers.number(text)
    if found is None or found > MOST_MINUTES:
        return None
    in_hours = "heure" in text.lower() or "hour" in text.lower()
    asked = int(found * 60) if in_hours else int(found)
    return {"minutes_per_day": asked} if 1 <= asked <= MOST_MINUTES else None


def yes_no(field_name: str) -> Reader:
    """Yes or no, in any of their forms."""

    def read(text: str, today: date) -> Values | None:
        said = intents.intent(text)
        if said in (intents.Intent.YES, intents.Intent.NO):
            return {field_name: said is intents.Intent.YES}
        return None

    return read
