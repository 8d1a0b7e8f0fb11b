"""What the database tells of somebody's days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.advice.applications import State
from bot.advice.facts import Outcome
from storage import applications, days
from storage.progress import past
from tests.advice.making_applications import an_application
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


def test_applications_and_interviews_come_from_the_board(room: Room) -> None:
    person, other = room.person(1), room.person(2)
    sent, met = TODAY - 20 * DAY, TODAY - 3 * DAY
    for number, days_of in enumerate(
        (
            {State.SENT: sent, State.INTERVIEW: met},
            {State.SENT: TODAY, State.INTERVIEW: TODAY + 2 * DAY},  # an appointment is no interview yet
            {State.TODO: TODAY},
        ),
        start=1,
    ):
        state = list(days_of)[-1]
        kept = replace(an_application(number, state), days=days_of)
        room(applications.save, person, kept, today=TODAY)
    room(applications.save, other, an_application(), today=TODAY)
    told = room(past, person, TODAY - 7 * DAY, TODAY)
    assert sorted(told.applications) == [sent, TODAY]
    assert told.interviews == (met,)
    assert (told.applications_in_all, told.interviews_in_all) == (2, 1)
