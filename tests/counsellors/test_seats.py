"""Seats of a workshop: never more than there are, nobody twice, a free one to the first in line."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.counsellors.workshops import seats
from bot.counsellors.workshops.seats import CONCERNED, HELD, LAST_OFFER, Seat, Seating, State, opening

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)  # 10:00 in Paris
HOUR = timedelta(hours=1)


def a_workshop(places: int, people: int, *, in_hours: float = 24 * 7) -> Seating:
    """Somebody picked for each number from 1 on."""
    everybody = tuple(Seat(number, State.PICKED) for number in range(1, people + 1))
    return Seating(places, NOW + in_hours * HOUR, everybody)


def states(seating: Seating) -> list[str]:
    return [one.state.value for one in seating.people]


def test_seats_are_kept_for_those_picked_first_and_the_others_wait() -> None:
    assert states(seats.invite(a_workshop(2, 3), NOW)) == ["kept", "kept", "waiting"]


def test_a_seat_that_is_given_on_is_offered_to_the_first_in_line() -> None:
    seating = seats.invite(a_workshop(1, 3), NOW)
    seating = seats.give(seating, 1, NOW + HOUR)
    assert states(seating) == ["declined", "offered", "waiting"]
    assert seating.of(2).deadline == NOW + HOUR + seats.NEXT_ANSWER


def test_a_kept_seat_runs_out_only_where_somebody_waits() -> None:
    alone = seats.invite(a_workshop(1, 1), NOW)
    late = NOW + timedelta(days=4)
    assert states(seats.pass_time(alone, late)) == ["kept"]
    assert states(seats.take(alone, 1, late)) == ["accepted"]
    waited_for = seats.pass_time(seats.invite(a_workshop(1, 2), NOW), late)
    assert states(waited_for) == ["missed", "offered"]


def test_who_answers_too_late_goes_to_the_end_of_the_line() -> None:
    seating = seats.pass_time(seats.invite(a_workshop(1, 3), NOW), NOW + timedelta(days=4))
    seating = seats.take(seating, 1, NOW + timedelta(days=4, hours=1))
    assert states(seating) == ["waiting", "offered", "waiting"]
    assert [one.id for one in seating.line] == [3, 1]


def test_who_changes_their_mind_takes_a_seat_that_ran_out_long_ago() -> None:
    seating = seats.give(seats.invite(a_workshop(1, 2), NOW), 2, NOW)
    late = NOW + timedelta(days=4)
    assert states(seats.take(seating, 2, late)) == ["missed", "accepted"]


def test_the_deadline_fits_the_time_left() -> None:
    soon = seats.invite(a_workshop(1, 2, in_hours=8), NOW)
    assert soon.of(1).deadline == NOW + 4 * HOUR
    assert seats.give(soon, 1, NOW + 7 * HOUR).of(2).state is State.WAITING  # too near: it stays free
    assert states(seats.take(seats.give(soon, 1, NOW + 7 * HOUR), 2, NOW + 7 * HOUR)) == [
        "declined",
        "accepted",
    ]


def test_an_offer_of_the_night_has_its_time_from_the_morning_on() -> None:
    night = NOW.replace(hour=22)
    morning = NOW.replace(day=2, hour=7)  # 08:00 in Paris
    assert opening(night, "Europe/Paris") == morning
    seating = seats.give(seats.invite(a_workshop(1, 2), NOW), 1, night)
    assert seating.of(2).deadline == morning + seats.NEXT_ANSWER


def test_fewer_seats_take_none_from_who_accepted_and_put_the_last_kept_ones_first_in_line() -> None:
    seating = seats.invite(a_workshop(3, 4), NOW)
    seating = seats.take(seating, 1, NOW)
    fewer = seats.resize(seating, 2, NOW + HOUR)
    assert states(fewer) == ["accepted", "kept", "waiting", "waiting"]
    assert [one.id for one in fewer.line] == [3, 4]
    fewest = seats.resize(seating, 0, NOW + HOUR)
    assert (fewest.seats, states(fewest)) == (1, ["accepted", "waiting", "waiting", "waiting"])
    assert [one.id for one in fewest.line] == [2, 3, 4]


def test_more_seats_are_offered_at_once() -> None:
    seating = seats.resize(seats.invite(a_workshop(1, 3), NOW), 3, NOW)
    assert states(seating) == ["kept", "offered", "offered"]


def test_who_cannot_be_reached_is_passed_over() -> None:
    seating = seats.invite(a_workshop(1, 3), NOW)
    seating = seating.with_one(replace(seating.of(2), reachable=False))
    assert states(seats.give(seating, 1, NOW)) == ["declined", "waiting", "offered"]


def test_a_workshop_that_has_begun_changes_no_more() -> None:
    seating = seats.invite(a_workshop(1, 2, in_hours=3), NOW)
    after = NOW + 4 * HOUR
    assert seats.take(seating, 1, after) == seating
    assert seats.give(seating, 1, after) == seating
    assert seats.pass_time(seating, after) == seating


ids = st.integers(1, 7)
happenings = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(("take", "give", "leave")), ids),
        st.tuples(st.just("pass"), st.integers(1, 90)),
        st.tuples(st.just("resize"), st.integers(0, 6)),
        st.tuples(st.just("move"), st.integers(1, 200)),
    ),
    max_size=40,
)


def happen(seating: Seating, what: tuple[str, int], now: datetime) -> tuple[Seating, datetime]:
    verb, number = what
    calls: dict[str, Any] = {"take": seats.take, "give": seats.give}
    if verb in calls and any(one.id == number for one in seating.people):
        return calls[verb](seating, number, now), now
    if verb == "leave":
        left = replace(seating, people=tuple(one for one in seating.people if one.id != number))
        return seats.pass_time(left, now), now
    if verb == "pass":
        return seats.pass_time(seating, now + number * HOUR), now + number * HOUR
    if verb == "resize":
        return seats.resize(seating, number, now), now
    if verb == "move":
        return seats.move(seating, now + number * HOUR, now), now
    return seating, now


@settings(max_examples=300, deadline=None)
@given(places=st.integers(1, 5), people=st.integers(0, 7), what=happenings)
def test_whatever_the_order_of_presses_and_times(
    places: int, people: int, what: list[tuple[str, int]]
) -> None:
    seating, now = seats.invite(a_workshop(places, people), NOW), NOW
    for each in what:
        before = seating
        seating, now = happen(seating, each, now)
        assert seating.free >= 0, "more seats taken than there are"
        assert len({one.id for one in seating.people}) == len(seating.people)
        for one in seating.people:
            assert (one.deadline is not None) == (one.state in HELD)
            assert (one.queued_at is not None) == (one.state is State.WAITING)
        if seating.starts_at > now and seating.free > 0:
            latest = seating.starts_at - LAST_OFFER
            assert not [one for one in seating.line if opening(now, one.time_zone) <= latest], (
                "a seat is free, and somebody waits who could be asked"
            )
        newly_offered = [
            one.id
            for one in seating.people
            if one.state is State.OFFERED and _was(before, one.id) is State.WAITING
        ]
        order = [one.id for one in before.line]
        assert newly_offered == [] or sorted(order.index(one) for one in newly_offered) == list(
            range(len(newly_offered))
        ), "somebody was passed over"
        kept = {one.id for one in before.people if one.state is State.ACCEPTED} - _gone(each)
        assert kept <= {one.id for one in seating.people if one.state is State.ACCEPTED}, (
            "an accepted seat was lost"
        )
        if each[0] in ("take", "give") and seating != before:
            again, _ = happen(seating, each, now)
            assert again == seating, "a second press does something else"


def _was(seating: Seating, number: int) -> State | None:
    return next((one.state for one in seating.people if one.id == number), None)


def _gone(what: tuple[str, int]) -> set[int]:
    return {what[1]} if what[0] in ("give", "leave") else set()


def test_those_who_declined_or_missed_it_are_told_nothing_more() -> None:
    assert {state for state in State if state not in CONCERNED} == {
        State.PICKED, State.DECLINED, State.MISSED,
    }  # fmt: skip
