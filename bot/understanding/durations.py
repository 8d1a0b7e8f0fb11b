"""How long, since when: "un an et demi", "depuis Pâques", "pas encore"; "unclear" rather than a wrong guess."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from bot.understanding import dates, periods, sums, words
from bot.understanding.asides import without_asides
from bot.understanding.corrections import corrected
from bot.understanding.lengths import A_BIT, DAYS_A_MONTH, Length, in_months, is_negative, lengths
from bot.understanding.numbers import in_digits, number_names
from bot.understanding.spans import Named
from bot.understanding.text import LONGEST, Typed, typed


class DurationKind(StrEnum):
    """How it was said."""

    DURATION = "duration"
    SINCE_DATE = "since_date"
    NOT_STARTED = "not_started"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Duration:
    """Months up to today (one decimal), None for what is not started or not understood."""

    months: float | None
    kind: DurationKind


UNCLEAR = Duration(None, DurationKind.UNCLEAR)
NOT_STARTED = Duration(None, DurationKind.NOT_STARTED)
_JUST_STARTED = Duration(0.0, DurationKind.DURATION)

_MOST_MONTHS = 12 * 70
"""Months at most: longer is nobody's search or trade."""
_A_BIRTH = 12 * 35
"""Months from which a bare date is rather that of a birth."""
_FUTURE = re.compile(r"\b(?:dans|d ici) $|\bin (?:about )?$")
_WILL_BE = re.compile(
    r"\b(?:va faire|vont faire|fera|feront|will be|will have been|ll be|ll have been|it s going to be)\b"
)
_LASTS = re.compile(r"\b(?:depuis|depui|dpuis|dps|since)\b")
_STARTS = re.compile(r"\b(?:je|on|nous) (?:commence|demarre|debute)\b|\bi (?:start|begin)\b")
_STARTED = re.compile(r"(?:commenc|démarr|début)(?:é|er\b)", re.IGNORECASE)
_FROM_THEN = re.compile(
    r"\b(?:a (?:partir|compter)|(?<!temps )(?<!periode )(?<!moment )des|from|starting|as of)"
    r"(?: (?:de|du|d|le|la|the|on|from|mi|fin))* $"
)
_SOON_DAYS = 31
"""Days ahead within which "from Monday" is what comes, even where the past one is nearer."""
_WITH_ONE = re.compile(r"\b(chez) (?:l['’ ]? ?)?une?\b", re.IGNORECASE)
""" "Chez l'un et 9 mois ...": no number is meant."""
_SINCE_A_CHILD = re.compile(
    r"\b(?:depuis|since|dps)\b.*\b(?:kids?|child(?:ren)?|son|daughter|baby|boy|girl|twins|fils|fille|bebe|enfants?|gamine?"
    r"|petite?|jumeaux|jumelles)\b.*\b(?:born|nee?s?)\b"
)
"""A child's birth is a date since which something lasts; one's own is none."""
_BEGAN = re.compile(r"\b(?:ai|as|a|avons|ont|avait|avais)(?: [a-z]+)? (?:commence|demarre|debute)\b")
_NOT_OVER = re.compile(
    r"\b(?:jusqu\w*|until|till?|finit|finis|se termine|s arrete|ends?|finishes|expire|va finir|will end)\b"
    r"(?: (?:a|au|en|in|on|le|the|la|l))* $"
)
_SIGNS = re.compile(r"[,;!?\n]+|\.(?!\d)")
_AND = re.compile(r"\b(?:et|mais|puis|and|but|then|maintenant|dont|donc)\b")
_YEARS = re.compile(r"\b(?:19|20)\d\d\b.*\b(?:19|20)\d\d\b")


