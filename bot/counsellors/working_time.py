"""When a counsellor works: hours, days off, public holidays; and how long somebody waited in that time.

A wall clock and a zone are what was said; instants are derived day by day, so that a change of summer time neither adds
nor loses an hour. Instants go in and come out aware, in UTC.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

import holidays

A_DAY: Final = timedelta(days=1)
WEEKDAYS: Final = frozenset(range(1, 6))
LOOKS_AHEAD: Final = 400
"""Days in which the next working instant is looked for: beyond, there is none."""


@dataclass(frozen=True, slots=True)
class Hours:
    """A counsellor's working hours, on the wall clock of `zone`: from `opens` until `closes` of the same day.

    `days`: weekdays, 1 = Monday. `away`: days off, each from a first to a last local date, both included. `country`:
    whose public holidays are kept (None: nobody's), `part` of it where they differ ("RE").
    """

    zone: str = "Europe/Paris"
    opens: time = time(9)
    closes: time = time(18)
    days: frozenset[int] = WEEKDAYS
    away: tuple[tuple[date, date], ...] = ()
    country: str | None = "FR"
    part: str | None = None

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError(f"working hours end before they begin: {self.opens} to {self.closes}")

    @property
    def zone_info(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    def today(self, now: datetime) -> date:
        """The local date."""
        return now.astimezone(self.zone_info).date()

    def is_working_day(self, day: date) -> bool:
        """Whether any of that local date is worked."""
        return (
            day.isoweekday() in self.days
            and not any(first <= day <= last for first, last in self.away)
            and not is_public_holiday(self.country, self.part, day)
        )

    def is_working(self, now: datetime) -> bool:
        """Whether the counsellor may be written to: never at night, on days off, on public holidays."""
        day = self.today(now)
        opens, closes = span(self, day)
        return opens <= now < closes and self.is_working_day(day)

    def next_working_day(self, after: date) -> date | None:
        """The first working day after that one; None when none is in sight."""
        return next(self._working_days(after + A_DAY), None)

    def next_working(self, now: datetime) -> datetime | None:
        """The first working instant at or after `now`; None when none is in sight."""
        for day in self._working_days(self.today(now)):
            opens, closes = span(self, day)
            if (start := max(now, opens)) < closes:
                return start.astimezone(UTC)
        return None

    def worked(self, since: datetime, until: datetime) -> timedelta:
        """The working time between two instants; none when they are the wrong way round."""
        day, last, total = self.today(since), self.today(until), timedelta()
        while day <= last:
            if self.is_working_day(day):
                opens, closes = span(self, day)
                total += max(min(closes, until) - max(opens, since), timedelta())
            day += A_DAY
        return total

    def after_working_days(self, since: datetime, days: int) -> datetime | None:
        """The same hour so many working days later; None when that is not in sight.

        A message of Monday 15:00 has waited for two on Wednesday 15:00, one of Saturday on Wednesday at the opening.
        """
        start = self.next_working(since)
        if start is None:
            return None
        local = start.astimezone(self.zone_info)
        day: date | None = local.date()
        for _ in range(days):
            day = None if day is None else self.next_working_day(day)
        if day is None:
            return None
        opens, closes = span(self, day)
        same_hour = datetime.combine(day, local.time(), self.zone_info).astimezone(UTC)
        return min(max(same_hour, opens), closes)

    def _working_days(self, start: date) -> Iterator[date]:
        days = (start + ahead * A_DAY for ahead in range(LOOKS_AHEAD))
        return (day for day in days if self.is_working_day(day))


@lru_cache(maxsize=4096)
def span(hours: Hours, day: date) -> tuple[datetime, datetime]:
    """The instants between which a local date is worked, if it is a working day."""
    zone = ZoneInfo(hours.zone)
    opens, closes = (datetime.combine(day, at, zone).astimezone(UTC) for at in (hours.opens, hours.closes))
    return opens, max(opens, closes)


@lru_cache(maxsize=4096)
def is_public_holiday(country: str | None, part: str | None, day: date) -> bool:
    """Whether that date is a public holiday there; False where Bob knows of none."""
    if country is None:
        return False
    try:
        return day in holidays.country_holidays(country, subdiv=part, years=day.year)
    except NotImplementedError:
        return False
