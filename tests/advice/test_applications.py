"""C11, B2: what the board means for the counts of the last four weeks, without counting anything twice."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.advice.applications import (
    WINDOW_DAYS,
    State,
    faded,
    fed,
    newest_first,
    with_told_dates,
    with_week,
)
from bot.advice.funnel import Stage, funnel_stage
from bot.advice.profile import Profile
from tests.advice.making_applications import TODAY, ago, an_application


def told(applications: int, days: int) -> Profile:
    return Profile(applications=applications, told_on={"applications": ago(days)})


def test_an_empty_board_changes_nothing() -> None:
    profile = Profile(applications=3)
    assert fed(profile, [], TODAY) is profile


def test_what_nobody_told_is_counted_on_the_board() -> None:
    board = [an_application(1, days=3), an_application(2, days=10), an_application(3, days=40)]
    assert fed(Profile(), board, TODAY).applications == 2


def test_a_step_on_which_the_board_says_nothing_stays_as_it_was_told_or_unknown() -> None:
    board = [an_application(1, days=3)]
    assert fed(Profile(), board, TODAY).interviews is None
    assert fed(Profile(interviews=2), board, TODAY).interviews == 2


def test_what_was_on_the_board_when_a_number_was_told_is_among_it() -> None:
    board = [an_application(number, days=5) for number in (1, 2, 3)]
    assert fed(told(10, days=0), board, TODAY).applications == 10


def test_what_comes_after_the_telling_is_added_to_what_is_left_of_it() -> None:
    board = [an_application(number, days=2) for number in (1, 2)]
    assert fed(told(8, days=14), board, TODAY).applications == 4 + 2


def test_a_told_number_is_gone_after_its_four_weeks() -> None:
    assert faded(12, ago(WINDOW_DAYS), TODAY) == 0
    assert fed(told(12, days=30), [an_application(1, days=1)], TODAY).applications == 1


def test_the_board_moves_the_funnel_on() -> None:
    profile = Profile(applications=6, interviews=0, told_on={"interviews": ago(20)})
    assert funnel_stage(profile) is Stage.ANSWERS
    board = [an_application(1, State.INTERVIEW, days=1)]
    assert funnel_stage(fed(profile, board, TODAY)) is Stage.OFFERS


@given(
    st.none() | st.integers(0, 50),
    st.none() | st.integers(0, 60),
    st.lists(st.integers(0, 60), max_size=30),
)
def test_counts_are_never_fewer_than_the_board_nor_more_than_both(
    count: int | None, days: int | None, sent: list[int]
) -> None:
    told_on = {} if days is None or count is None else {"applications": ago(days)}
    profile = Profile(applications=count, told_on=told_on)
    board = [an_application(number, days=day) for number, day in enumerate(sent)]
    recent = sum(day < WINDOW_DAYS for day in sent)
    found = fed(profile, board, TODAY).applications
    assert (found or 0) >= recent
    assert (found or 0) <= recent + (count or 0)


def test_a_week_told_takes_the_place_of_the_same_days_in_the_former_number() -> None:
    assert with_week(None, None, 3, TODAY) == 3
    assert with_week(8, ago(7), 2, TODAY) == 6 + 2
    assert with_week(8, ago(0), 2, TODAY) == 8
    assert with_week(4, ago(0), 6, TODAY) == 6


def test_the_date_of_a_told_count_is_kept_with_it_and_goes_with_it() -> None:
    before = Profile()
    after = with_told_dates(before, before.with_answers(applications=4, interviews=1), TODAY)
    assert after.told_on == {"applications": TODAY, "interviews": TODAY}
    later = with_told_dates(after, after.with_answers(interviews=None), TODAY + timedelta(days=1))
    assert later.told_on == {"applications": TODAY}
    assert (
        with_told_dates(after, after.with_answers(first_name="Zoé"), date(2027, 1, 1)).told_on
        == after.told_on
    )


def test_a_new_state_begins_with_no_prompt_behind_it() -> None:
    one = an_application(1, days=9, prompts=2, wanted=False)
    moved = one.moved(State.INTERVIEW, TODAY)
    assert (moved.prompts, moved.wanted, moved.day) == (0, True, TODAY)
    assert moved.days[State.SENT] == ago(9)
    assert one.moved(State.SENT, TODAY).prompts == 2


def test_the_newest_comes_first() -> None:
    old, new, newer = an_application(1, days=9), an_application(2, days=1), an_application(3, days=1)
    assert newest_first([old, new, newer]) == [newer, new, old]