def duration(text: str, today: date, *, default_unit: str = "month") -> Duration:
    """A length of time up to today; a bare number counts in `default_unit` ("month" or "year").

    Where several are told, the search is meant, or the trade when years are counted.
    """
    whole = typed(text).said
    if has("begun", "not_started", whole) and not has("begun", "just", whole):
        return NOT_STARTED
    if whole in words.group("begun")["not_started_alone"]:
        return NOT_STARTED
    by_age = periods.since_an_age(whole)
    if by_age is not None:
        return _of(by_age)
    left = None if is_negative(text) else corrected(_WITH_ONE.sub(r"\1 eux", text[:LONGEST]))
    if left is None:
        return UNCLEAR
    parts = [part for sentence in _SIGNS.split(left) for part in _parts(typed(sentence))]
    in_all = sums.added_up(parts)
    if in_all is not None:
        return _of(in_all)
    return _measured(_clause(left, parts, today, default_unit), today, default_unit)


def _measured(text: str, today: date, default_unit: str) -> Duration:
    said = periods.spelled_out(typed(text).said)
    told = typed(said if _SINCE_A_CHILD.search(said) else without_asides(said))
    length = _length(told)
    if length is None:
        return _since(told, today) or _otherwise(told, today, default_unit, said != told.said)
    if _FUTURE.search(told.said[: length.start]) or told.said[length.end :].startswith(" from now"):
        return NOT_STARTED if has("begun", "begin", told.said) else UNCLEAR
    times = sums.times(told.said, length.start)
    if times is None:
        return UNCLEAR
    return _of(times * _nearly(told.said, length) - _to_come(told, today))


def _clause(text: str, parts: list[str], today: date, default_unit: str) -> str:
    """The part that is meant where several parts tell a length or a date: the total, else the search."""
    if len(parts) < 2:
        return text
    measured = [
        part for part in parts if " " in part and _measured(part, today, default_unit).months is not None
    ]
    if len(measured) < 2:
        return text
    for part in measured:
        if has("clause", "total", part):
            return part
    searches = [part for part in measured if has("clause", "search", part)]
    others = [part for part in measured if part not in searches]
    if searches and others:
        return searches[0] if default_unit == "month" else others[0]
    return text


def _parts(told: Typed) -> list[str]:
    """The plain text in parts, cut at small words that stand in no length ("deux ans et demi")."""
    taken = [(length.start, length.end) for length in lengths(told)]
    cuts = [
        found.span()
        for found in _AND.finditer(told.said)
        if not any(start < found.start() < end for start, end in taken)
    ]
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(told.said)]
    return [part for start, end in zip(starts, ends, strict=True) if (part := told.said[start:end].strip())]


def _to_come(told: Typed, today: date) -> float:
    """Months until the day at which it will be so long: "ça fera 2 ans en mars"."""
    if not _WILL_BE.search(told.said):
        return 0.0
    coming = [one for one in dates.named(told, today, ahead=True) if one.first > today]
    return (coming[0].first - today).days / DAYS_A_MONTH if coming else 0.0


def asks_for_a_date(text: str) -> bool:
    """Whether the words tell of a moment of one's life whose date Bob cannot know ("since I left school")."""
    return has("life", "phrases", typed(text).said)


def _of(months: float, kind: DurationKind = DurationKind.DURATION) -> Duration:
    return Duration(round(months, 1), kind) if 0 <= months <= _MOST_MONTHS else UNCLEAR


def _length(told: Typed) -> Length | None:
    """The first length that is named; hours within a day are none, "0 mois" is one."""
    for length in lengths(told):
        if length.months >= 1 / DAYS_A_MONTH or length.months == 0:
            return length
    return None


def _nearly(said: str, length: Length) -> float:
    """The months, with what "presque" or "un peu plus de" before them changes."""
    before = f" {said[: length.start]}"
    unit = in_months("year") if length.months >= in_months("year") else min(length.months, 1.0)
    for kind, change in (("above", A_BIT), ("below", -1 / 24), ("under", -0.5)):
        if any(before.endswith(f" {phrase} ") for phrase in words.group("near")[kind]):
            return length.months + change * unit
    return length.months


