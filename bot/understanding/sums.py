"""Lengths told in several pieces: "deux fois 3 mois", "2 ans chez Leclerc puis 1 an chez Lidl"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from bot.understanding import words
from bot.understanding.lengths import in_months, lengths
from bot.understanding.numbers import number_names
from bot.understanding.text import typed

_STINTS = (
    r"(?:contrats?|cdds?|cdis?|missions?|stages?|postes?|jobs?|saisons?|periodes?|contracts?|stints?|placements?"
    r"|internships?|seasons?|periods?|spells?)"
)
_UNTOLD = re.compile(
    rf"\b(?:plusieurs|quelques|des|divers|several|some|many|a few|lots of) {_STINTS} (?:de|d|of) $"
)
"""How many of them there were is not told."""
_SOMEWHERE = re.compile(r"\b(?:chez|at|ici|la bas|here|there)\b|\bla$")
_IN_THE_PAST = re.compile(r"\b(?:il y a|y a|ago|depuis|since|dps)\b")


def times(said: str, start: int) -> float | None:
    """By how much the length that starts there is multiplied, 1 for most; None when that is not told."""
    before = said[:start]
    if _UNTOLD.search(before):
        return None
    found = _times().search(before)
    if not found:
        return 1.0
    number = found.group("number")
    if number is None:  # "twice"
        return 2.0
    return float(number) if number.isdigit() else float(number_names()[number])


def added_up(parts: Sequence[str]) -> float | None:
    """Months in all, when each part tells a length somewhere ("3 at aldi" counts as the part before it does)."""
    months: list[float] = []
    unit = ""
    for part in parts:
        told = typed(part)
        if not _SOMEWHERE.search(told.said) or _IN_THE_PAST.search(told.said):
            return None
        found = lengths(told)
        alone = _number_first().match(told.said)
        if len(found) == 1:
            months.append(found[0].months)
            unit = next((name for word, name in _units() if f" {word} " in f" {told.said} "), "")
        elif not found and alone and unit:
            number = alone.group("number")
            count = float(number) if number.isdigit() else float(number_names()[number])
            months.append(count * in_months(unit))
        else:
            return None
    return sum(months) if len(months) > 1 else None


@cache
def _number() -> str:
    names = sorted(
        (name for name, value in number_names().items() if 1 <= value <= 12), key=len, reverse=True
    )
    return rf"(?P<number>\d{{1,2}}|{'|'.join(names)})"


@cache
def _times() -> re.Pattern[str]:
    return re.compile(
        rf"(?:\b{_number()} (?:(?:of )?{_STINTS} (?:de|d|of)|(?:fois|times|x)(?: (?:de|d|of))?)|\btwice) $"
    )


@cache
def _number_first() -> re.Pattern[str]:
    return re.compile(rf"{_number()} (?:ans )?(?:chez|at|ici|here|there)\b")


@cache
def _units() -> tuple[tuple[str, str], ...]:
    return tuple((word, unit) for word, unit in words.by_phrase("units").items() if len(word) > 1)
