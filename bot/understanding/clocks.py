"""The hour within a sentence, and where it stands: "jeudi à 14h", "at 10", "neuf heures et demie", "half past two"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from bot.understanding.numbers import number_names
from bot.understanding.text import Typed

_AFTER = r"(?! (?:km|kms|minutes?|min|mn|euros?|jours?|days?|mois|months?|ans|years?|personnes|people|%|rue|avenue|av"
_AFTER += r"|bd|boulevard|place|bis|ter|street|road|semaines?|weeks?|entreprises?|companies|chemin|impasse|allee)\b)"
_LATER = re.compile(r"\b(?:apres midi|aprem|aprm|soir|afternoon|evening|tonight|pm)\b")
_LENGTH = re.compile(r"\b(?:dans|in|pendant|for|duree|dure|lasts|il y a|de route|of)\s*$")
_FIRST_HOUR = 7
"""An hour before this one, said without am, is one of the afternoon: nobody meets at 2 in the night."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; `start` and `end` are positions in `Typed.said`."""

    at: time
    start: int
    end: int


def clock(told: Typed, text: str, *, bare: bool = False) -> Clock | None:
    """The first hour that is named. `bare`: a number alone is one, where an hour was asked for."""
    said = told.said
    for pattern in _patterns():
        for found in pattern.finditer(said):
            at = _time(found.groupdict(), said)
            colon = found.groupdict().get("colon") is not None and not re.search(r"\d[:hH]\s?\d\d", text)
            if at is not None and not colon and not _LENGTH.search(said[: found.start()]):
                return Clock(at, found.start(), found.end())
    alone = re.fullmatch(r"(?:a |at |vers |around )?(\d{1,2})", said) if bare else None
    at = _time({"hour": alone[1]}, said) if alone else None
    return Clock(at, 0, len(said)) if at else None


def _patterns() -> tuple[re.Pattern[str], ...]:
    names = "|".join(sorted((name for name in number_names() if " " not in name), key=len, reverse=True))
    to = r"(?:(?:a|at|vers|pour|around|about|des|from) )?"
    minute = r"(?P<minute>[0-5]\d)"
    return tuple(
        re.compile(rf"(?<![\w.])(?:{pattern})(?!\w)")
        for pattern in (
            rf"{to}(?P<past>half past|quarter past|quarter to) (?P<hour>\d{{1,2}}|{names})",
            rf"{to}(?P<hour>\d{{1,2}})(?: {minute})? (?P<half>am|pm|a m|p m)",
            (
                rf"{to}(?P<hour>\d{{1,2}}) (?:h|heures?|hr|hrs|hres|o clock)(?: {minute}| et (?P<part>demie?|quart))?"
                r"(?: pile)?(?! de (?:route|train|bus|trajet))"
            ),
            rf"{to}(?P<hour>{names}) (?:h|heures|o clock)(?: (?P<spelled>{names})| et (?P<part>demie?|quart))?",
            rf"{to}(?P<hour>\d{{1,2}}) {minute}(?P<colon>){_AFTER}",
            rf"(?:a|at|vers|around|about) (?P<hour>\d{{1,2}})[.]{minute}",
            rf"(?:a|at|vers|around|about) (?P<hour>\d{{1,2}}){_AFTER}(?! \d)",
            rf"(?:at|around|about) (?P<hour>{names}){_AFTER}",
            r"(?:a |at |vers |around )?(?:(?P<noon>midi|noon|midday)|(?P<midnight>minuit|midnight))(?! \w*\d)",
        )
    )


def _time(said: dict[str, str | None], whole: str) -> time | None:
    if said.get("noon"):
        return None if "apres midi" in whole else time(12)
    if said.get("midnight"):
        return time(0)
    hour = _number(said.get("hour"))
    minute = _number(said.get("minute") or said.get("spelled")) or 0
    if hour is None:
        return None
    minute = {"demi": 30, "demie": 30, "quart": 15}.get(said.get("part") or "", minute)
    past = said.get("past")
    if past:
        minute = {"half past": 30, "quarter past": 15, "quarter to": 45}[past]
        hour -= past == "quarter to"
    half = (said.get("half") or "").replace(" ", "")
    if half == "pm" and hour < 12:
        hour += 12
    elif half == "am":
        hour %= 12
    elif (0 < hour < _FIRST_HOUR) or (0 < hour < 12 and _LATER.search(whole)):
        hour += 12
    return time(hour, minute) if 0 <= hour < 24 and minute < 60 else None


def _number(said: str | None) -> int | None:
    if said is None:
        return None
    if said.isdigit():
        return int(said)
    value = number_names().get(said)
    return None if value is None or value < 1 else int(value)
