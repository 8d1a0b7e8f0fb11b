"""When offices and shops are open for a person: weekdays, and the public holidays of where they live."""

from __future__ import annotations

from collections.abc import Container
from datetime import date, time
from functools import cache, lru_cache

import holidays

from bot.advice.items import Opening
from bot.advice.profile import Profile

LAST_DAY = {Opening.OFFICE: 5, Opening.SHOP: 6}
"""Last weekday on which they are open, 1 = Monday."""

LATE = time(17)
"""From this hour on, a telephone may ring in an empty office."""

FRENCH_ZONES = {
    "Europe/Paris": None,
    "America/Guadeloupe": "GP",
    "America/Martinique": "MQ",
    "America/Cayenne": "GF",
    "Indian/Reunion": "RE",
    "America/Miquelon": "PM",
    "Indian/Mayotte": "YT",
    "America/St_Barthelemy": "BL",
    "America/Marigot": "MF",
    "Pacific/Wallis": "WF",
    "Pacific/Tahiti": "PF",
    "Pacific/Noumea": "NC",
}
"""Clocks of France, with the part of it whose public holidays are meant (None: those of the mainland)."""
_DEPARTMENTS = {
    "971": "GP",
    "972": "MQ",
    "973": "GF",
    "974": "RE",
    "975": "PM",
    "976": "YT",
    "977": "BL",
    "978": "MF",
    "986": "WF",
    "987": "PF",
    "988": "NC",
}


@cache
def _public_holidays(country: str, subdivision: str | None) -> Container[date]:
    try:
        return holidays.country_holidays(country, subdiv=subdivision)
    except NotImplementedError:
        return frozenset()


def is_public_holiday(profile: Profile, day: date) -> bool:
    """True when that local date is a public holiday where the person lives, as far as Bob knows."""
    return _is_public_holiday(profile.country, profile.department, profile.time_zone, day)


@lru_cache(maxsize=10_000)
def _is_public_holiday(country: str, department: str | None, zone: str, day: date) -> bool:
    if country != "FR":
        return day in _public_holidays(country, None)
    # Whoever lives by another country's clock has other holidays, which Bob does not know.
    part = _DEPARTMENTS.get(department or "") or FRENCH_ZONES.get(zone)
    return zone in FRENCH_ZONES and day in _public_holidays("FR", part)


def is_closed(opening: Opening, profile: Profile, day: date) -> bool:
    """True when what opens so is closed on that local date."""
    return day.isoweekday() > LAST_DAY[opening] or is_public_holiday(profile, day)


def comes_late(profile: Profile) -> bool:
    """True when the person's daily action comes when offices are about to close."""
    return profile.hour is not None and profile.hour >= LATE
