"""When the next daily action is due: the person's hour, days and zone. Pure; the scheduler and the dialogues share it.

The next instant is the local wall clock of the next chosen day, converted; never UTC + 24 h.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.advice.opening import is_public_holiday
from bot.advice.profile import Profile

EARLIEST = time(8)
LATEST = time(20)
"""Hard bounds of what is sent unasked, in the person's wall clock."""
DEFAULT_HOUR = time(9)
DEFAULT_DAYS = frozenset(range(1, 7))
"""Monday to Saturday."""
A_DAY = timedelta(days=1)
_LOOK_AHEAD_DAYS = 60 + 366
"""The longest absence, and then two months."""


def is_day_off(profile: Profile, day: date) -> bool:
    """True when nothing is sent unasked on that local date."""
    if profile.away_from and profile.away_until and profile.away_from <= day < profile.away_until:
        return True
    if day.isoweekday() not in (profile.days or DEFAULT_DAYS):
        return True
    return not profile.public_holidays and is_public_holiday(profile, day)


def local_hour(profile: Profile) -> time:
    """The hour of the daily action, within the bounds."""
    return min(max(profile.hour or DEFAULT_HOUR, EARLIEST), LATEST)


def instant(profile: Profile, day: date) -> datetime:
    """The UTC instant of the person's hour on a local date (a skipped wall clock means the next one that exists)."""
    local = datetime.combine(day, local_hour(profile), ZoneInfo(profile.time_zone))
    return local.astimezone(UTC)


def within_hours(profile: Profile, now: datetime) -> bool:
    """Whether something unasked may be sent at this instant: 08:00 to 20:00, to the minute, local."""
    local = now.astimezone(ZoneInfo(profile.time_zone)).time().replace(second=0, microsecond=0)
    return EARLIEST <= local <= LATEST


def next_due(profile: Profile, now: datetime, taken: date | None, gap: timedelta = A_DAY) -> datetime:
    """The instant (UTC) of the next daily action at or after `now`.

    `taken` is the latest local date whose push is used up; the next one comes `gap` (whole days) later at the earliest.
    When today's hour has passed and today is not used up, the action is still due, now, until 20:00 local.
    """
    zone = ZoneInfo(profile.time_zone)
    today = now.astimezone(zone).date()
    start = today if taken is None else max(today, taken + gap)
    for offset in range(_LOOK_AHEAD_DAYS):
        day = start + timedelta(days=offset)
        if is_day_off(profile, day):
            continue
        due = instant(profile, day)
        if due >= now:
            return due
        if within_hours(profile, now) and day == today:
            return now
    raise AssertionError("a rhythm has at least one day after an absence")
