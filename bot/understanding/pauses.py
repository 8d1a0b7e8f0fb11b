"""A pause in one's own words: "vacances jusqu'au 12", "je pars 2 semaines", "malade"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from bot.understanding import dates, spans, words
from bot.understanding.durations import has
from bot.understanding.lengths import Length, lengths
from bot.understanding.spans import Named
from bot.understanding.text import Typed, typed


class PauseKind(StrEnum):
    """How its end was said."""

    UNTIL = "until"
    DAYS = "days"
    OPEN = "open"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Pause:
    """`until`: the date that was named ("jusqu'au 12", "je reprends le 15"), or today plus the length that was; None
    for an open end, and for what is no pause.
    """

    until: date | None
    kind: PauseKind


UNCLEAR = Pause(None, PauseKind.UNCLEAR)
_OPEN = Pause(None, PauseKind.OPEN)
_LONGEST_DAYS = 3660
_FROM_TO = re.compile(r"\b(?:du|de|from) (?:le |the )?(\d{1,2})(?: [a-z]+)? (?:au|a|to|until|till|til) ")
_FROM = re.compile(r"\b(?:a partir d[eu]|des|from|starting|a compter d[eu]|apres|after) (?:le |the |on )?$")
_IN = re.compile(r"\b(?:dans|in) $")
_LEAVING = re.compile(
    r"\b(?:pars|par|part|partir|m absente|leaving|leave|going|vais) (?:[a-z]+ ){0,3}(?:dans|in) $"
)
_LEAVES = re.compile(r"\b(?:pars|par|partir|m en vais|leaving|leave|going)\b")
_BY_ITS_END = ("until", "back")


def pause(text: str, today: date) -> Pause:
    """The pause that is asked for; "unclear" when the words are about something else."""
    told = typed(text)
    said = told.said
    if not said or has("pause", "none", said):
        return UNCLEAR
    asked = has("pause", "open", said)
    ends = any(has("pause", name, said) for name in _BY_ITS_END)
    about = asked or ends or has("pause", "around", said)
    named = dates.named(told, today, ahead=True)
    if has("pause", "already", said):
        named = [one for one in named if ends and one.first > today]
        return _until(told, named, today) if named else _OPEN if asked else UNCLEAR
    if has("pause", "other", said) and not about:
        return UNCLEAR
    found = [] if ends and named else lengths(told)
    if found and (about or _is_alone(told, found[-1].start, found[-1].end)):
        return _for(told, found[0], named, today)
    if asked and len(named) == 1 and not ends and _begins(told, named[0]):
        return _OPEN  # "je pars en vacances lundi"
    if named and (about or _is_alone(told, named[0].start, named[-1].end)):
        pause = _until(told, named, today)
        if pause.kind is not PauseKind.UNCLEAR:
            return pause
    return _OPEN if asked else UNCLEAR


def _for(told: Typed, length: Length, named: list[Named], today: date) -> Pause:
    """So many days or months, from today or from the day that is named."""
    if _LEAVING.search(told.said[: length.start]):
        return UNCLEAR  # "je pars dans 2 jours": it says when it begins, not when it ends
    start = next((one.first for one in named if _begins(told, one)), today)
    if (length.days is not None and length.days > _LONGEST_DAYS) or length.months > _LONGEST_DAYS / 30:
        return UNCLEAR
    if length.days is None:
        whole, rest = divmod(length.months, 1)
        until = start + relativedelta(months=int(whole)) + timedelta(days=round(rest * 30))
    else:
        until = start + timedelta(days=max(1, round(length.days)))
    return Pause(until, PauseKind.DAYS)


def _begins(told: Typed, named: Named) -> bool:
    """Whether these days are those at which the pause begins ("à partir de lundi", "je pars demain")."""
    before = told.said[: named.start]
    return bool(_FROM.search(before) or (_LEAVES.search(before) and named.first == named.last))


def _until(told: Typed, named: list[Named], today: date) -> Pause:
    """The date at which it ends: "jusqu'en décembre" the first of it, "absent en décembre" its last day."""
    last = named[-1]
    between = _FROM_TO.search(told.said)
    until = last.first if has_end(told, last) else last.last
    if between and between.start() < last.start:
        begins = named[0].first if len(named) > 1 else until
        if len(named) > 1 and until <= begins:
            until = spans.numbered(until.day, begins, ahead=True) or until
    if until < today or (until - today).days > _LONGEST_DAYS:
        return UNCLEAR
    return Pause(until, PauseKind.UNTIL)


def has_end(told: Typed, named: Named) -> bool:
    """Whether the days named are those at whose start the pause ends ("jusqu'en décembre", "je reprends en mars")."""
    said = told.said
    of_an_end = any(
        f" {phrase} " in f" {said[named.start : named.end]} " for phrase in words.group("part")["end"]
    )
    return not of_an_end and any(has("pause", name, said[: named.end]) for name in _BY_ITS_END)


def _is_alone(told: Typed, start: int, end: int) -> bool:
    """Whether nothing but small words stands beside what was found."""
    rest = f"{told.said[:start]} {told.said[end:]}"
    glue = words.group("pause")["glue"]
    single = {word for phrase in glue for word in phrase.split()}
    return all(word in single for word in rest.split())
