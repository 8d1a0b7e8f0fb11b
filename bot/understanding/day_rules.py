"""One rule for each way of naming days: what was matched, today, and whether to look ahead."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta

from dateutil.easter import easter

from bot.understanding import spans, words
from bot.understanding.spans import Span

_ENGLISH_MONTHS = frozenset(
    name.lower() for names in (calendar.month_name, calendar.month_abbr) for name in names if name
)

_FIRST_SHORT_YEAR = 13
"""Years of two digits that can be no month: "09/25" is a month of 2025."""


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


def written(said: dict[str, str], today: date, ahead: bool) -> Span | date | None:
    month = int(said["m"])
    if ahead and "y" not in said and month > 12 and 1 <= int(said["d"]) <= 12:  # "until 12/15"
        return _with_year(_on(int(said["d"]), month), said, today, ahead)
    if "y" not in said and month > 12 and _FIRST_SHORT_YEAR <= month <= today.year % 100:  # "09/25"
        return spans.month_of(2000 + month, int(said["d"])) if 1 <= int(said["d"]) <= 12 else None
    if not 1 <= month <= 12:
        return None
    if "d" in said:
        return _with_year(_on(month, int(said["d"])), said, today, ahead)
    return spans.month_of(int(said["y"]), month)


def of_a_month(said: dict[str, str], today: date, ahead: bool) -> Span | None:
    month = int(words.by_phrase("month")[said["month"]])
    return _with_year(_on(month, _number(said["dd"])), said, today, ahead)


def month_first(said: dict[str, str], today: date, ahead: bool) -> Span | None:
    """ "March 12th"; but "mars 25" is a month of 2025."""
    month, number = int(words.by_phrase("month")[said["month"]]), int(said["dd"])
    if said["month"] in _ENGLISH_MONTHS or said["nth"]:
        return _with_year(_on(month, number), said, today, ahead)
    return spans.month_of(2000 + number, month) if 15 <= number <= today.year % 100 + 2 else None


def in_month(said: dict[str, str], today: date, ahead: bool) -> Span | None:
    month = int(words.by_phrase("month")[said["month"]])
    found = _with_year(lambda year: spans.month_of(year, month), said, today, ahead)
    return _parted(found, said)


def of_next_month(said: dict[str, str], today: date, ahead: bool) -> date | None:
    first, _ = spans.stretch("month", today, "next")
    return spans.day(first.year, first.month, int(said["dd"]))


def in_last_year(said: dict[str, str], today: date, ahead: bool) -> Span | None:
    if said.get("feast"):
        return in_feast({"feast": said["feast"], "y": str(today.year - 1)}, today, ahead)
    return spans.month_of(today.year - 1, int(words.by_phrase("month")[said["month"]]))


def before_last(said: dict[str, str], today: date, ahead: bool) -> Span | None:
    """ "the summer before last", "the year before last": the one before the last that is over."""
    if said.get("stretch"):
        return spans.stretch(words.by_phrase("stretch")[said["stretch"]], today, "before_last")
    made = in_month if said.get("month") else in_feast
    latest = made(said | {"turn": "last"}, today, False)
    return made(said | {"y": str(latest[0].year - 1)}, today, False) if latest else None


def _parted(found: Span | None, said: dict[str, str]) -> Span | None:
    if found is None or not said.get("part"):
        return found
    return spans.part_of(found, words.by_phrase("part")[said["part"]])


def in_feast(said: dict[str, str], today: date, ahead: bool) -> Span | None:
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


def stretch(said: dict[str, str], today: date, ahead: bool) -> Span | None:
    turn = _turn(said.get("after") or said.get("before") or None)
    return spans.stretch(words.by_phrase("stretch")[said["stretch"]], today, turn)


def in_stretch(said: dict[str, str], today: date, ahead: bool) -> Span | None:
    return _parted(stretch(said, today, ahead), said)


def in_year(said: dict[str, str], today: date, ahead: bool) -> Span | None:
    return _parted(year(said, today, ahead), said)


def year(said: dict[str, str], today: date, ahead: bool) -> Span:
    return date(int(said["y"]), 1, 1), date(int(said["y"]), 12, 31)


def weekday(said: dict[str, str], today: date, ahead: bool) -> date:
    index = int(words.by_phrase("weekday")[said["weekday"]])
    if said.get("fortnight"):  # "jeudi en huit" on a Thursday is in a week
        more = 14 if said["fortnight"] in ("15", "quinze", "2 weeks", "two weeks") else 7
        return today + timedelta(days=(index - today.weekday()) % 7 + more)
    return spans.weekday(index, today, ahead=ahead, turn=_turn(said.get("after") or said.get("before")))


def day_numbered(said: dict[str, str], today: date, ahead: bool) -> date | None:
    index = int(words.by_phrase("weekday")[said["weekday"]])
    number = _number(said["dd"])
    return spans.numbered(number, today, ahead=ahead, index=index) or spans.numbered(
        number, today, ahead=ahead
    )


def numbered(said: dict[str, str], today: date, ahead: bool) -> date | None:
    return spans.numbered(_number(said["dd"]), today, ahead=ahead)


def relative(said: dict[str, str], today: date, ahead: bool) -> date:
    return today + timedelta(days=int(words.by_phrase("day")[said["relative"]]))


def once(said: dict[str, str], today: date, ahead: bool) -> date:
    return date.fromisoformat(words.by_phrase("once")[said["once"]])
