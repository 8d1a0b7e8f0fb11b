"""Lengths of time in a text: a number and its unit, ranges, halves, "et quelques"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from rapidfuzz import fuzz, process

from bot.understanding import words
from bot.understanding.numbers import in_digits, number_names
from bot.understanding.text import Typed

DAYS = {"day": 1.0, "week": 7.0, "fortnight": 14.0, "hour": 1 / 24}
MONTHS = {"month": 1.0, "quarter": 3.0, "half_year": 6.0, "year": 12.0, "decade": 120.0}
DAYS_A_MONTH = 30.4
_A = ("un", "une", "a", "an", "one", "1")
_OR = ("a", "ou", "or", "to", "et", "and", "voire", "o")
_HALVES = (("and", "a", "half"), ("et", "demi"), ("et", "demie"), ("1/2",), ("and", "half"))
"""Between a number and its unit: "two and a half years", "4 1/2 years"."""
_LESS = ("moins", "minus", "less")
_FIFTEEN = {"quinzaine": 15.0, "huitaine": 8.0}
"""Numbers that mean so many days where no unit follows."""
_MOST_FIGURES = 5
"""Figures of a number at most: longer ones count nothing that lasts."""
_FAR_APART = 2
_SHORTEST_MISSPELT = 4
_NEARLY = 75
"""Similarity (0-100) from which a word right after a number is taken for a misspelt unit."""
_NEGATIVE = re.compile(r"\s*(?:[-−–]|moins |minus )\d", re.IGNORECASE)
A_BIT = 0.125
"""What "et quelques" adds, of one unit: a month and a half to a year."""


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time: `months` (days are months of 30.4 days) and, when it counts days or weeks only, `days`.

    `start`, `end`: positions in `Typed.said`.
    """

    start: int
    end: int
    months: float
    days: float | None


@dataclass(slots=True)
class _Amount:
    """One number with its unit."""

    first: int  # index of the first word
    after: int  # index after the last word
    count: float
    unit: str
    less: _Amount | None = None  # what is taken off it

    @property
    def months(self) -> float:
        return self.count * in_months(self.unit) - (self.less.months if self.less else 0)


def is_negative(text: str) -> bool:
    """Whether a text begins with a number below zero ("-3 mois")."""
    return bool(_NEGATIVE.match(text))


def in_months(unit: str) -> float:
    return MONTHS[unit] if unit in MONTHS else DAYS[unit] / DAYS_A_MONTH


def lengths(typed: Typed) -> list[Length]:
    """Every length named in a text; what belongs together ("2 ans et 3 mois", "6 mois à 1 an") is one."""
    said = typed.said.split()
    found: list[_Amount] = []
    at = 0
    while at < len(said):
        amount = _amount(said, at)
        if amount is None:
            at += 1
            continue
        found.append(amount)
        at = amount.after
    return [_length(typed, said, group) for group in _groups(said, found)]


def _groups(said: list[str], amounts: list[_Amount]) -> list[list[_Amount]]:
    """Amounts side by side, perhaps with one small word between, are one length."""
    groups: list[list[_Amount]] = []
    for amount in amounts:
        if groups:
            last = groups[-1][-1]
            between = said[last.after : amount.first]
            if not between or (len(between) == 1 and between[0] in _OR):
                groups[-1].append(amount)
                continue
            if (
                len(between) == 1 and between[0] in _LESS and amount.months < last.months
            ):  # "un an moins deux mois"
                last.less = amount
                continue
        groups.append([amount])
    return groups


def _length(typed: Typed, said: list[str], group: list[_Amount]) -> Length:
    start = typed.starts[group[0].first]
    last = (group[-1].less or group[-1]).after - 1
    smaller_and_smaller = all(in_months(one.unit) > in_months(other.unit) for one, other in pairwise(group))
    if smaller_and_smaller:
        months = sum(amount.months for amount in group)
    else:  # "6 mois à 1 an"
        months = (group[0].months + group[-1].months) / 2
    days = None
    if len(group) == 1 and group[0].unit in DAYS and group[0].less is None:
        days = group[0].count * DAYS[group[0].unit]
    return Length(start, typed.starts[last] + len(said[last]), months, days)


def _amount(said: list[str], at: int) -> _Amount | None:
    number, after = _number(said, at)
    if number is None:
        return _bare(said, at)
    while after < len(said) and said[after] in words.group("between")["words"]:
        after += 1
    halved = next((half for half in _HALVES if tuple(said[after : after + len(half)]) == half), ())
    after += len(halved)
    unit = _unit(said, after)
    if unit is None and said[after - 1] in _FIFTEEN:
        return _Amount(at, after, _FIFTEEN[said[after - 1]], "day")
    if unit is None:
        return None
    count, after = _more(said, number + 0.5 * bool(halved), after + 1)
    return _Amount(at, after, count, unit)


