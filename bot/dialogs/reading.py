"""From typed words to answers for the profile, question by question; None when they are not understood."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

from bot.dialogs import answers, times, zones
from bot.dialogs.question import Values

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
    "i am ",
    "je suis ",
)


def first_name(text: str, today: date) -> Values | None:
    """A first name or nickname; small letters alone get their capital. A greeting is not a name."""
    name = answers.clean(text, 200)
    for opening in _NAME_OPENINGS:
        if name.lower().startswith(opening):
            name = name[len(opening) :]
    name = name.strip(" .,!?")
    if not name or len(name) > LONGEST_NAME or len(name.split()) > MOST_NAMES:
        return None
    if name.startswith(("/", "http")) or answers.intent(name) is not None:
        return None
    return {"first_name": name.title() if name.islower() else name}


def months(text: str, today: date) -> Values | None:
    """A length of search, or since when."""
    found = times.since(text, today)
    if found is None:
        found = times.months(text)
    return None if found is None or found > MOST_MONTHS else {"months": found, "search_started": True}


def years(text: str, today: date) -> Values | None:
    """Experience; a bare number counts years."""
    found = times.months(text, default_unit="year")
    return None if found is None or found > 12 * MOST_YEARS else {"experience_years": round(found / 12, 1)}


def count(field_name: str) -> Reader:
    """A number of things."""

    def read(text: str, today: date) -> Values | None:
        found = answers.number(text)
        return None if found is None or not 0 <= found <= MOST_COUNTED else {field_name: int(found)}

    return read


def hour(text: str, today: date) -> Values | None:
    """The hour of the daily action, 08:00 to 20:00."""
    found = times.hour(text)
    return {"hour": found} if found is not None and time(8) <= found <= time(20) else None


def zone(text: str, today: date) -> Values | None:
    found = zones.find(answers.clean(text, 80))
    return {"time_zone": found} if found else None


def minutes(text: str, today: date) -> Values | None:
    """Minutes a day: "15", "une demi-heure" by its button, "1 heure"."""
    found = answers.number(text)
    if found is None or found > MOST_MINUTES:
        return None
    in_hours = "heure" in text.lower() or "hour" in text.lower()
    asked = int(found * 60) if in_hours else int(found)
    return {"minutes_per_day": asked} if 1 <= asked <= MOST_MINUTES else None


def yes_no(field_name: str) -> Reader:
    """Yes or no, in any of their forms."""

    def read(text: str, today: date) -> Values | None:
        said = answers.intent(text)
        if said in (answers.Intent.YES, answers.Intent.NO):
            return {field_name: said is answers.Intent.YES}
        return None

    return read
