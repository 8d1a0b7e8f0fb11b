"""Who needs this counsellor today: each with one reason and one thing to do, in an order that stays.

First who waits for an answer, the longest in the counsellor's working time; then who asks for a call or a human; then
what does not move; then tomorrow's appointments. A few places of the list are kept for people to whom nobody has spoken
for weeks: they come up in turn, so that being polite and quiet is no way to be forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import ceil
from typing import Final

from bot.counsellors.needs.followed import NEW, NO_MEETING, NOTHING_DONE, Followed, Standing
from bot.counsellors.working_time import Hours

SHOWN: Final = 10
"""People on the list at once; the others follow on demand."""
ROUND: Final = 30
"""Working days in which everybody quiet has come up once, up to `ROUND * MOST_SEATS` quiet people."""
MOST_SEATS: Final = 5
"""Quiet people who come up in a day."""
QUIET: Final = timedelta(weeks=3)
QUIET_AWAY: Final = timedelta(weeks=8)
"""The same for somebody who wants to be left alone for now, or has found a job."""
AGAIN: Final = timedelta(weeks=6)
"""How long somebody who came up, and to whom still nobody spoke, stays away from the list."""
MEETS_SOON: Final = timedelta(weeks=2)
"""With an appointment so near, nobody is forgotten."""


class Kind(StrEnum):
    """Why somebody is on the list."""

    CALL = "call"
    HUMAN = "human"
    WAITING = "waiting"
    STUCK = "stuck"
    NOTHING_DONE = "nothing_done"
    NEVER_MET = "never_met"
    APPOINTMENT = "appointment"
    QUIET = "quiet"
    UNREACHABLE = "unreachable"


class Suggested(StrEnum):
    """What to do about it: the one button."""

    REPLY = "reply"
    CALL = "call"
    MEET = "meet"
    EASIER = "easier"
    PREPARE = "prepare"
    HELLO = "hello"


SUGGESTED: Final = {
    Kind.CALL: Suggested.CALL,
    Kind.HUMAN: Suggested.CALL,
    Kind.WAITING: Suggested.REPLY,
    Kind.STUCK: Suggested.EASIER,
    Kind.NOTHING_DONE: Suggested.CALL,
    Kind.NEVER_MET: Suggested.MEET,
    Kind.APPOINTMENT: Suggested.PREPARE,
    Kind.QUIET: Suggested.HELLO,
    Kind.UNREACHABLE: Suggested.CALL,
}
_RANKS: Final = (
    Kind.WAITING,
    Kind.CALL,
    Kind.HUMAN,
    Kind.STUCK,
    Kind.NOTHING_DONE,
    Kind.NEVER_MET,
    Kind.APPOINTMENT,
    Kind.QUIET,
    Kind.UNREACHABLE,
)
RANK: Final = {kind: rank for rank, kind in enumerate(_RANKS)}
WAITS_FOR_SOMEBODY: Final = frozenset({Kind.WAITING, Kind.CALL, Kind.HUMAN})

_Order = tuple[int, float, float, int]


@dataclass(frozen=True, slots=True)
class Need:
    """One line: somebody, why, since which local date, and what to do."""

    person: Followed
    kind: Kind
    since: date
    order: _Order

    @property
    def suggested(self) -> Suggested:
        blocked = self.person.standing is Standing.UNREACHABLE
        return Suggested.CALL if blocked and self.kind in WAITS_FOR_SOMEBODY else SUGGESTED[self.kind]


@dataclass(frozen=True, slots=True)
class Shortlist:
    """A counsellor's day. `raised`: who comes up as nobody has spoken to them; to be noted as `raised_on` today."""

    shown: tuple[Need, ...]
    more: tuple[Need, ...]
    raised: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.shown) + len(self.more)


@dataclass(frozen=True, slots=True)
class Today:
    """A moment of a counsellor's day."""

    hours: Hours
    now: datetime
    today: date
    tomorrow: date | None  # their next working day

    @classmethod
    def of(cls, hours: Hours, now: datetime) -> Today:
        today = hours.today(now)
        return cls(hours, now, today, hours.next_working_day(today))

    def date(self, at: datetime | None) -> date | None:
        """The local date of an instant."""
        return None if at is None else self.hours.today(at)


def shortlist(people: Iterable[Followed], hours: Hours, now: datetime) -> Shortlist:
    """Who needs the counsellor with these working hours, out of the people for whom they act."""
    everybody, day = list(people), Today.of(hours, now)
    needs = sorted(
        (need for person in everybody if (need := need_of(person, day))), key=lambda need: need.order
    )
    quiet = [person for person in everybody if is_quiet(person, day)]
    raised = _in_turn(everybody, quiet, {need.person.link for need in needs[: SHOWN - MOST_SEATS]}, day)
    first = needs[: SHOWN - len(raised)]
    seated = {need.person.link for need in first}
    known = {need.person.link: need for need in needs}
    seats = [
        known.get(person.link) or _quiet_need(person, day) for person in raised if person.link not in seated
    ]
    shown = sorted([*first, *seats], key=lambda need: need.order)
    on_it = {need.person.link for need in shown}
    return Shortlist(
        tuple(shown),
        tuple(need for need in needs if need.person.link not in on_it),
        tuple(person.link for person in raised),
    )


