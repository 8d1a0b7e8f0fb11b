"""C10: a week beside one's own past only, and a goal that really changes what comes next."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.advice.applications import State
from bot.advice.diagnosis import diagnose
from bot.advice.facts import Family, History, Outcome, PastAction, Refusal
from bot.advice.items import Catalogue
from bot.advice.people import made_up
from bot.advice.profile import Profile
from bot.advice.reasons import ReasonKind
from bot.advice.selection import choose_many
from bot.advice.weeks import Goal, Review, goals, preferred, week_of, weeks_before
from tests.advice.making_applications import TODAY, ago, an_application

NOTHING = History()


def did(family: str, days: int, outcome: Outcome = Outcome.DONE) -> PastAction:
    return PastAction(f"{family}-something", ago(days), outcome)


def test_a_week_counts_what_was_done_sent_and_said() -> None:
    history = History(
        (did("network", 1), did("skill", 2), did("network", 3, Outcome.EXPIRED), did("skill", 8))
    )
    board = [an_application(1, days=2), an_application(2, State.INTERVIEW, days=1), an_application(3, days=9)]
    week = week_of(board, history, [], TODAY)
    assert (week.done, week.applications, week.interviews, week.contacts) == (2, 1, 1, 1)


def test_without_a_board_applications_are_what_was_told_and_unknown_otherwise() -> None:
    assert week_of([], NOTHING, [], TODAY).applications is None
    assert week_of([], NOTHING, [Review(TODAY, "applications", 4)], TODAY).applications == 4
    assert week_of([], NOTHING, [Review(ago(7), "applications", 4)], TODAY).applications is None


def test_the_past_goes_back_as_far_as_there_is_one_and_no_further() -> None:
    assert weeks_before([], NOTHING, [], TODAY) == []
    history = History((did("skill", 1), did("skill", 9), did("skill", 13)))
    (before,) = weeks_before([], history, [], TODAY)
    assert before.done == 2


@pytest.mark.parametrize("usual", [0, 0.4, 1, 2.6, 5, 9, 40])
def test_the_three_goals_grow_and_stay_within_reach(usual: float) -> None:
    small, medium, large = goals(usual, TODAY).values()
    assert 1 <= small.applications < medium.applications < large.applications <= 10
    assert small.contacts < medium.contacts < large.contacts


def test_a_goal_asks_for_what_is_missing_until_it_is_met_or_over() -> None:
    goal, tomorrow = Goal(ago(3), 1, 1), TODAY
    profile = Profile()
    assert preferred(goal, profile, [], NOTHING, tomorrow) is Family.APPLICATION
    sent = [an_application(1, days=1)]
    assert preferred(goal, profile, sent, NOTHING, tomorrow) is Family.NETWORK
    met = History((did("network", 1),))
    assert preferred(goal, profile, sent, met, tomorrow) is None
    assert preferred(goal, profile, [], NOTHING, goal.since) is None
    assert preferred(goal, profile, [], NOTHING, goal.since + timedelta(days=8)) is None
    assert preferred(None, profile, [], NOTHING, tomorrow) is None


def test_where_applications_get_no_answer_people_come_first() -> None:
    stuck = Profile(applications=12, interviews=0)
    assert preferred(Goal(ago(1), 3, 2), stuck, [], NOTHING, TODAY) is Family.NETWORK


@pytest.mark.parametrize("family", [Family.NETWORK, Family.APPLICATION])
def test_the_preferred_family_comes_much_more_often_and_the_reason_is_said(
    catalogue: Catalogue, family: Family
) -> None:
    people = made_up(200)
    diagnoses = [diagnose(facts) for facts in people]
    families = {action.id: action.family for action in catalogue.actions}

    def counted(preference: Family | None) -> Counter[Family]:
        chosen = choose_many([replace(one, preferred=preference) for one in people], diagnoses, catalogue)
        for choice in chosen:
            goal = [reason for reason in choice.reasons if reason.kind is ReasonKind.GOAL]
            assert bool(goal) == (choice.action is not None and families[choice.action] is preference)
        return Counter(families[choice.action] for choice in chosen if choice.action)

    before, after = counted(None), counted(family)
    assert after[family] > 2 * before[family]
    assert after[family] > 0.6 * len(people)


def _disliked(day: date) -> PastAction:
    return PastAction("network-gone", day, Outcome.REFUSED, Refusal.DISLIKE)


def test_a_refused_family_stays_away_whatever_the_goal(catalogue: Catalogue) -> None:
    people = made_up(60)
    refusing = [
        replace(
            one,
            preferred=Family.NETWORK,
            history=History((_disliked(one.today - timedelta(days=1)),)),
        )
        for one in people
    ]
    families = {action.id: action.family for action in catalogue.actions}
    choices = choose_many(refusing, [diagnose(one) for one in refusing], catalogue)
    assert all(choice.action is None or families[choice.action] is not Family.NETWORK for choice in choices)
