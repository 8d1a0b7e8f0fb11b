"""A pause in one's own words: "vacances jusqu'au 12", "je pars 2 semaines", "malade"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from dateutil.relativedelta import relativedelta

from bot.understanding import dates, pause_days, spans, words
from bot.understanding.corrections import corrected
from bot.understanding.durations import has
from bot.understanding.lengths import Length, is_negative, lengths
from bot.understanding.spans import Named
from bot.understanding.text import LONGEST, Typed, any_of, typed


class PauseKind(StrEnum):
    """How its end was said."""

    UNTIL = "until"
    DAYS = "days"
    OPEN = "open"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Pause:
    """`until`: the date that was named ("jusqu'au 12", "je reprends le 15"), or today plus the length that was; None
    for an open end, and for what is no pause. `first`: the first day away, if not today. `whole`: `until` is a day away
    itself, as the 12th of "en congé du 7 au 12".
    """

    until: date | None
    kind: PauseKind
    first: date | None = None
    whole: bool = False

    @property
    def back(self) -> date | None:
        """The first day that is no day away any more."""
        return self.until + timedelta(days=1) if self.until is not None and self.whole else self.until


UNCLEAR = Pause(None, PauseKind.UNCLEAR)
_OPEN = Pause(None, PauseKind.OPEN)
_LONGEST_DAYS = 366
_FIRST_DAYS = 6
"""Days after the first of what "début" names that are still its beginning, when somebody is away then."""
_FROM_TO = re.compile(r"\b(?:du|de|from) (?:le |the )?(\d{1,2})(?: [a-z]+){0,2} (?:au|a|to|until|till|til) ")
_FROM = re.compile(r"\b(?:a partir d[eu]|des|from|starting|a compter d[eu]|apres|after) (?:le |the |on )?$")
_COUNTED_FROM = (" from ", " from the ", " a partir de ", " a compter de ")
"""Between a length and the day from which it counts ("a week from Monday")."""
_LEAVING = re.compile(
    r"\b(?:pars|par|part|partir|m absente|leaving|leave|going|vais) (?:[a-z]+ ){0,3}(?:dans|in) $"
)
_LEAVES = re.compile(r"\b(?:pars|par|partir|m en vais|leaving|leave|going)\b")
_SIGN = re.compile(r"[,;!?\n]+|\.(?!\d)")
_BY_ITS_END = ("until", "back")


def pause(text: str, today: date) -> Pause:
    """The pause that is asked for; "unclear" when the words are about something else."""
    left = None if is_negative(text) else corrected(_without_denied_days(text[:LONGEST]))
    if left is None:  # "pas 2 semaines"
        return UNCLEAR
    found = _read(left, today)
    clauses = _SIGN.split(left, maxsplit=1)
    said = typed(left).said
    if found.kind is not PauseKind.UNCLEAR or len(clauses) < 2 or _is_something_else(said):
        return found
    first = _read(clauses[0], today)  # "un mois svp, j'ai des soucis de santé"
    return first if first.until is not None else UNCLEAR


def told(text: str, today: date) -> Pause:
    """A pause told in passing, where nobody asked about one: only words that speak of nothing else ("j'ai la grippe",
    "pas cette semaine"); being busy or away only with an end. Unclear otherwise, and for what ends today.
    """
    said = typed(text[:LONGEST]).said
    if any_of(words.group("not_done")["phrases"], text[:LONGEST]):
        return UNCLEAR  # "je n'ai pas eu le temps, mon fils est malade"
    if "?" in text or has("pause", "other", said) or _said("not_told").search(said):
        return UNCLEAR
    sure = has("pause", "told", said) or said in words.group("pause")["told_alone"]
    if not sure and not has("pause", "told_with_end", said):
        return UNCLEAR
    found = pause(text, today)
    if found.until is None:
        return found if sure else UNCLEAR
    return found if found.back and found.back > today else UNCLEAR


def is_holiday(text: str) -> bool:
    """Whether the pause is a holiday or for no reason told: not illness, grief or another trouble."""
    return not has("pause", "trouble", typed(text[:LONGEST]).said)


def _is_something_else(said: str) -> bool:
    return any(has("pause", name, said) for name in ("none", "returned", "other", "already")) or bool(
        _said("refused").search(said) or _said("works").search(said)
    )


def _without_denied_days(text: str) -> str:
    """The text without the days that are not meant ("pas lundi, mardi")."""
    return _denied_day().sub(" ", text)


@cache
def _denied_day() -> re.Pattern[str]:
    days = "|".join(sorted(words.by_phrase("weekday"), key=len, reverse=True))
    return re.compile(rf"\b(?:non\s+pas|pas|not)\s+(?:le\s+|on\s+|until\s+)?(?:{days})\b", re.IGNORECASE)


def _read(left: str, today: date) -> Pause:
    told = typed(_said("until_misspelt").sub("until", _said("clock").sub("x", typed(left).said)))
    said = told.said
    if (
        not said
        or pause_days.impossible_end(left, today)
        or has("pause", "none", said)
        or _said("refused").search(said)
    ):
        return UNCLEAR
    asked = has("pause", "open", said)
    if not asked and _said("works").search(said):
        return UNCLEAR
    ends = any(has("pause", name, said) for name in _BY_ITS_END)
    about = asked or ends or has("pause", "around", said)
    named = dates.named(told, today, ahead=True)
    if asked and len(named) == 1 and pause_days.only_begins(told, named[0]) and not _lengths(told, named):
        return replace(_OPEN, first=named[0].first)  # "en vacances à partir de lundi"
    if named and _is_after(told, named[-1]):  # "after the holidays" asks for none
        asked = has("pause", "open", f"{said[: named[-1].start]} {said[named[-1].end :]}")
    if has("pause", "returned", said) and (
        has("pause", "already", said) or not any(one.first > today for one in named)
    ):
        return UNCLEAR
    if has("pause", "already", said):
        named = [one for one in named if ends and one.first > today]
        return replace(_until(told, named, today), first=None) if named else _OPEN if asked else UNCLEAR
    if has("pause", "other", said) and not about:
        return UNCLEAR
    found = [] if ends and named else _lengths(told, named)
    counted = _counted_from(told, found, named)
    if counted is not None:
        return counted
    if found and (about or _is_alone(told, found[-1].start, found[-1].end)):
        return _for(told, found[0], named, today)
    if asked and len(named) == 1 and not ends and _begins(told, named[0]):
        return replace(_OPEN, first=named[0].first)  # "je pars en vacances lundi"
    if named and (about or _is_alone(told, _start_of(told, named), named[-1].end)):
        until = _until(told, named, today, alone=not about)
        if until.kind is not PauseKind.UNCLEAR or (ends and named[-1].last < today):
            return until
    return _open(said, asked)


def _counted_from(told: Typed, found: list[Length], named: list[Named]) -> Pause | None:
    """The day on which a length ends that counts from a day ("a week from Monday"), when nothing else is said."""
    if len(found) != 1 or len(named) != 1 or found[0].days is None:
        return None
    between = told.said[found[0].end : named[0].start]
    if f"{between.rstrip()} " not in _COUNTED_FROM or not _is_alone(told, found[0].start, named[0].end):
        return None
    return Pause((first := named[0].first) + timedelta(days=round(found[0].days)), PauseKind.UNTIL, first)


def _start_of(told: Typed, named: list[Named]) -> int:
    """Where the days begin, with the "from" before them."""
    between = _FROM_TO.search(told.said)
    if between:
        return min(named[0].start, between.start())
    reached = len(named) > 1 and _reaches(told, named) and told.said[: named[0].start].endswith("from ")
    return named[0].start - len("from ") if reached else named[0].start


def _reaches(told: Typed, named: list[Named]) -> bool:
    """Whether the last two days named are the two ends of a time ("Monday to Friday")."""
    return told.said[named[-2].end : named[-1].start].strip() in ("to", "until", "till", "a", "au")


def _open(said: str, asked: bool) -> Pause:
    """A pause without an end, when no length and no date was told."""
    if asked:
        return UNCLEAR if _said("past").search(said) else _OPEN
    return _OPEN if _said("open").search(said) and not has("pause", "other", said) else UNCLEAR


def _said(key: str) -> re.Pattern[str]:
    return words.expression("pauses", key)


def _lengths(told: Typed, named: list[Named]) -> list[Length]:
    """The lengths that are part of no date ("a week on Monday")."""
    return [
        length
        for length in lengths(told)
        if not any(one.start < length.end and length.start < one.end for one in named)
    ]


def _for(told: Typed, length: Length, named: list[Named], today: date) -> Pause:
    """So many days or months, from today or from the day that is named."""
    if _LEAVING.search(told.said[: length.start]):
        return UNCLEAR  # "je pars dans 2 jours": it says when it begins, not when it ends
    start = next((one.first for one in named if _begins(told, one)), today)
    if not 0 < length.months <= _LONGEST_DAYS / 30:
        return UNCLEAR
    if length.days is None:
        whole, rest = divmod(length.months, 1)
        until = start + relativedelta(months=int(whole)) + timedelta(days=round(rest * 30))
    else:
        until = start + timedelta(days=max(1, round(length.days)))
    first = start if start > today else None
    return Pause(until, PauseKind.DAYS, first) if (until - start).days <= _LONGEST_DAYS else UNCLEAR


def _begins(told: Typed, named: Named) -> bool:
    """Whether these days are those at which the pause begins ("à partir de lundi", "je pars demain")."""
    before = told.said[: named.start]
    return bool(_FROM.search(before) or (_LEAVES.search(before) and named.first == named.last))


def _until(told: Typed, named: list[Named], today: date, *, alone: bool = False) -> Pause:
    """The date at which it ends: "jusqu'en décembre" the first of it, "absent en décembre" its last day.

    Alone, as an answer to "until when?", it is the first too ("la semaine prochaine"); a weekend is taken whole.
    """
    last = named[-1]
    between = _FROM_TO.search(told.said)
    until = _end_of(told, last, alone=alone)
    week = timedelta(days=7)
    if len(named) > 1 and until < named[0].first < until + week and _reaches(told, named):
        until += week  # "du lundi au vendredi"
    if between and between.start() < last.start:
        begins = named[0].first if len(named) > 1 else until
        if len(named) > 1 and until <= begins:
            until = spans.numbered(until.day, begins, ahead=True) or until
    if until < today or (until - today).days > _LONGEST_DAYS:
        return UNCLEAR
    first = pause_days.first_of(told, named, between, until)
    whole = pause_days.is_day_off(told, last, ranged=first is not None)
    if until == last.last and not alone and not has_end(told, last) and not _is_after(told, last):
        first, whole = first or last.first, True  # "absente la semaine prochaine"
    return Pause(until, PauseKind.UNTIL, first if first and first > today else None, whole)


def _end_of(told: Typed, last: Named, *, alone: bool) -> date:
    if _is_after(told, last):
        return last.last + timedelta(days=1)
    first_of_it = has_end(told, last) or (alone and not _holds_part(told, last, "end"))
    if first_of_it and not (alone and _is_weekend(last)):
        return last.first
    if _holds_part(told, last, "start"):
        return min(last.first + timedelta(days=_FIRST_DAYS), last.last)
    return last.last


def _is_after(told: Typed, named: Named) -> bool:
    """Whether it is what follows the days named ("après Noël")."""
    before = told.said[: named.start].rstrip()
    return any(found.end() == len(before) for found in _said("after").finditer(before))


def _is_weekend(named: Named) -> bool:
    return (named.last - named.first).days == 1 and named.last.weekday() == 6


def _holds_part(told: Typed, named: Named, part: str) -> bool:
    """Whether the beginning or the end of something is named ("fin décembre")."""
    said = f" {told.said[named.start : named.end]} "
    return any(f" {phrase} " in said for phrase in words.group("part")[part])


def has_end(told: Typed, named: Named) -> bool:
    """Whether the days named are those at whose start the pause ends ("jusqu'en décembre", "je reprends en mars")."""
    said = told.said
    return not _holds_part(told, named, "end") and any(
        has("pause", name, said[: named.end]) for name in _BY_ITS_END
    )


@cache
def _glue() -> tuple[frozenset[str], re.Pattern[str]]:
    """Single small words, and phrases of several."""
    glue = words.group("pause")["glue"]
    several = sorted((phrase for phrase in glue if " " in phrase), key=len, reverse=True)
    return frozenset(glue - set(several)), re.compile(rf"\b(?:{'|'.join(several)})\b")


def _is_alone(told: Typed, start: int, end: int) -> bool:
    """Whether nothing but small words stands beside what was found."""
    single, several = _glue()
    rest = f"{several.sub(' ', told.said[:start])} {several.sub(' ', told.said[end:])}"
    return all(word in single for word in rest.split())
