"""What the picture of somebody's weeks counts."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.advice.progress import WEEKS, Mark, Past, by_week, first_monday, marks

TODAY = date(2026, 11, 26)
"""A Thursday."""
DAY = timedelta(days=1)


def mark_on(past: Past, day: date, *, today: date = TODAY, resting: bool = False) -> Mark:
    at = (day - first_monday(today)).days
    return marks(past, today, resting=resting)[at // 7][at % 7]


def test_twelve_weeks_end_with_this_one() -> None:
    assert first_monday(TODAY) == date(2026, 9, 7)
    assert first_monday(TODAY).weekday() == 0
    assert len(marks(Past(), TODAY, resting=False)) == WEEKS


def test_each_day_is_what_it_was() -> None:
    past = Past(
        since=TODAY - 5 * DAY,
        recorded=frozenset(TODAY - back * DAY for back in (1, 2, 3)),
        done={TODAY - 2 * DAY: 1},
        open=frozenset({TODAY - DAY}),
    )
    assert mark_on(past, TODAY - 6 * DAY) is Mark.BLANK  # before Bob
    assert mark_on(past, TODAY - 4 * DAY) is Mark.REST
    assert mark_on(past, TODAY - 3 * DAY) is Mark.NOTHING
    assert mark_on(past, TODAY - 2 * DAY) is Mark.DONE
    assert mark_on(past, TODAY - DAY) is Mark.OPEN
    assert mark_on(past, TODAY + DAY) is Mark.BLANK  # still to come


def test_before_its_message_today_is_blank_and_on_a_day_off_it_is_rest() -> None:
    past = Past(since=TODAY - DAY)
    assert mark_on(past, TODAY) is Mark.BLANK
    assert mark_on(past, TODAY, resting=True) is Mark.REST


def test_a_plan_for_tomorrow_shows_on_tomorrow() -> None:
    past = Past(since=TODAY, open=frozenset({TODAY + DAY}))
    assert mark_on(past, TODAY + DAY) is Mark.OPEN


dates = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(days=st.lists(dates), today=dates)
def test_every_date_of_these_weeks_is_counted_once_and_no_other(days: list[date], today: date) -> None:
    start = first_monday(today)
    counted = by_week(days, today)
    assert len(counted) == WEEKS
    assert sum(counted) == sum(start <= day < start + timedelta(weeks=WEEKS) for day in days)


@given(done=st.dictionaries(dates, st.integers(1, 3)), today=dates, since=dates)
def test_what_was_done_always_shows(done: dict[date, int], today: date, since: date) -> None:
    for day in done:
        if 0 <= (day - first_monday(today)).days < 7 * WEEKS:
            assert mark_on(Past(since=since, done=done), day, today=today) is Mark.DONE
