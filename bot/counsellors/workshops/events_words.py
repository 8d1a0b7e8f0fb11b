"""What a counsellor writes of a workshop: its title, moment, place and seats, in four lines; or one of them anew."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.counsellors.group_text import GroupText, said
from bot.understanding import appointments as words

LONGEST: Final = 80
MOST_SEATS: Final = 200
FURTHEST: Final = timedelta(days=366)
_COUNT = re.compile(r"\d{1,4}")


@dataclass(frozen=True, slots=True)
class Written:
    """A workshop as it was written. `when`: the team's wall clock, naive."""

    title: str
    when: datetime
    place: str
    seats: int


def details(text: str, now: datetime) -> Written | GroupText:
    """Four parts, on a line each or with semicolons between; else what is wrong.

    `now`: the team's wall clock, naive.
    """
    parts = [" ".join(part.split()) for part in re.split(r"[\n;]", text) if part.strip()]
    if len(parts) != 4:
        return said("bulk.event.four_parts")
    title, moment, place, count = parts
    if len(title) > LONGEST or len(place) > LONGEST:
        return said("bulk.event.too_long", most=LONGEST)
    when, places = when_of(moment, now), seats_of(count)
    if isinstance(when, GroupText):
        return when
    return places if isinstance(places, GroupText) else Written(title, when, place, places)


def wall_clock(now: datetime, zone: str) -> datetime:
    """An instant on the wall clock of a zone, naive."""
    return now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def instant(when: datetime, zone: str) -> datetime:
    """The reverse, in UTC."""
    return when.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def when_of(text: str, now: datetime) -> datetime | GroupText:
    """A day and an hour that are ahead."""
    today: date = now.date()
    day, at = words.when(text, today)
    if day is None or at is None:
        return said("bulk.event.no_moment")
    when = datetime.combine(day, at)
    if not now < when <= now + FURTHEST:
        return said("bulk.event.not_ahead")
    return when


def seats_of(text: str) -> int | GroupText:
    """A number of seats from 1 to 200."""
    found = _COUNT.findall(text)
    if len(found) != 1 or not 1 <= int(found[0]) <= MOST_SEATS:
        return said("bulk.event.no_seats", most=MOST_SEATS)
    return int(found[0])
