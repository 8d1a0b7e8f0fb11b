"""Days that are named: "demain", "le 12", "mi-juin", "la semaine prochaine", "12/03/2025", "since Easter"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from dateutil.easter import easter

from bot.understanding import spans, words
from bot.understanding.spans import Named, Span
from bot.understanding.text import Typed

_ENGLISH_MONTHS = frozenset(
    name.lower() for names in (calendar.month_name, calendar.month_abbr) for name in names if name
)
_BEFORE_A_MONTH = (
    r"(?:since|in|last|next|of|until|till|til|en|depuis|depui|dpuis|jusqu|jusqu en|au mois de|de|d)"
)


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
    unit = rf"(?! (?:{_any('units')}|h|am|pm|euros?|%)\b)(?!\w)"
    the = r"(?:(?:the|le|la|l|les|du|au) )?"
    rows: tuple[tuple[str, Callable[..., Span | date | None]], ...] = (
        (r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})", _written),
        (r"(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4}|\d\d)", _written),
        (r"(?P<m>\d{1,2})[-/.](?P<y>(?:19|20)\d\d)", _written),
        (rf"(?<!\d )(?!1/2\b)(?P<d>\d{{1,2}})/(?P<m>\d{{1,2}}){unit}", _written),
        (rf"(?<=\b[lad][eu] )(?P<d>\d{{1,2}})[./](?P<m>\d{{1,2}}){unit}", _written),
        (
            (
                rf"(?:{weekday} )?(?:(?:le|the|du|au) )?(?P<dd>{number}) (?:of |de |d )?(?P<month>{month})"
                rf"(?: (?:of )?(?P<y>{year}))?(?: (?P<turn>{turn}))?"
            ),
            _of_a_month,
        ),
        (
            rf"(?P<month>{month}) (?:the )?(?P<dd>\d{{1,2}})(?: (?P<nth>st|nd|rd|th))?(?: (?P<y>{year}))?{unit}",
            _month_first,
        ),
        (
            rf"(?P<part>{part}) {the}(?:de |d |of )?(?:mois de )?(?P<month>{month})(?: (?P<y>{year}|{turn}))?",
            _in_month,
        ),
        (
            rf"(?P<part>{part}) {the}(?:de |d |of )?(?:l )?(?P<feast>{feast})(?: (?P<y>{year}|{turn}))?",
            _in_feast,
        ),
        (
            (
                rf"(?P<part>{part}) {the}(?:de |d |of )?(?:l )?(?:(?P<before>{turn}) )?(?P<stretch>{_any('stretch')})"
                rf"(?: (?P<after>{turn}))?"
            ),
            _in_stretch,
        ),
        (r"(?P<dd>\d{1,2})(?: (?:st|nd|rd|th))? (?:du|of) (?:mois prochain|next month)", _of_next_month),
        (rf"(?P<part>{part}) (?P<y>{year})", _in_year),
        (rf"(?:(?P<turn>{turn}) )?(?P<month>{month}) (?P<y>{year})", _in_month),
        (
            rf"(?P<month>{month}) (?:of |de l )?(?P<of>last year|annee derniere|an dernier|annee passee)",
            _in_last_year,
        ),
        (rf"(?P<month>{month}) (?P<turn>{turn})", _in_month),
        (rf"(?P<turn>{turn}) (?P<month>{month})", _in_month),
        (rf"{_BEFORE_A_MONTH} (?P<month>{month})", _in_month),
        (rf"^(?P<month>{month})$", _in_month),
        (rf"(?P<month>{_long_months()})", _in_month),
        (rf"(?:(?P<turn>{turn}) )?(?P<feast>{feast}) (?P<y>{year}|{turn})", _in_feast),
        (rf"(?:(?P<turn>{turn}) )?{the}(?P<feast>{feast})", _in_feast),
        (rf"(?P<weekday>{weekday}) (?:le |the )?(?P<dd>{number}){unit}", _day_numbered),
        (rf"(?P<weekday>{weekday}) en (?P<fortnight>8|15|huit|quinze)", _weekday),
        (rf"(?:(?P<before>{turn}) )?(?P<weekday>{weekday})(?: (?P<after>{turn}))?", _weekday),
        (rf"(?P<before>{turn}) (?P<stretch>{_any('stretch')})(?: (?P<after>{turn}))?", _stretch),
        (rf"(?P<stretch>{_any('stretch')}) (?P<after>{turn})", _stretch),
        (r"(?:le|au|the|du) (?P<stretch>week end|weekend)", _stretch),
        (rf"(?P<relative>{_any('day')})", _relative),
        (rf"(?P<once>{_any('once')})", _once),
        (rf"(?:le|au|o|the|till?|untill?|du|jusq[a-z]*) (?P<dd>{number}){unit}", _numbered),
        (r"(?P<dd>\d{1,2} (?:st|nd|rd|th|er))", _numbered),
        (rf"(?P<y>{year})", _year),
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
    taken: list[Named] = []
    said = typed.said
    for pattern, made in _patterns():
        for found in pattern.finditer(said):
            if any(found.start() < other.end and other.start < found.end() for other in taken):
                continue
            span = made(found.groupdict(), today, ahead)
            if span is None:
                if made in (_written, _of_a_month):  # no such day: nothing else is read into it
                    taken.append(Named(found.start(), found.end(), date.max, date.max))
                continue
            first, last = span if isinstance(span, tuple) else (span, span)
            taken.append(Named(found.start(), found.end(), first, last))
    return sorted((one for one in taken if one.first != date.max), key=lambda one: one.start)


# One rule each: what was matched, today, and whether to look ahead


def _turn(word: str | None) -> str:
    return words.by_phrase("turn").get(word or "", "")


def _with_year(
    of_year: Callable[[int], Span | None], said: dict[str, str], today: date, ahead: bool
) -> Span | None:
    written = said.get("y")
    if written and written.isdigit():
        return of_year(spans.full_year(int(written)))
    return spans.placed(of_year, today, ahead=ahead, turn=_turn(written or said.get("turn")))


def _on(month: int, number: int) -> Callable[[int], Span | None]:
    def of_year(year: int) -> Span | None:
        found = spans.day(year, month, number)
        return (found, found) if found else None

    return of_year


def _number(said: str) -> int:
    return 1 if said in ("premier", "first") else int(said.split(maxsplit=1)[0])


def _written(said: dict[str, str], today: date, ahead: bool) -> Span | date | None:
    month = int(said["m"])
    if not 1 <= month <= 12:
        return None
    if "d" in said:
        return _with_year(_on(month, int(said["d"])), said, today, ahead)
    return spans.month_of(int(said["y"]), month)


def _of_a_month(said: dict[str, str], today: date, ahead: bool) -> Span | None:
    month = int(words.by_phrase("month")[said["month"]])
    return _with_year(_on(month, _number(said["dd"])), said, today, ahead)


def _month_first(said: dict[str, str], today: date, ahead: bool) -> Span | None:
    """ "March 12th"; but "mars 25" is a month of 2025."""
    month, number = int(words.by_phrase("month")[said["month"]]), int(said["dd"])
    if said["month"] in _ENGLISH_MONTHS or said["nth"]:
        return _with_year(_on(month, number), said, today, ahead)
    return spans.month_of(2000 + number, month) if 15 <= number <= today.year % 100 + 2 else None


def _in_month(said: dict[str, str], today: date, ahead: bool) -> Span | None:
    month = int(words.by_phrase("month")[said["month"]])
    found = _with_year(lambda year: spans.month_of(year, month), said, today, ahead)
    return _parted(found, said)


def _of_next_month(said: dict[str, str], today: date, ahead: bool) -> date | None:
    first, _ = spans.stretch("month", today, "next")
    return spans.day(first.year, first.month, int(said["dd"]))


def _in_last_year(said: dict[str, str], today: date, ahead: bool) -> Span:
    return spans.month_of(today.year - 1, int(words.by_phrase("month")[said["month"]]))


def _parted(found: Span | None, said: dict[str, str]) -> Span | None:
    if found is None or not said.get("part"):
        return found
    return spans.part_of(found, words.by_phrase("part")[said["part"]])


def _in_feast(said: dict[str, str], today: date, ahead: bool) -> Span | None:
    name = said["feast"]
    after_easter = words.by_phrase("easter").get(name)

    def of_year(year: int) -> Span | None:
        if after_easter is not None:
            found = easter(year) + timedelta(days=int(after_easter))
            return found, found
        first, _, last = words.by_phrase("period")[name].partition("..")
        start = date(year, *map(int, first.split("-")))
        end = date(year, *map(int, (last or first).split("-")))
        return start, end if end >= start else end.replace(year=year + 1)

    return _parted(_with_year(of_year, said, today, ahead), said)


def _stretch(said: dict[str, str], today: date, ahead: bool) -> Span | None:
    turn = _turn(said.get("after") or said.get("before") or None)
    return spans.stretch(words.by_phrase("stretch")[said["stretch"]], today, turn)


def _in_stretch(said: dict[str, str], today: date, ahead: bool) -> Span | None:
    return _parted(_stretch(said, today, ahead), said)


def _in_year(said: dict[str, str], today: date, ahead: bool) -> Span | None:
    return _parted(_year(said, today, ahead), said)


def _year(said: dict[str, str], today: date, ahead: bool) -> Span:
    return date(int(said["y"]), 1, 1), date(int(said["y"]), 12, 31)


def _weekday(said: dict[str, str], today: date, ahead: bool) -> date:
    index = int(words.by_phrase("weekday")[said["weekday"]])
    found = spans.weekday(index, today, ahead=ahead, turn=_turn(said.get("after") or said.get("before")))
    more = {"8": 7, "huit": 7, "15": 14, "quinze": 14}.get(said.get("fortnight") or "", 0)
    return found + timedelta(days=more)


def _day_numbered(said: dict[str, str], today: date, ahead: bool) -> date | None:
    index = int(words.by_phrase("weekday")[said["weekday"]])
    number = _number(said["dd"])
    return spans.numbered(number, today, ahead=ahead, index=index) or spans.numbered(
        number, today, ahead=ahead
    )


def _numbered(said: dict[str, str], today: date, ahead: bool) -> date | None:
    return spans.numbered(_number(said["dd"]), today, ahead=ahead)


def _relative(said: dict[str, str], today: date, ahead: bool) -> date:
    return today + timedelta(days=int(words.by_phrase("day")[said["relative"]]))


def _once(said: dict[str, str], today: date, ahead: bool) -> date:
    return date.fromisoformat(words.by_phrase("once")[said["once"]])


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
