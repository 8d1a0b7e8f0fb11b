"""Who has a seat in a workshop: kept, offered, taken, given on, waited for. Pure.

A seat is kept for each person who was picked, as far as there are seats; the others wait in line. A seat that becomes
free is offered to the first in line, until a deadline that fits the time left. One that is kept or offered runs out
only where somebody waits for it. Taken and kept seats together are never more than there are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

HOURS: Final = (time(8), time(20))
"""When people may be written to, on their own wall clock."""
LAST_OFFER: Final = timedelta(hours=2)
"""Nearer to the beginning nothing is offered any more: a free seat is for whoever asks first."""
FIRST_ANSWER: Final = timedelta(days=3)
NEXT_ANSWER: Final = timedelta(days=1)
"""How long a seat is kept at most, for who was picked, and for who was in line; else half of the time left."""
LEAST_ANSWER: Final = timedelta(hours=1)


class State(StrEnum):
    """Where one person stands."""

    PICKED = "picked"  # not invited yet
    KEPT = "kept"  # invited; the seat is theirs to take
    OFFERED = "offered"  # it was somebody else's, and is theirs to take now
    ACCEPTED = "accepted"
    WAITING = "waiting"
    DECLINED = "declined"
    MISSED = "missed"  # did not answer in time


HELD: Final = frozenset((State.KEPT, State.OFFERED))
CONCERNED: Final = HELD | {State.ACCEPTED, State.WAITING}
"""Those who are told when the workshop is moved or cancelled."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One person and the workshop. `queued_at`: since when in line. `reachable`: Bob may and can write to them."""

    id: int
    state: State
    queued_at: datetime | None = None
    deadline: datetime | None = None
    time_zone: str = "Europe/Paris"
    reachable: bool = True


@dataclass(frozen=True, slots=True)
class Seating:
    """A workshop's seats, and everybody who has to do with them. Instants are aware, in UTC."""

    seats: int
    starts_at: datetime
    people: tuple[Seat, ...]

    @property
    def free(self) -> int:
        return self.seats - sum(one.state in HELD or one.state is State.ACCEPTED for one in self.people)

    @property
    def line(self) -> list[Seat]:
        """Those who wait, the first in line first."""
        waiting = [one for one in self.people if one.state is State.WAITING]
        return sorted(waiting, key=lambda one: (one.queued_at or self.starts_at, one.id))

    def of(self, seat_id: int) -> Seat:
        """Raises StopIteration for somebody who is not among them."""
        return next(one for one in self.people if one.id == seat_id)

    def with_one(self, changed: Seat) -> Seating:
        return replace(self, people=tuple(changed if one.id == changed.id else one for one in self.people))


def opening(now: datetime, time_zone: str) -> datetime:
    """When somebody in that zone may be written to: now, or the next 08:00 of theirs."""
    zone = ZoneInfo(time_zone)
    local = now.astimezone(zone)
    if HOURS[0] <= local.time() < HOURS[1]:
        return now
    day = local.date() + timedelta(days=local.time() >= HOURS[1])
    return datetime.combine(day, HOURS[0], zone).astimezone(UTC)


def end_of_hours(now: datetime, time_zone: str) -> datetime:
    """The next 20:00 of somebody in that zone: until when a message that may go out now still may."""
    zone = ZoneInfo(time_zone)
    local = now.astimezone(zone)
    day = local.date() + timedelta(days=local.time() >= HOURS[1])
    return datetime.combine(day, HOURS[1], zone).astimezone(UTC)


def invite(seating: Seating, now: datetime) -> Seating:
    """Everybody who was picked gets a seat, or a place in line."""
    for one in sorted(seating.people, key=lambda one: one.id):
        if one.state is not State.PICKED:
            continue
        if seating.free > 0 and not seating.line:
            seating = seating.with_one(_holding(one, State.KEPT, seating, now, FIRST_ANSWER))
        else:
            seating = seating.with_one(replace(one, state=State.WAITING, queued_at=now))
    return seating