def _since(told: Typed, today: date) -> Duration | None:
    """Since a date that is named, the latest that has begun; or from one date to another."""
    found = dates.named(told, today, ahead=False)
    if not found:
        return None
    first = found[0]
    if len(found) > 1 and not periods.reaches_today(told, first):
        months = periods.between(told, found, today)
        if months is not None:
            return _of(months)
    if _YEARS.search(told.said):
        return UNCLEAR
    since = has("since", "phrases", told.said)
    if _begins(told, since):
        coming = dates.named(told, today, ahead=True)
        if any(one.first > today for one in coming):  # "je commence lundi"
            return NOT_STARTED
    if _from_then_on(told, first):
        return _coming(told, first, today)
    named = told.said[first.start : first.end]
    before = told.said[: first.start]
    is_end = _NOT_OVER.search(before) or _NOT_OVER.search(f"{before}{named.split()[0]} ")
    if is_end and not _LASTS.search(before):
        return UNCLEAR
    back = _one_back(named)
    if back is not None:
        return _of(in_months(back), DurationKind.SINCE_DATE)
    whole_year = (first.last - first.first).days > 300
    if first.first > today or (whole_year and first.last >= today):
        return UNCLEAR
    months = (today - first.first).days / DAYS_A_MONTH
    if months > _A_BIRTH and not since:
        return UNCLEAR
    return _of(months, DurationKind.SINCE_DATE)


def _begins(told: Typed, since: bool) -> bool:
    """Whether it is told when one begins, not when one began ("je commence en janvier")."""
    if _BEGAN.search(told.said) or _STARTED.search(told.original) or _LASTS.search(told.said):
        return False
    return bool(_STARTS.search(told.said)) or (has("begun", "begin", told.said) and not since)


def _from_then_on(told: Typed, named: Named) -> bool:
    """ "à partir du 5 janvier", "starting Monday", with no word of the past, no year and no end."""
    before, said = told.said[: named.start], told.said[named.start : named.end]
    begins = _FROM_THEN.search(before) or _FROM_THEN.search(f"{before}{said.split()[0]} ")
    return bool(begins) and not _LASTS.search(told.said) and not periods.reaches_today(told, named)


def _coming(told: Typed, named: Named, today: date) -> Duration | None:
    """Not started when the coming one is meant; unclear when the past one is nearer; since then if it was named so."""
    ahead = next((one for one in dates.named(told, today, ahead=True) if one.start == named.start), named)
    if ahead.first <= today:
        return _of((today - named.first).days / DAYS_A_MONTH, DurationKind.SINCE_DATE)
    wait = (ahead.first - today).days
    return NOT_STARTED if wait <= max(_SOON_DAYS, (today - named.first).days) else UNCLEAR


def _one_back(said: str) -> str | None:
    """ "le mois dernier", "last year": the unit, one of which has passed."""
    parts = said.split()
    turns, stretches = words.by_phrase("turn"), words.by_phrase("stretch")
    if len(parts) == 2 and "last" in (turns.get(parts[0]), turns.get(parts[1])):
        unit = stretches.get(parts[0]) or stretches.get(parts[1])
        return {"weekend": "week"}.get(unit, unit) if unit else None
    return None


def _otherwise(told: Typed, today: date, default_unit: str, had_asides: bool) -> Duration:
    if has("begun", "just", told.said):
        return _JUST_STARTED
    number = None if had_asides else _bare_number(told.said)
    return UNCLEAR if number is None else _of(number * in_months(default_unit))


def _bare_number(said: str) -> float | None:
    """ "8", "environ 8", "vingt-deux": a number and at most one other word."""
    parts = in_digits(said.split())
    names = number_names()
    found = [
        float(part) if part[0].isdigit() else names[part]
        for part in parts
        if re.fullmatch(r"\d{1,5}(?:\.\d+)?", part) or names.get(part, 0) > 1
    ]
    others = [part for part in parts if not part[0].isdigit() and names.get(part, 0) <= 1]
    only_roughly = len(others) <= 1 and words.group("roughly")["words"].issuperset(others)
    return found[0] if len(found) == 1 and only_roughly else None


@cache
def _phrases(table: str, key: str) -> tuple[str, ...]:
    return tuple(f" {phrase} " for phrase in words.group(table)[key])


def has(table: str, key: str, said: str) -> bool:
    """Whether one of the phrases of a list occurs, as whole words."""
    padded = f" {said} "
    return any(phrase in padded for phrase in _phrases(table, key))