def need_of(person: Followed, day: Today) -> Need | None:
    """What somebody needs of themselves, whatever the others do; None when nothing presses."""
    if waiting := _waits(person, day):
        return waiting
    for kind, since in _slow(person, day):
        if since is not None:
            return Need(person, kind, since, _order(kind, person, since))
    return None


def _waits(person: Followed, day: Today) -> Need | None:
    """Whoever waits ranks by it, even if what they wait for is said as a call."""
    asked = {Kind.CALL: person.calls_since, Kind.HUMAN: person.asks_since, Kind.WAITING: person.waits_since}
    kinds = {kind: since for kind, since in asked.items() if since is not None}
    if not kinds:
        return None
    kind = next(iter(kinds))
    rank = min(RANK[each] for each in kinds)
    longest = person.waits_since or kinds[kind]
    waited = day.hours.worked(longest, day.now).total_seconds()
    order = (rank, -waited, longest.timestamp(), person.link)
    return Need(person, kind, day.hours.today(kinds[kind]), order)


def _slow(person: Followed, day: Today) -> Iterable[tuple[Kind, date | None]]:
    """What does not move, and since when; a look of the counsellor begins the count anew."""
    today, handled = day.today, day.date(person.handled_at)
    if person.standing is Standing.SEARCHING:
        fresh = person.handled_at is None or (
            person.stuck_at is not None and person.stuck_at > person.handled_at
        )
        yield Kind.STUCK, person.stuck_from if person.is_stuck and fresh else None
        undone = person.did_nothing(today) and (handled is None or today - handled >= NOTHING_DONE)
        yield Kind.NOTHING_DONE, (person.done_on or person.given_from) if undone else None
        unmet = person.met_on is None and person.next_appointment_at is None
        new = unmet and NO_MEETING <= today - person.linked_on < NEW
        yield Kind.NEVER_MET, person.linked_on if new and handled is None else None
    meeting = day.date(person.next_appointment_at)
    tomorrow = meeting is not None and day.tomorrow is not None and today < meeting <= day.tomorrow
    yield Kind.APPOINTMENT, meeting if tomorrow and handled != today else None


def spoken_on(person: Followed, day: Today) -> date:
    """When a counsellor last spoke or wrote to them, or saw to them; at the latest when they were linked."""
    moments = (person.met_on, day.date(person.contacted_at), day.date(person.handled_at))
    return max([person.linked_on, *(moment for moment in moments if moment is not None)])


def is_quiet(person: Followed, day: Today) -> bool:
    """Whether nobody has spoken to them for weeks, nor will soon."""
    meeting = day.date(person.next_appointment_at)
    if meeting is not None and day.today <= meeting <= day.today + MEETS_SOON:
        return False
    left_alone = person.standing in (Standing.PAUSED, Standing.IN_WORK, Standing.STOPPED)
    return day.today - spoken_on(person, day) >= (QUIET_AWAY if left_alone else QUIET)


def _in_turn(
    everybody: Sequence[Followed], quiet: Sequence[Followed], on_it: set[int], day: Today
) -> list[Followed]:
    """The quiet people who come up today: those who already have, then whoever has been out of mind the longest.

    A place that was used today is not given again: the list gets shorter as it is worked off.
    """
    kept = [person for person in quiet if person.raised_on == day.today]
    used = sum(person.raised_on == day.today for person in everybody)
    seats = min(ceil(len(quiet) / ROUND), MOST_SEATS) - used
    waiting = [
        person
        for person in quiet
        if person.link not in on_it and (person.raised_on is None or day.today - person.raised_on >= AGAIN)
    ]
    waiting.sort(key=lambda person: (_in_mind(person, day), person.link))
    return [*kept, *waiting[: max(seats, 0)]]


def _in_mind(person: Followed, day: Today) -> date:
    spoken = spoken_on(person, day)
    return spoken if person.raised_on is None else max(spoken, person.raised_on)


def _quiet_need(person: Followed, day: Today) -> Need:
    kind = Kind.UNREACHABLE if person.standing is Standing.UNREACHABLE else Kind.QUIET
    since = spoken_on(person, day)
    return Need(person, kind, since, _order(kind, person, since))


def _order(kind: Kind, person: Followed, since: date) -> _Order:
    return RANK[kind], 0.0, float(since.toordinal()), person.link
