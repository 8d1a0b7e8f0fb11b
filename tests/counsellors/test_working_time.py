"""When a counsellor may be written to, and how long somebody waited in working time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.counsellors.working_time import Hours
from tests.counsellors.following import HOURS, paris

ZONES = ("Europe/Paris", "America/Martinique", "Pacific/Auckland", "America/St_Johns", "Africa/Casablanca")
instants = st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))
hours = st.builds(
    lambda zone, opens, length, days, country: Hours(
        zone, time(opens), time(min(opens + length, 23)), frozenset(days), (), country
    ),
    st.sampled_from(ZONES),
    st.integers(0, 20),
    st.integers(1, 12),
    st.sets(st.integers(1, 7), min_size=1),
    st.sampled_from(("FR", None)),
)


def working_days_between(mine: Hours, since: datetime, until: datetime) -> int:
    """How many whole working days have gone by, as `after_working_days` counts them."""
    days = 0
    while (reached := mine.after_working_days(since, days + 1)) is not None and reached <= until:
        days += 1
    return days


@pytest.mark.parametrize(
    ("day", "hour", "works"),
    [
        (24, 9, True),
        (24, 17, True),
        (24, 18, False),
        (24, 8, False),
        (24, 3, False),
        (28, 10, False),
        (29, 10, False),
    ],
)
def test_nobody_is_disturbed_at_night_nor_at_the_weekend(day: int, hour: int, works: bool) -> None:
    assert HOURS.is_working(paris(day, hour)) is works


def test_public_holidays_are_no_working_days_and_those_of_elsewhere_are() -> None:
    armistice = date(2026, 11, 11)
    assert not HOURS.is_working_day(armistice)
    assert Hours(country=None).is_working_day(armistice)
    abolition = date(2026, 12, 20)  # a Sunday; in 2027 a Monday
    assert not Hours(zone="Indian/Reunion", part="RE").is_working_day(abolition.replace(year=2027))
    assert HOURS.is_working_day(abolition.replace(year=2027))


def test_on_days_off_what_comes_waits_for_the_return() -> None:
    away = Hours(away=((date(2026, 11, 24), date(2026, 11, 30)),))
    assert not away.is_working(paris(24))
    assert away.next_working(paris(24)) == paris(1, 9, month=12)


def test_what_comes_in_the_evening_waits_for_the_morning_and_on_friday_for_monday() -> None:
    assert HOURS.next_working(paris(24, 22)) == paris(25, 9)
    assert HOURS.next_working(paris(24, 6)) == paris(24, 9)
    assert HOURS.next_working(paris(27, 19)) == paris(30, 9)
    assert HOURS.next_working(paris(24, 10, 30)) == paris(24, 10, 30)


def test_a_counsellor_who_never_works_has_no_next_instant() -> None:
    never = Hours(days=frozenset())
    assert never.next_working(paris(24)) is None
    assert never.after_working_days(paris(24), 2) is None
    assert working_days_between(never, paris(24), paris(30)) == 0


def test_a_night_and_a_weekend_are_no_waiting() -> None:
    assert HOURS.worked(paris(27, 17), paris(30, 10)) == timedelta(hours=2)
    assert HOURS.worked(paris(28, 10), paris(29, 20)) == timedelta()


@pytest.mark.parametrize(
    ("since", "reached"),
    [
        (paris(23, 15), paris(25, 15)),
        (paris(26, 15), paris(30, 15)),
        (paris(28, 11), paris(2, 9, month=12)),
        (paris(24, 21), paris(27, 9)),
        (paris(10, 10), paris(13, 10)),  # over the 11th of November
    ],
)
def test_unanswered_for_two_working_days(since: datetime, reached: datetime) -> None:
    assert HOURS.after_working_days(since, 2) == reached
    assert working_days_between(HOURS, since, reached) == 2
    assert working_days_between(HOURS, since, reached - timedelta(seconds=1)) == 1


def test_an_hour_of_work_is_an_hour_across_a_change_of_summer_time() -> None:
    nights = Hours(opens=time(0), closes=time(6), days=frozenset(range(1, 8)))
    day_of_change = paris(25, 0, month=10), paris(25, 12, month=10)
    assert nights.worked(*day_of_change) == timedelta(hours=7)
    assert HOURS.worked(paris(23, 9, month=10), paris(26, 18, month=10)) == timedelta(hours=18)


def test_hours_that_end_before_they_begin_are_refused() -> None:
    with pytest.raises(ValueError, match="before they begin"):
        Hours(opens=time(18), closes=time(9))


@given(hours, instants)
def test_the_next_working_instant_is_worked_and_none_before_it_is(mine: Hours, now: datetime) -> None:
    following = mine.next_working(now)
    if following is None:
        return
    assert following >= now
    assert mine.is_working(following)
    assert mine.worked(now, following) == timedelta()
    between = now + (following - now) / 2
    assert between >= following or not mine.is_working(between)


@given(
    hours,
    instants,
    st.timedeltas(timedelta(), timedelta(days=20)),
    st.timedeltas(timedelta(), timedelta(days=20)),
)
def test_working_time_adds_up_and_is_never_longer_than_time(
    mine: Hours, now: datetime, one: timedelta, other: timedelta
) -> None:
    middle, end = now + one, now + one + other
    assert mine.worked(now, middle) + mine.worked(middle, end) == mine.worked(now, end)
    assert timedelta() <= mine.worked(now, end) <= end - now


@given(hours, instants, st.integers(0, 10))
def test_so_many_working_days_later_so_many_have_gone_by(mine: Hours, now: datetime, days: int) -> None:
    reached = mine.after_working_days(now, days)
    if reached is None:
        return
    assert working_days_between(mine, now, reached) >= days
    if reached > now:
        assert working_days_between(mine, now, reached - timedelta(microseconds=1)) <= days
    local = reached.astimezone(ZoneInfo(mine.zone))
    assert mine.is_working_day(local.date())
