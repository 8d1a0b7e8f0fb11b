"""C11: a follow-up comes after a delay that depends on the channel, and never often."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.advice.applications import Application, Channel, State
from bot.advice.follow_ups import DELAYS, GONE_COLD, MOST_A_WEEK, MOST_PROMPTS, Kind, due, next_of
from tests.advice.making_applications import TODAY, ago, an_application


@pytest.mark.parametrize("channel", DELAYS)
def test_each_channel_has_its_delay(channel: Channel | None) -> None:
    delay = DELAYS[channel]
    assert due(an_application(days=delay - 1, channel=channel), TODAY) is None
    found = due(an_application(days=delay, channel=channel), TODAY)
    assert found is not None
    assert found.kind == (channel or Channel.ADVERT)


def test_an_agency_is_called_before_an_advert_is_followed_up() -> None:
    assert DELAYS[Channel.AGENCY] < DELAYS[Channel.PERSON] < DELAYS[Channel.ADVERT]


def test_thanks_are_for_the_day_after_the_interview_and_the_question_for_later() -> None:
    assert due(an_application(state=State.INTERVIEW, days=0), TODAY) is None
    assert due(an_application(state=State.INTERVIEW, days=-2), TODAY) is None  # it lies ahead
    thanks = due(an_application(state=State.INTERVIEW, days=1), TODAY)
    later = due(an_application(state=State.INTERVIEW, days=4), TODAY)
    assert thanks is not None
    assert later is not None
    assert (thanks.kind, later.kind) == (Kind.THANKS, Kind.INTERVIEW)


@pytest.mark.parametrize("state", [State.TODO, State.OFFER, State.REFUSED])
def test_nothing_else_is_followed_up(state: State) -> None:
    assert due(an_application(state=state, days=10), TODAY) is None


def test_what_is_old_not_wanted_or_just_followed_up_is_left_in_peace() -> None:
    assert due(an_application(days=GONE_COLD + 1), TODAY) is None
    assert due(an_application(days=10, wanted=False), TODAY) is None
    assert due(an_application(days=20, followed=ago(3)), TODAY) is None
    assert due(an_application(days=20, prompts=MOST_PROMPTS), TODAY) is None


def test_an_interview_of_an_unknown_day_waits_for_its_day() -> None:
    assert due(Application(1, ago(9), State.INTERVIEW, {State.SENT: ago(9)}), TODAY) is None


def test_the_second_time_is_the_last_and_says_so() -> None:
    found = due(an_application(days=20, prompts=1, prompted=ago(8)), TODAY)
    assert found is not None
    assert found.kind is Kind.AGAIN


def test_after_an_interview_comes_before_all_else_then_who_has_waited_longest() -> None:
    old, older = an_application(1, days=10), an_application(2, days=12)
    interview = an_application(3, State.INTERVIEW, days=1)
    first = next_of([old, older], TODAY)
    assert first is not None
    assert first.application.number == 2
    urgent = next_of([old, older, interview], TODAY)
    assert urgent is not None
    assert urgent.application.number == 3


def test_other_kinds_of_action_keep_their_place_in_the_week() -> None:
    spoken = [an_application(number, days=10, prompted=ago(2), prompts=1) for number in range(MOST_A_WEEK)]
    waiting = an_application(8, days=12)
    assert next_of([*spoken, waiting], TODAY) is None
    thanks = an_application(9, State.INTERVIEW, days=1)
    found = next_of([*spoken, waiting, thanks], TODAY)
    assert found is not None
    assert found.kind is Kind.THANKS


@given(st.lists(st.tuples(st.integers(0, 40), st.sampled_from([None, *Channel])), max_size=8))
def test_over_two_months_nobody_is_pressed(sent: list[tuple[int, Channel | None]]) -> None:
    """Day by day, each prompt noted as Bob does: two for each state at most, two in any seven days, a week apart."""
    board = {
        number: an_application(number, days=-offset, channel=channel)
        for number, (offset, channel) in enumerate(sent)
    }
    prompts: list[tuple[int, int]] = []
    for day in range(90):
        today = TODAY + timedelta(days=day)
        here = [one for one in board.values() if one.created <= today]
        found = next_of(here, today)
        if found is not None:
            one = found.application
            board[one.number] = replace(one, prompted=today, prompts=one.prompts + 1)
            prompts.append((day, one.number))
    for number in board:
        own = [day for day, which in prompts if which == number]
        assert len(own) <= MOST_PROMPTS
        assert all(later - earlier >= 7 for earlier, later in itertools.pairwise(own))
    for day, _ in prompts:
        assert sum(day <= other < day + 7 for other, _ in prompts) <= MOST_A_WEEK


def test_a_first_follow_up_goes_before_any_second_one() -> None:
    second = an_application(1, days=20, prompts=1, prompted=ago(8))
    first = an_application(2, days=12)
    found = next_of((second, first), TODAY)
    assert found is not None
    assert found.application.number == 2
