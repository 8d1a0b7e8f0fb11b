"""Days that are named: "demain", "le 12", "mi-juin", "la semaine prochaine", "12/03/2025", "since Easter"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from bot.understanding import day_rules as rules
from bot.understanding import words
from bot.understanding.spans import Named, Span
from bot.understanding.text import Typed

_BEFORE_A_MONTH = (
    r"(?:since|from|between|entre|in|last|next|of|until|till|til|en|depuis|depui|dpuis"
    r"|jusqu|jusqu en|au mois de|de|d)"
)

_LAST_YEAR = r"(?:last year|annee derniere|an dernier|annee passee|an passe|annee d avant)"


@cache
def _any(table: str, key: str | None = None) -> str:
    """An alternation of the phrases of a table (or of one of its lists), longest first."""
    found = words.by_phrase(table)
    phrases = [phrase for phrase, owner in found.items() if key is None or owner == key]
    return "(?:" + "|".join(sorted(map(re.escape, phrases), key=len, reverse=True)).replace(r"\ ", " ") + ")"


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Callable[..., Span | date | None]], ...]:
    month, turn, weekday, part = _any("month"), _any("turn"), _any("weekday"), _any("part")
    feast = _any_of_feasts()
    year, number = r"(?:19|20)\d\d", r"\d{1,2}(?: (?:er|st|nd|rd|th|eme))?|premier|first"
    unit = rf"(?! (?:j (?!{_any('after_j')}\b)|(?!j ){_any('units')}|h|am|pm|euros?|%)\b)(?!\w)"
    the = r"(?:(?:the|le|la|l|les|du|au) )?"
    rows: tuple[tuple[str, Callable[..., Span | date | None]], ...] = (
        (r"(?P<feast>rentree (?:scolaire )?de janvier)", rules.in_feast),
        (r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})", rules.written),
        (r"(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4}|\d\d)", rules.written),
        (r"(?P<m>\d{1,2})[-/.](?P<y>(?:19|20)\d\d)", rules.written),
        (rf"(?<!\d )(?!1/2\b)(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}}){unit}", rules.written),
        (rf"(?<=\b[lad][eu] )(?P<d>\d{{1,2}})[./](?P<m>\d{{1,2}}){unit}", rules.written),
        (
            (
                rf"(?:{weekday} )?(?:(?:le|the|du|au) )?(?P<dd>{number}) (?:of |de |d )?(?P<month>{month})"
                rf"(?: (?:of )?(?P<y>{year}))?(?: (?P<turn>{turn}))?"
            ),
            rules.of_a_month,
        ),
        (
            rf"(?P<month>{month}) (?:the )?(?P<dd>\d{{1,2}})(?: (?P<nth>st|nd|rd|th))?(?: (?P<y>{year}))?{unit}",
            rules.month_first,
        ),
        (
            rf"(?P<part>{part}) {the}(?:de |d |of )?(?:mois de )?(?P<month>{month})(?: (?P<y>{year}|{turn}))?",
            rules.in_month,
        ),
        (
            rf"(?P<part>{part}) {the}(?:de |d |of )?(?:l )?(?P<feast>{feast})(?: (?P<y>{year}|{turn}))?",
            rules.in_feast,
        ),
        (
            (
                rf"(?P<part>{part}) {the}(?:de |d |of )?(?:l )?(?:(?P<before>{turn}) )?(?P<stretch>{_any('stretch')})"
                rf"(?: (?P<after>{turn}))?"
            ),
            rules.in_stretch,
        ),
        (r"(?P<dd>\d{1,2})(?: (?:st|nd|rd|th))? (?:du|of) (?:mois prochain|next month)", rules.of_next_month),
        (rf"(?P<part>{part}) (?P<y>{year})", rules.in_year),
        (rf"(?:(?P<turn>{turn}) )?(?P<month>{month}) (?P<y>{year})", rules.in_month),
        (
            rf"(?P<month>{month}) (?:of |de l |l |d )?(?P<of>{_LAST_YEAR})",
            rules.in_last_year,
        ),
        (
            rf"(?P<feast>{feast}) (?:of |de l |l |d )?(?P<of>{_LAST_YEAR})",
            rules.in_last_year,
        ),
        (
            rf"(?P<of>{_LAST_YEAR}) (?:in |en |a |au |at |d )?(?:the |l )?(?:(?P<month>{month})|(?P<feast>{feast}))",
            rules.in_last_year,
        ),
        (
            rf"(?:(?P<feast>{feast})|(?P<month>{month})|(?P<stretch>{_any('stretch')})) before last",
            rules.before_last,
        ),
        (rf"avant derni?ere? (?:(?P<feast>{feast})|(?P<stretch>{_any('stretch')}))", rules.before_last),
        (rf"(?P<month>{month}) (?P<turn>{turn})", rules.in_month),
        (rf"(?P<turn>{turn}) (?P<month>{month})", rules.in_month),
        (rf"{_BEFORE_A_MONTH} (?P<month>{month})", rules.in_month),
        (rf"^(?P<month>{month})$", rules.in_month),
        (rf"(?P<month>{_long_months()})", rules.in_month),
        (rf"(?:(?P<turn>{turn}) )?(?P<feast>{feast}) (?P<y>{year}|{turn})", rules.in_feast),
        (rf"(?:(?P<turn>{turn}) )?{the}(?P<feast>{feast})", rules.in_feast),
        (rf"(?P<weekday>{weekday}) (?:le |the )?(?P<dd>{number}){unit}", rules.day_numbered),
        (rf"(?P<weekday>{weekday}) (?:en )?(?P<fortnight>(?<=en )(?:8|15|huit|quinze)|week)", rules.weekday),
        (rf"(?P<fortnight>a week|2 weeks|two weeks) (?:on )?(?P<weekday>{weekday})", rules.weekday),
        (rf"(?:(?P<before>{turn}) )?(?P<weekday>{weekday})(?: (?P<after>{turn}))?", rules.weekday),
        (rf"(?P<before>{turn}) (?P<stretch>{_any('stretch')})(?: (?P<after>{turn}))?", rules.stretch),
        (rf"(?P<stretch>{_any('stretch')}) (?P<after>{turn})", rules.stretch),
        (r"(?:le|au|the|du) (?P<stretch>week end|weekend)", rules.stretch),
        (rf"(?P<relative>{_any('day')})", rules.relative),
        (rf"(?P<once>{_any('once')})", rules.once),
        (rf"(?:le|au|o|the|till?|untill?|du|jus[qk][a-z]*) (?P<dd>{number}){unit}", rules.numbered),
        (r"(?P<dd>\d{1,2} (?:st|nd|rd|th|er))", rules.numbered),
        (rf"(?P<y>{year})", rules.year),
    )
    return tuple((re.compile(rf"(?<![\w./-])(?:{pattern})(?![\w/-])"), made) for pattern, made in rows)


@cache
def _any_of_feasts() -> str:
    return f"(?:{_any('period')}|{_any('easter')})"


@cache
def _long_months() -> str:
    """Names of months that mean nothing else, so that they need no word beside them."""
    others = words.group("month_beside")["names"]
    found = [name for name in words.by_phrase("month") if name not in others and len(name) > 3]
    return "(?:" + "|".join(sorted(found, key=len, reverse=True)) + ")"


def named(typed: Typed, today: date, *, ahead: bool) -> list[Named]:
    """The days named in a text, in its order; `ahead`: what comes again is the coming one, else the latest."""
    return [one for one in _found(typed, today, ahead=ahead) if one.first != date.max]


def no_such(typed: Typed, today: date) -> list[Named]:
    """Where a text names a day that no calendar has: "le 30 février"."""
    return [one for one in _found(typed, today, ahead=True) if one.first == date.max]


def _found(typed: Typed, today: date, *, ahead: bool) -> list[Named]:
    taken: list[Named] = []
    said = typed.said
    for pattern, made in _patterns():
        for found in pattern.finditer(said):
            if any(found.start() < other.end and other.start < found.end() for other in taken):
                continue
            span = made(found.groupdict(), today, ahead)
            if span is None:
                if made in (rules.written, rules.of_a_month):  # no such day: nothing else is read into it
                    taken.append(Named(found.start(), found.end(), date.max, date.max))
                continue
            first, last = span if isinstance(span, tuple) else (span, span)
            taken.append(Named(found.start(), found.end(), first, last))
    return sorted(taken, key=lambda one: one.start)


# The day of a moment of this week ("demain 10 h", "lundi")


def day_in(said: str, today: date) -> date | None:
    """The day that a plain text names: tomorrow, the day after, a weekday ahead; None when it names none."""
    padded = f" {said} "
    moments = words.group("moments")
    for offset, name in ((2, "after_tomorrow"), (1, "tomorrow")):
        if any(f" {phrase} " in padded for phrase in moments[name]):
            return today + timedelta(days=offset)
    for index, names in enumerate(weekdays()):
        if any(f" {name} " in padded for name in names):
            return today + timedelta(days=(index - today.weekday()) % 7 or 7)
    return None


@cache
def weekdays() -> tuple[tuple[str, ...], ...]:
    """Names of the days, Monday first; each place has those of both languages."""
    return tuple(tuple(names.split("|")) for names in words.document()["moments"]["weekdays"])
