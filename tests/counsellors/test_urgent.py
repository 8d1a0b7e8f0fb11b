"""Who needs a counsellor today: the reason, the one thing to do, the order, and nobody forgotten."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.counsellors.group_text import PersonLabel
from bot.counsellors.needs.followed import Followed, Standing
from bot.counsellors.needs.urgent import SHOWN, Kind, Shortlist, Suggested, need_of, shortlist
from bot.counsellors.working_time import A_DAY
from tests.counsellors.following import HOURS, TODAY, TUESDAY, at, paris, someone

STUCK: dict[str, Any] = {"stuck_in_a_row": 3, "stuck_from": date(2026, 11, 18), "stuck_at": paris(23)}
UNDONE: dict[str, Any] = {"given_from": date(2026, 11, 8), "done_on": date(2026, 11, 2)}


def kinds(found: Shortlist) -> list[Kind]:
    return [need.kind for need in found.shown]


def links(found: Shortlist) -> list[int]:
    return [need.person.link for need in found.shown]


@pytest.mark.parametrize(
    ("known", "kind", "suggested", "since"),
    [
        ({"waiting_since": paris(23, 15)}, Kind.WAITING, Suggested.REPLY, date(2026, 11, 23)),
        ({"human_asked_at": paris(23)}, Kind.HUMAN, Suggested.CALL, date(2026, 11, 23)),
        ({"call_asked_at": paris(23)}, Kind.CALL, Suggested.CALL, date(2026, 11, 23)),
        (STUCK, Kind.STUCK, Suggested.EASIER, date(2026, 11, 18)),
        (UNDONE, Kind.NOTHING_DONE, Suggested.CALL, date(2026, 11, 2)),
        ({"linked_on": date(2026, 11, 9), "met_on": None}, Kind.NEVER_MET, Suggested.MEET, date(2026, 11, 9)),
        ({"next_appointment_at": paris(25)}, Kind.APPOINTMENT, Suggested.PREPARE, date(2026, 11, 25)),
        ({"contacted_at": paris(2), "met_on": None}, Kind.QUIET, Suggested.HELLO, date(2026, 11, 2)),
        (
            {"contacted_at": paris(2), "met_on": None, "standing": Standing.UNREACHABLE},
            Kind.UNREACHABLE,
            Suggested.CALL,
            date(2026, 11, 2),
        ),
    ],
)
def test_each_is_on_the_list_for_one_reason_with_one_thing_to_do(
    known: dict[str, Any], kind: Kind, suggested: Suggested, since: date
) -> None:
    found = shortlist([someone(**known)], HOURS, TUESDAY)
    assert [(need.kind, need.suggested, need.since) for need in found.shown] == [(kind, suggested, since)]


def test_whoever_needs_nothing_is_not_on_it() -> None:
    assert len(shortlist([someone()], HOURS, TUESDAY)) == 0


def test_who_waits_comes_first_then_calls_then_what_does_not_move_then_tomorrow() -> None:
    people = [
        someone(1, contacted_at=paris(2), met_on=None),
        someone(2, next_appointment_at=paris(25)),
        someone(3, linked_on=date(2026, 11, 9), met_on=None),
        someone(4, **UNDONE),
        someone(5, **STUCK),
        someone(6, human_asked_at=paris(23)),
        someone(7, call_asked_at=paris(24, 9)),
        someone(8, waiting_since=paris(24, 9, 30)),
        someone(9, waiting_since=paris(20)),
    ]
    assert links(shortlist(people, HOURS, TUESDAY)) == [9, 8, 7, 6, 5, 4, 3, 2, 1]


def test_somebody_who_waits_and_asked_for_a_call_keeps_the_place_and_gets_the_call() -> None:
    both = someone(1, waiting_since=paris(20), call_asked_at=paris(23))
    found = shortlist([someone(2, waiting_since=paris(23)), both], HOURS, TUESDAY)
    assert links(found) == [1, 2]
    assert found.shown[0].kind is Kind.CALL


def test_a_weekend_is_no_waiting_so_friday_evening_and_sunday_are_told_apart_by_the_instant_alone() -> None:
    sunday, friday = someone(1, waiting_since=paris(22)), someone(2, waiting_since=paris(20, 20))
    assert HOURS.worked(paris(20, 20), TUESDAY) == HOURS.worked(paris(22), TUESDAY)
    assert links(shortlist([sunday, friday], HOURS, TUESDAY)) == [2, 1]


def test_fridays_list_has_mondays_appointments() -> None:
    monday = someone(next_appointment_at=paris(30))
    assert kinds(shortlist([monday], HOURS, paris(27))) == [Kind.APPOINTMENT]
    assert kinds(shortlist([monday], HOURS, paris(26))) == []


@pytest.mark.parametrize(
    "standing", [Standing.PAUSED, Standing.IN_WORK, Standing.STOPPED, Standing.UNREACHABLE]
)
def test_who_is_on_a_pause_or_has_a_job_is_never_said_to_do_nothing(standing: Standing) -> None:
    resting = someone(standing=standing, linked_on=date(2026, 11, 9), met_on=None, **STUCK, **UNDONE)
    assert need_of(resting, at()) is None


def test_who_is_on_a_pause_and_writes_is_answered_like_anybody() -> None:
    writes = someone(standing=Standing.PAUSED, waiting_since=paris(23))
    assert kinds(shortlist([writes], HOURS, TUESDAY)) == [Kind.WAITING]


def test_no_message_is_suggested_to_somebody_who_gets_none() -> None:
    gone = someone(standing=Standing.UNREACHABLE, waiting_since=paris(23))
    assert shortlist([gone], HOURS, TUESDAY).shown[0].suggested is Suggested.CALL


def test_two_weeks_with_less_than_two_weeks_of_actions_are_no_reason() -> None:
    back_from_a_pause = someone(done_on=date(2026, 10, 1), given_from=date(2026, 11, 12))
    assert need_of(back_from_a_pause, at()) is None


@pytest.mark.parametrize(
    "known",
    [
        {"waiting_since": paris(23)},
        {"human_asked_at": paris(23)},
        {"call_asked_at": paris(23)},
        STUCK,
        UNDONE,
        {"linked_on": date(2026, 11, 9), "met_on": None},
        {"next_appointment_at": paris(25)},
    ],
)
def test_what_was_seen_to_is_gone(known: dict[str, Any]) -> None:
    assert need_of(someone(**known), at()) is not None
    assert need_of(someone(**known, handled_at=TUESDAY), at(TUESDAY + timedelta(hours=1))) is None


@pytest.mark.parametrize(
    "news",
    [{"waiting_since": paris(24, 12)}, {"call_asked_at": paris(24, 12)}, {"human_asked_at": paris(24, 12)}],
)
def test_something_new_after_it_was_seen_to_brings_them_back(news: dict[str, Any]) -> None:
    assert need_of(someone(handled_at=TUESDAY, **news), at(paris(24, 13))) is not None


def test_one_more_stuck_action_brings_them_back_and_two_more_weeks_of_nothing_too() -> None:
    stuck = someone(**STUCK, handled_at=paris(24))
    assert need_of(stuck, at(paris(26))) is None
    assert need_of(replace(stuck, stuck_in_a_row=4, stuck_at=paris(25)), at(paris(26))) is not None
    undone = someone(**UNDONE, handled_at=paris(24))
    assert need_of(undone, at(paris(4, month=12))) is None
    assert need_of(replace(undone, given_from=date(2026, 11, 17)), at(paris(8, month=12))) is not None


def test_a_written_answer_ends_the_wish_for_a_human_but_makes_no_call() -> None:
    asked = {"contacted_at": paris(24, 9)}
    assert need_of(someone(human_asked_at=paris(23), **asked), at()) is None
    assert need_of(someone(call_asked_at=paris(23), **asked), at()) is not None


def test_an_appointment_soon_is_enough_not_to_be_forgotten() -> None:
    quiet = someone(contacted_at=None, met_on=None, next_appointment_at=paris(3, month=12))
    assert kinds(shortlist([quiet], HOURS, TUESDAY)) == []


def test_who_wants_to_be_left_alone_or_found_a_job_comes_up_after_two_months_only() -> None:
    for standing in (Standing.PAUSED, Standing.IN_WORK, Standing.STOPPED):
        since = someone(standing=standing, contacted_at=paris(1, month=10), met_on=None)
        assert len(shortlist([since], HOURS, paris(24))) == 0
        assert kinds(shortlist([since], HOURS, paris(30))) == [Kind.QUIET]


def test_the_list_gets_shorter_as_it_is_worked_off() -> None:
    people = [someone(link, contacted_at=None, met_on=None) for link in range(60)]
    first = shortlist(people, HOURS, TUESDAY)
    assert len(first.shown) == 2
    seen_to = set(first.raised[:1])
    people = [
        replace(
            person,
            raised_on=TODAY if person.link in first.raised else None,
            handled_at=TUESDAY if person.link in seen_to else None,
        )
        for person in people
    ]
    later = shortlist(people, HOURS, TUESDAY + timedelta(hours=3))
    assert set(links(later)) == set(first.raised) - seen_to


# The properties: any people at all

moments = st.none() | st.datetimes(datetime(2026, 9, 1), datetime(2026, 11, 24, 9)).map(
    lambda moment: moment.replace(tzinfo=TUESDAY.tzinfo)
)
dates = st.dates(date(2026, 8, 1), TODAY)


def people(most: int = 40) -> st.SearchStrategy[list[Followed]]:
    one = st.builds(
        Followed,
        link=st.integers(1, 10_000),
        label=st.just(PersonLabel("Sofia M.")),
        counsellor=st.just(1),
        linked_on=dates,
        standing=st.sampled_from(Standing),
        waiting_since=moments,
        human_asked_at=moments,
        call_asked_at=moments,
        contacted_at=moments,
        met_on=st.none() | dates,
        next_appointment_at=moments,
        stuck_in_a_row=st.integers(0, 5),
        stuck_from=dates,
        stuck_at=moments,
        done_on=st.none() | dates,
        given_from=st.none() | dates,
        handled_at=moments,
        raised_on=st.none() | dates,
    )
    return st.lists(one, max_size=most, unique_by=lambda person: person.link)


@given(people(), st.randoms(use_true_random=False), st.timedeltas(timedelta(), timedelta(hours=8)))
def test_the_order_hangs_on_nothing_but_the_people(
    everybody: list[Followed], rng: random.Random, later: timedelta
) -> None:
    first = shortlist(everybody, HOURS, TUESDAY)
    mixed = list(everybody)
    rng.shuffle(mixed)
    assert shortlist(mixed, HOURS, TUESDAY) == first
    again = shortlist(everybody, HOURS, TUESDAY + later)
    assert [need.person.link for need in again.shown] == [need.person.link for need in first.shown]
    noted = [replace(one, raised_on=TODAY) if one.link in first.raised else one for one in everybody]
    after = shortlist(noted, HOURS, TUESDAY + later)
    assert [need.person.link for need in after.shown] == [need.person.link for need in first.shown]


@given(people())
def test_the_list_is_short_has_nobody_twice_and_leaves_out_nobody_who_waits(
    everybody: list[Followed],
) -> None:
    found = shortlist(everybody, HOURS, TUESDAY)
    assert len(found.shown) <= SHOWN
    listed = [need.person.link for need in (*found.shown, *found.more)]
    assert len(listed) == len(set(listed))
    waiting = {one.link for one in everybody if one.waits_since or one.calls_since or one.asks_since}
    assert waiting <= set(listed)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 150), st.floats(0, 1))
def test_in_eight_weeks_nobody_quiet_is_forgotten(seed: int, size: int, busy: float) -> None:
    """A counsellor with up to 150 people, some of whom always want something, looks at the list each working day."""
    rng = random.Random(seed)
    crowd = [
        someone(
            link,
            contacted_at=TUESDAY - timedelta(days=rng.randrange(20, 200)),
            met_on=None,
            linked_on=date(2026, 1, 1),
            waiting_since=paris(23) if rng.random() < busy else None,
            raised_on=TODAY - timedelta(days=rng.randrange(60)) if rng.random() < 0.3 else None,
        )
        for link in range(size)
    ]
    quiet = {one.link for one in crowd if one.waiting_since is None}
    came_up: set[int] = set()
    now = TUESDAY
    for _ in range(56):
        if HOURS.is_working(now):
            found = shortlist(crowd, HOURS, now)
            assert len(found.shown) <= SHOWN
            came_up |= {need.person.link for need in found.shown}
            today = HOURS.today(now)
            handled = {link for link in found.raised if rng.random() < 0.5}
            crowd = [
                replace(
                    one,
                    raised_on=today if one.link in found.raised else one.raised_on,
                    handled_at=now if one.link in handled else one.handled_at,
                )
                for one in crowd
            ]
        now += A_DAY
    assert quiet <= came_up