def take(seating: Seating, seat_id: int, now: datetime) -> Seating:
    """Somebody wants to come: the seat that is theirs, a free one that nobody is in line for, else a place in line."""
    one = seating.of(seat_id)
    if now >= seating.starts_at or one.state in (State.ACCEPTED, State.PICKED):
        return seating
    if one.state in HELD or (seating.free > 0 and _may_step_in(seating, one, now)):
        return seating.with_one(replace(one, state=State.ACCEPTED, deadline=None, queued_at=None))
    if one.state is State.WAITING:
        return seating
    queued = pass_time(seating.with_one(replace(one, state=State.WAITING, queued_at=now)), now)
    return take(queued, seat_id, now) if queued.of(seat_id).state is State.OFFERED else queued


def give(seating: Seating, seat_id: int, now: datetime) -> Seating:
    """Somebody cannot come: their seat is offered to the first in line."""
    one = seating.of(seat_id)
    if now >= seating.starts_at or one.state not in CONCERNED:
        return seating
    declined = replace(one, state=State.DECLINED, deadline=None, queued_at=None)
    return pass_time(seating.with_one(declined), now)


def pass_time(seating: Seating, now: datetime) -> Seating:
    """What has run out goes to the next in line, and so does what is free."""
    while (first := _next_in_line(seating, now)) is not None:
        if seating.free <= 0:
            late = _run_out(seating, now)
            if late is None:
                break
            seating = seating.with_one(replace(late, state=State.MISSED, deadline=None))
        seating = seating.with_one(_holding(first, State.OFFERED, seating, now, NEXT_ANSWER))
    return seating


def resize(seating: Seating, seats: int, now: datetime) -> Seating:
    """Another number of seats, never fewer than were accepted. Those who lose a kept one are first in line."""
    accepted = sum(one.state is State.ACCEPTED for one in seating.people)
    seating = replace(seating, seats=max(seats, accepted, 1))
    held = sorted((one for one in seating.people if one.state in HELD), key=lambda one: one.id)
    while seating.free < 0:
        head = seating.line[0].queued_at if seating.line else None
        before = (head or now) - timedelta(microseconds=1)
        last = held.pop()
        seating = seating.with_one(replace(last, state=State.WAITING, queued_at=before, deadline=None))
    return pass_time(seating, now)


def move(seating: Seating, starts_at: datetime, now: datetime) -> Seating:
    """Another moment. Whoever accepted keeps the seat; the others have the time that fits the new one."""
    seating = replace(seating, starts_at=starts_at)
    for one in seating.people:
        if one.state in HELD:
            longest = FIRST_ANSWER if one.state is State.KEPT else NEXT_ANSWER
            seating = seating.with_one(_holding(one, one.state, seating, now, longest))
    return pass_time(seating, now)


def next_instant(seating: Seating, now: datetime) -> datetime | None:
    """When a seat runs out that somebody waits for; None when nothing is foreseen."""
    if not seating.line or now >= seating.starts_at:
        return None
    coming = [one.deadline for one in seating.people if one.state in HELD and one.deadline is not None]
    return min((at for at in coming if at > now), default=None)


def deadline(sent: datetime, starts_at: datetime, longest: timedelta) -> datetime:
    """Until when somebody who is written to at `sent` may answer: a whole hour, where it still comes before."""
    until = sent + max(min((starts_at - sent) / 2, longest), LEAST_ANSWER)
    hour = until.replace(minute=0, second=0, microsecond=0)
    whole = hour if hour == until else hour + timedelta(hours=1)
    return whole if whole < starts_at else until


def _holding(one: Seat, state: State, seating: Seating, now: datetime, longest: timedelta) -> Seat:
    until = deadline(opening(now, one.time_zone), seating.starts_at, longest)
    return replace(one, state=state, deadline=until, queued_at=None)


def _next_in_line(seating: Seating, now: datetime) -> Seat | None:
    """The first in line who can still be asked."""
    latest = seating.starts_at - LAST_OFFER
    return next(
        (one for one in seating.line if one.reachable and opening(now, one.time_zone) <= latest), None
    )


def _may_step_in(seating: Seating, one: Seat, now: datetime) -> bool:
    """Whether somebody without a seat may have a free one: nobody who could be asked is in line before them."""
    first = _next_in_line(seating, now)
    return first is None or first.id == one.id


def _run_out(seating: Seating, now: datetime) -> Seat | None:
    """The seat that has been kept for longest beyond its deadline."""
    late = [one for one in seating.people if one.state in HELD and one.deadline and one.deadline <= now]
    return min(late, key=lambda one: (one.deadline or now, one.id), default=None)
