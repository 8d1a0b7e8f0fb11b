"""What must hold of what is sent unasked (C1, C5, C6), worked out anew from what happened, apart from Bob's code."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.advice.opening import is_public_holiday
from bot.advice.profile import Profile

EARLIEST, LATEST = time(8), time(20)
GAPS = {0: 1, 1: 1, 2: 1, 3: 1, 4: 3, 5: 3, 6: 3, 7: 7, 8: 7, 9: 7, 10: 7}
"""Messages without an answer -> days until the next one at the earliest. More of them: none comes."""


class Broken(AssertionError):
    """A rule does not hold."""


@dataclass(slots=True)
class Witness:
    """Sees everything that happens to one person, and raises `Broken` when a rule does not hold."""

    used: set[date] = field(default_factory=set)
    """Local dates that are used up: by a message, by an action of their own choice, by their answer after long."""
    sent: list[tuple[date, datetime]] = field(default_factory=list)
    unanswered: int = 0
    seen: set[str] = field(default_factory=set)
    """What was come across: rungs of the ladder and statuses, with "to" where left."""

    def pushed(self, profile: Profile, now: datetime, status: str) -> None:
        """Something unasked was sent."""
        local = now.astimezone(ZoneInfo(profile.time_zone))
        day, clock = local.date(), local.time().replace(second=0, microsecond=0)
        if any(day == former for former, _ in self.sent):
            raise Broken(f"two messages on {day}")
        if not EARLIEST <= clock <= LATEST:
            raise Broken(f"at {clock}, outside the hours")
        if is_off(profile, day):
            raise Broken(f"on {day}, a day off")
        if status != "active":
            raise Broken(f"to somebody who is {status}")
        if self.unanswered not in GAPS:
            raise Broken("after the closing")
        if self.used and day < max(self.used) + timedelta(days=GAPS[self.unanswered]):
            raise Broken(f"on {day}, too soon after {max(self.used)} with {self.unanswered} unanswered")
        self.sent.append((day, now))
        self.used.add(day)
        self.unanswered += 1

    def covered(self, profile: Profile, now: datetime) -> None:
        """An action of their own choice is the day's."""
        self.used.add(now.astimezone(ZoneInfo(profile.time_zone)).date())

    def heard(self, profile: Profile, now: datetime) -> None:
        """A sign of life. After messages days apart, the daily ones begin at the next hour of theirs."""
        local = now.astimezone(ZoneInfo(profile.time_zone))
        if GAPS.get(self.unanswered) != 1 and local.time() >= hour_of(profile):
            self.used.add(local.date())
        self.unanswered = 0

    def missing(self, profile: Profile, now: datetime, status: str) -> None:
        """Bob was up at this instant and has done all that he found due: nothing may be left to say."""
        local = now.astimezone(ZoneInfo(profile.time_zone))
        day, clock = local.date(), local.time()
        if status != "active" or self.unanswered not in GAPS or is_off(profile, day):
            return
        if clock < hour_of(profile) or clock.replace(second=0, microsecond=0) > LATEST:
            return
        if not self.used or day >= max(self.used) + timedelta(days=GAPS[self.unanswered]):
            raise Broken(f"nothing came on {day}, by {clock}")

    def note(self, status: str) -> None:
        """Where the person stands."""
        self.seen |= {f"status {status}", f"rung {self.unanswered}"}


def hour_of(profile: Profile) -> time:
    return min(max(profile.hour or time(9), EARLIEST), LATEST)


def is_off(profile: Profile, day: date) -> bool:
    days = profile.days or {1, 2, 3, 4, 5, 6}
    return day.isoweekday() not in days or (not profile.public_holidays and is_public_holiday(profile, day))
