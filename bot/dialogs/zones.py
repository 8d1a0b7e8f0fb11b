"""Time zones as people say them: a few buttons, the name of a city, or the official name."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

from babel import Locale

from bot.sources.plain import plain

OFFERED = {
    "paris": "Europe/Paris",
    "antilles": "America/Guadeloupe",
    "guyane": "America/Cayenne",
    "reunion": "Indian/Reunion",
    "mayotte": "Indian/Mayotte",
    "noumea": "Pacific/Noumea",
    "tahiti": "Pacific/Tahiti",
    "montreal": "America/Toronto",
}


SHARED = {"America/Toronto": {"fr": "Montréal, Toronto", "en": "Montreal, Toronto"}}
"""Zones that cities have in common: whoever chose one of them reads its name."""


@cache
def _cities() -> dict[str, str]:
    """Plain city name -> zone, in both languages; the official names too ("america montreal", "montreal")."""
    names: dict[str, str] = {}
    for zone in sorted(available_timezones()):
        if "/" in zone and not zone.startswith(("Etc/", "SystemV/", "posix", "right")):
            names.setdefault(plain(zone.rsplit("/", 1)[1]), zone)
            names[plain(zone)] = zone
    for language in ("en", "fr"):
        for zone, known in Locale(language).time_zones.items():
            if "city" in known and zone in available_timezones():
                names[plain(known["city"])] = zone
    names["montreal"] = "America/Toronto"
    return names


def find(text: str) -> str | None:
    """The IANA zone of a city or zone name; None when it is not known."""
    words = plain(text)
    return _cities().get(words) or next(
        (_cities()[word] for word in words.split() if len(word) > 3 and word in _cities()), None
    )


def city(zone: str, language: str) -> str:
    """A zone by its city, in the reader's language."""
    if zone in SHARED:
        return SHARED[zone][language]
    known = Locale(language).time_zones.get(zone, {})
    return str(known.get("city") or zone.rsplit("/", 1)[-1].replace("_", " "))
