"""The morning's digest: Monday to Friday at 08:00 of the team, only if somebody needs something, ten lines at most.

One for a team, by counsellor, or one for each counsellor, as the team chose. Whoever waits the longest has a line
first, and each counsellor has one before anybody has two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.counsellors.needs.urgent import WAITS_FOR_SOMEBODY, Need, Shortlist
from bot.counsellors.working_time import Hours

AT: Final = time(8)
UNTIL: Final = time(12)
"""A digest that could not go out by then is left out: the day is under way, and /urgent says the same."""
LINES: Final = 10
"""Lines of the whole message: the summary, the people, and how many more there are."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What a morning's message says: `waiting` people wait for somebody, `others` need something else; then a line for
    some of them, by counsellor, and `more` for whom there was no room.
    """

    waiting: int
    others: int
    lines: tuple[tuple[int, Need], ...]
    more: int

    @property
    def people(self) -> tuple[int, ...]:
        """The links that have a line."""
        return tuple(need.person.link for _, need in self.lines)


def digest(lists: Mapping[int, Shortlist]) -> Digest | None:
    """The digest of these counsellors' lists, in the order in which they are given; None when nobody needs anything."""
    queues = {counsellor: [*each.shown, *each.more] for counsellor, each in lists.items() if len(each)}
    needs = [need for queue in queues.values() for need in queue]
    if not needs:
        return None
    room = LINES - 1 if len(needs) <= LINES - 1 else LINES - 2
    taken = _shares({counsellor: list(queue) for counsellor, queue in queues.items()}, room)
    lines = tuple(
        (counsellor, need) for counsellor, queue in queues.items() for need in queue[: taken[counsellor]]
    )
    waiting = sum(need.kind in WAITS_FOR_SOMEBODY for need in needs)
    return Digest(waiting, len(needs) - waiting, lines, len(needs) - len(lines))


def _shares(queues: Mapping[int, list[Need]], room: int) -> Counter[int]:
    """How many lines each counsellor gets: one each, the most pressing need first, then by what presses most."""
    by_first = sorted(queues, key=lambda counsellor: queues[counsellor][0].order)
    first = by_first[:room]
    rest = sorted((need.order, counsellor) for counsellor in first for need in queues[counsellor][1:])
    return Counter([*first, *(counsellor for _, counsellor in rest[: room - len(first)])])


def is_due(zone: Hours, now: datetime, last_on: date | None) -> bool:
    """Whether a digest is to go out. `zone`: the team's days and holidays; `last_on`: local date of the last one."""
    local = now.astimezone(ZoneInfo(zone.zone))
    fresh = last_on is None or last_on < local.date()
    return fresh and zone.is_working_day(local.date()) and AT <= local.time() < UNTIL


def next_at(zone: Hours, now: datetime, last_on: date | None) -> datetime | None:
    """The instant of the next digest, now or later; None when no working day is in sight."""
    if is_due(zone, now, last_on):
        return now
    local = now.astimezone(ZoneInfo(zone.zone))
    spent = local.time() >= AT or (last_on is not None and last_on >= local.date())
    day = zone.next_working_day(local.date() if spent else local.date() - timedelta(days=1))
    if day is None:
        return None
    return datetime.combine(day, AT, ZoneInfo(zone.zone)).astimezone(UTC)
