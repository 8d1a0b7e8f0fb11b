"""An appointment as the dialogues see it, and when Bob reminds of it. Pure: the scheduler uses it too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

EVE = time(18)
"""When the reminder of the eve comes, in the person's wall clock: time enough left to get things ready."""
BEFORE = timedelta(hours=2)
"""How long before it the last reminder comes."""
WAKING = (time(6), time(22))
"""Outside of these hours nobody is woken for an appointment: the reminder of the eve has to do."""
KINDS = ("interview", "counsellor", "job_centre", "group", "private", "other")
FOLLOWED = ("counsellor", "job_centre")
"""Kinds at which one speaks of the search: the eve's brief gathers what to say."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """One appointment. `local_when` is the wall clock in `time_zone`, as it was said; instants follow from it.

    place: with whom or where, in the person's words. sequence: how often it was changed. question: theirs
    for that day.
    """

    uid: str
    kind: str
    place: str | None
    local_when: datetime
    time_zone: str
    cancelled: bool = False
    sequence: int = 0
    question: str | None = None

    @property
    def starts_at(self) -> datetime:
        """The instant (UTC). A wall clock that summer time skips means the next one that exists."""
        return self.local_when.replace(tzinfo=ZoneInfo(self.time_zone)).astimezone(UTC)

    @property
    def short(self) -> str:
        """Its name on a button."""
        return self.uid[:8]

    def seen_in(self, zone: ZoneInfo) -> datetime:
        """Its beginning on the wall clock of a zone, naive: where the person is now."""
        return self.starts_at.astimezone(zone).replace(tzinfo=None)


class Reminders(NamedTuple):
    """The instants (UTC) of the reminders that are still to come; None for one that is not."""

    eve: datetime | None
    soon: datetime | None


def reminders(one: Appointment, time_zone: str, now: datetime) -> Reminders:
    """When to remind somebody who is in that zone: the evening before, and two hours before."""
    if one.cancelled:
        return Reminders(None, None)
    zone = ZoneInfo(time_zone)
    local = one.starts_at.astimezone(zone)
    eve = datetime.combine(local.date() - timedelta(days=1), EVE, zone).astimezone(UTC)
    soon = one.starts_at - BEFORE
    awake = WAKING[0] <= soon.astimezone(zone).time() <= WAKING[1]
    return Reminders(eve if eve > now else None, soon if soon > now and awake else None)


def ahead(appointments: tuple[Appointment, ...], now: datetime) -> list[Appointment]:
    """Those that will take place, the next one first."""
    coming = [one for one in appointments if not one.cancelled and one.starts_at > now]
    return sorted(coming, key=lambda one: (one.starts_at, one.uid))
