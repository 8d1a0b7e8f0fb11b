"""What the database tells of somebody's days."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.advice.facts import Outcome
from storage import days
from storage.progress import past
from tests.storage.making import NOW, TODAY, Room

DAY = timedelta(days=1)
LONG_AGO = date(2025, 1, 6)


def test_somebody_new_has_no_past(room: Room) -> None:
    told = room(past, room.person(), LONG_AGO, TODAY)
    assert told.since is None
    assert (told.recorded, told.done, told.open, told.done_in_all) == (frozenset(), {}, frozenset(), 0)


def test_days_done_actions_and_plans_are_found(room: Room) -> None:
    person, other = room.person(1), room.person(2)
    for back in (3, 2, 1):
        room(days.record_day, person, TODAY - back * DAY, "push", None, now=NOW)
    room(days.record_day, other, TODAY - 9 * DAY, "push", None, now=NOW)
    for back in (2, 2, 1):
        action = room.action(person, local_date=TODAY - back * DAY)
        room(days.close_action, action, Outcome.DONE, now=NOW)
    refused = room.action(person)
    room(days.close_action, refused, Outcome.REFUSED, now=NOW)
    opened = room.action(person)
    room(
        days.save_plan,
        opened,
        local_when=datetime.combine(TODAY + DAY, datetime.min.time()),
        time_zone="Europe/Paris",
    )
    room.action(other)
    told = room(past, person, TODAY - 2 * DAY, TODAY)
    assert told.since == TODAY - 3 * DAY
    assert told.recorded == {TODAY - 2 * DAY, TODAY - DAY}
    assert told.done == {TODAY - 2 * DAY: 2, TODAY - DAY: 1}
    assert told.open == {TODAY, TODAY + DAY}
    assert told.done_in_all == 3
    assert (
        room(past, person, TODAY, TODAY).done_in_all == 3
    )  # the sum is from the beginning, whatever is looked back on
