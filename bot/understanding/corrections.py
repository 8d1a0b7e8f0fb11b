"""What a text takes back: "pas 3 mois mais 6", "un an, non deux ans", "not 2 months, 2 years"."""

from __future__ import annotations

import re
from functools import cache

from bot.understanding import words
from bot.understanding.numbers import number_names
from bot.understanding.text import typed

_ONE = re.compile(r"\ban? (?=(?:day|week|month|year|fortnight|quarter|decade)\b)")
_CLAUSE = re.compile(r"[,;:!?\n()…]+|\.(?!\d)")


def corrected(text: str) -> str | None:
    """The text without what it takes back; None when nothing is left ("pas 6 mois")."""
    if not _said("marks").search(typed(text).said):
        return text
    kept: list[str] = []
    unit, took_back = "", False
    for clause in _clauses(text):
        counted = _count().search(clause)
        if counted and _denied().search(clause) and not _said("idioms").search(clause):
            unit, took_back = counted.group("unit") or unit, True
            continue
        if counted and _said("takes_back").match(clause):
            units = [found.group("unit") for found in map(_count().search, kept) if found]
            if units:
                unit, took_back = units[-1] or unit, True
                kept = [one for one in kept if not _count().search(one)]
                clause = _marks().sub("", clause)
        kept.append(clause)
    if not took_back:
        return text
    left = " ".join(kept)
    if unit and not _with_unit().search(left):  # "pas 3 mois mais 6"
        left = _count().sub(rf"\g<number> {unit}", left, count=1)
    return left if _count().search(left) else None


def _clauses(text: str) -> list[str]:
    """Plain stretches between signs, before words of correction, and before a denied number."""
    found: list[str] = []
    for part in _CLAUSE.split(text):
        said = _ONE.sub("1 ", typed(part).said)
        marks = (_said("takes_back"), _said("begins"), _denied())
        after = {denied.end() + 1 for denied in _denied().finditer(said) if denied.end() < len(said)}
        starts = sorted({0} | after | {mark.start() for pattern in marks for mark in pattern.finditer(said)})
        ends = [*starts[1:], len(said)]
        found += [said[start:end].strip() for start, end in zip(starts, ends, strict=True)]
    return _with_their_marks([one for one in found if one])


def _with_their_marks(clauses: list[str]) -> list[str]:
    """ "non" alone belongs to what follows it ("un an, non, deux ans"; "non pas 2 ans")."""
    made: list[str] = []
    for clause in clauses:
        if made and _marks().fullmatch(f"{made[-1]} "):
            made[-1] = f"{made[-1]} {clause}"
        else:
            made.append(clause)
    return made


def _said(key: str) -> re.Pattern[str]:
    return words.expression("corrections", key)


@cache
def _marks() -> re.Pattern[str]:
    """Words of correction at the start of a clause, one or more ("no wait, actually")."""
    return re.compile(rf"(?:(?:{_said('takes_back').pattern}|{_said('begins').pattern}) )+")


@cache
def _number() -> str:
    names = sorted((name for name, value in number_names().items() if value >= 1), key=len, reverse=True)
    return rf"(?:\d+(?:[./-]\d+)*|(?:{'|'.join(names)})(?: (?:{'|'.join(names)}))*)"


@cache
def _units() -> str:
    return "|".join(sorted(words.by_phrase("units"), key=len, reverse=True))


@cache
def _count() -> re.Pattern[str]:
    return re.compile(rf"\b(?P<number>{_number()})(?: (?P<unit>{_units()})\b)?(?!\w)")


@cache
def _with_unit() -> re.Pattern[str]:
    return re.compile(rf"\b{_number()} (?:{_units()})\b")


@cache
def _denied() -> re.Pattern[str]:
    listed = "|".join(words.document()["corrections"]["denies"]).replace("<number>", _number())
    return re.compile(rf"\b(?:{listed})(?: (?:{_units()})\b)?(?!\w)")