def _bare(said: list[str], at: int) -> _Amount | None:
    """ "an et demi", "year and a half": one is meant."""
    unit = words.by_phrase("units").get(said[at])
    if unit is None or len(said[at]) < 2 or (at and said[at - 1].isdigit()):
        return None
    count, after = _more(said, 1.0, at + 1)
    return _Amount(at, after, count, unit) if count != 1.0 else None


def _more(said: list[str], count: float, at: int) -> tuple[float, int]:
    """A half or a bit after the unit."""
    for phrase, kind in _after():
        parts = phrase.split()
        if said[at : at + len(parts)] == parts:
            return count + (0.5 if kind == "half" else A_BIT), at + len(parts)
    return count, at


@cache
def _after() -> tuple[tuple[str, str], ...]:
    """The phrases after a unit, longest first ("1/2" is in plain form "1 2")."""
    rows = [
        (phrase.replace("1 2", "1/2"), kind)
        for kind, group in words.group("after").items()
        for phrase in group
    ]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


def _number(said: list[str], at: int) -> tuple[float | None, int]:
    """The number that starts at a word (the middle of a range), and the index after it."""
    first, after = _single(said, at)
    if first is None:
        return None, at
    if after < len(said):
        between = said[after] in _OR and said[after] != "a"
        # "3 a 4 mois" is a range, "3 a quatre" too; "a" alone is also an article
        if said[after] == "a":
            between = _single(said, after + 1)[0] is not None
        second, end = _single(said, after + between)
        if second is not None and not between and said[at] == "4" and second - first > _FAR_APART:
            return second, end  # "lookin 4 8 months": "for"
        if (
            second is not None
            and said[after] != "1/2"
            and first < second
            and (between or (said[after] not in _A and said[at] not in _A))
        ):
            return (first + second) / 2, end
    return first, after


def _single(said: list[str], at: int) -> tuple[float | None, int]:
    if at >= len(said):
        return None, at
    word = said[at]
    if word[0].isdigit():
        return _in_figures(word), at + 1
    if word in ("moitie", "half") and said[at + 1 : at + 2] and said[at + 1] in ("d", "de", "of"):
        return 0.5, at + 2 + (said[at + 2 : at + 3] != [] and said[at + 2] in _A)
    if word in ("half", "demi", "demie") and at + 1 < len(said):
        return 0.5, at + 1 + (said[at + 1] in ("a", "an"))
    names = number_names()
    if word in ("a", "an", "une", "un") and at + 1 < len(said):
        following = said[at + 1]
        if following in ("demi", "demie", "half"):
            return 0.5, at + 2
        if names.get(following, 0) > 1 and word != "an":  # "une dizaine", "a couple"
            return names[following], at + 2
        if following[0].isdigit():  # "il y a 2 ans"
            return None, at
        if word == "an" and not (following and words.by_phrase("units").get(following)):
            return None, at
        return 1.0, at + 1
    if names.get(word, 0) == 0 and word != "zero":  # "jamais", "aucun" count no months
        return None, at
    end = at + 1
    while (
        end < len(said)
        and end < at + 4
        and (said[end] in names or said[end] == "et")
        and said[end] not in _A[2:4]
    ):
        end += 1
    for stop in range(end, at, -1):
        parts = in_digits(said[at:stop])
        if len(parts) == 1:
            return float(parts[0]) if parts[0].isdigit() else names[parts[0]], stop
    return None, at


def _in_figures(word: str) -> float | None:
    """ "6", "1.5", "2-3" and "6/7" (the middle), "1/2"."""
    if word == "1/2":
        return 0.5
    for mark in ("-", "/"):
        first, _, second = word.partition(mark)
        if second:
            if first.isdigit() and second.isdigit() and int(first) < int(second):
                return (int(first) + int(second)) / 2
            return None
    if len(word) > _MOST_FIGURES:
        return None
    try:
        return float(word)
    except ValueError:
        return None


def _unit(said: list[str], at: int) -> str | None:
    if at >= len(said):
        return None
    word, units = said[at], words.by_phrase("units")
    if word == "j" and any(
        f"{' '.join(said[at + 1 : at + 3])} ".startswith(f"{verb} ") for verb in _after_j()
    ):
        return None
    if word in units:
        return units[word]
    if len(word) < _SHORTEST_MISSPELT:
        return None
    near = process.extractOne(word, _long_units(), scorer=fuzz.ratio, score_cutoff=_NEARLY)
    return units[near[0]] if near and near[0][0] == word[0] else None


def _after_j() -> frozenset[str]:
    return words.group("after_j")["verbs"]


@cache
def _long_units() -> tuple[str, ...]:
    return tuple(name for name in words.by_phrase("units") if len(name) >= _SHORTEST_MISSPELT)
