"""B9: a share of decisions is left to chance, with probabilities that are what they say."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.advice.diagnosis import Diagnosis, diagnose
from bot.advice.facts import History
from bot.advice.items import Catalogue
from bot.advice.learning.exploring import CANDIDATES, WITHIN, Policy, candidates, drawn, pick, probabilities
from bot.advice.past import DUE, OLD, UNUSED
from bot.advice.people import made_up
from bot.advice.selection import choose, choose_many
from tests.advice.making import TODAY, action, facts, past, small_catalogue, with_history

NOTHING = Diagnosis(None)
ALL = Policy(share=1.0)
TWINS = [facts(seed=f"twin-{number}") for number in range(4000)]


def alike() -> Catalogue:
    return small_catalogue([action(f"skill-{letter}") for letter in "abcdef"])


@given(st.integers(1, CANDIDATES), st.floats(0, 1))
@settings(max_examples=60, deadline=None)
def test_the_probabilities_of_the_candidates_sum_to_one(count: int, share: float) -> None:
    assert probabilities(count, share).sum() == pytest.approx(1)


@pytest.mark.parametrize("share", [0.04, 0.3, 1.0])
@pytest.mark.parametrize("count", [1, 2, 4])
def test_each_place_comes_as_often_as_its_probability_says(count: int, share: float) -> None:
    """Over 4,000 people, within four standard deviations."""
    picked = [pick(who, range(count), share) for who in TWINS]
    expected = probabilities(count, share)
    for place in range(count):
        times = sum(one[0] == place for one in picked)
        spread = (len(TWINS) * expected[place] * (1 - expected[place])) ** 0.5
        assert abs(times - len(TWINS) * expected[place]) <= 4 * spread + 1e-9
    assert all(chance == pytest.approx(expected[place]) for place, chance, _ in picked)


def test_the_propensity_is_that_of_the_action_that_was_chosen() -> None:
    share = 0.4
    choices = choose_many(TWINS[:800], [NOTHING] * 800, alike(), policy=Policy(share=share))
    greedy = choose_many(TWINS[:800], [NOTHING] * 800, alike())
    seen = Counter[bool]()
    for ours, best in zip(choices, greedy, strict=True):
        assert ours.decision is not None
        is_best = ours.action == best.action
        few = share / CANDIDATES
        assert ours.decision.propensity == pytest.approx(1 - share + few if is_best else few)
        assert ours.decision.explored or is_best
        assert ours.ranking[0] == ours.action
        assert sorted(ours.ranking) == sorted(best.ranking)
        seen[is_best] += 1
    assert seen[False] > 150


def test_inverse_propensities_count_everybody_once() -> None:
    """The mean of 1 / propensity over those who got one action is the number of people who might have."""
    share, people = 0.5, TWINS[:3000]
    greedy = choose_many(people, [NOTHING] * len(people), alike())
    ours = choose_many(people, [NOTHING] * len(people), alike(), policy=Policy(share=share))
    second = [one.ranking[1] for one in greedy]
    weights = [
        1 / one.decision.propensity
        for one, wanted in zip(ours, second, strict=True)
        if one.decision is not None and one.action == wanted
    ]
    assert sum(weights) == pytest.approx(len(people), rel=0.15)


def test_without_a_share_nothing_is_left_to_chance() -> None:
    for choice in choose_many(TWINS[:50], [NOTHING] * 50, alike()):
        assert choice.decision is not None
        assert (choice.decision.propensity, choice.decision.explored) == (1.0, False)


def test_first_actions_and_hard_days_are_never_explored() -> None:
    for who in TWINS[:100]:
        bounded = choose(who, NOTHING, alike(), max_minutes=5, policy=ALL)
        assert bounded.decision is not None
        assert (bounded.decision.propensity, bounded.decision.explored) == (1.0, False)
        assert bounded.action == choose(who, NOTHING, alike(), max_minutes=5).action


@given(st.integers(1, 5000))
@settings(max_examples=30, deadline=None)
def test_the_same_person_and_day_explore_the_same(catalogue: Catalogue, seed: int) -> None:
    (who,) = made_up(1, seed)
    found = diagnose(who)
    alone = choose(who, found, catalogue, policy=Policy(share=0.5))
    together = choose_many([who, *made_up(3, 1)], [found] * 4, catalogue, policy=Policy(share=0.5))[0]
    assert (alone.action, alone.decision) == (together.action, together.decision)


def test_another_action_on_the_same_day_has_a_draw_of_its_own() -> None:
    draws = []
    for who in TWINS[:500]:
        today = replace(past("skill-a"), day=TODAY)
        draws.append((drawn(who), drawn(with_history(who, today))))
        assert drawn(with_history(who, past("skill-a"))) == drawn(who)
    first, second = np.array(draws).T
    assert abs(np.corrcoef(first, second)[0, 1]) < 0.2


def test_the_draw_is_not_that_of_the_near_ties() -> None:
    """Who is explored gets the same best action as who is not: half of the twins either way."""
    greedy = choose_many(TWINS[:2000], [NOTHING] * 2000, alike(), depth=1)
    drawn_low = [drawn(who) < 0.5 for who in TWINS[:2000]]
    firsts = Counter(one.action for one, low in zip(greedy, drawn_low, strict=True) if low)
    everybody = Counter(one.action for one in greedy)
    for name, times in everybody.items():
        assert firsts[name] == pytest.approx(times / 2, abs=4 * (times / 4) ** 0.5)


def test_only_close_scores_of_the_same_class_and_mix_are_candidates() -> None:
    scores = np.array([1.0, 0.9, 0.8, WITHIN - 0.01, 0.7, 0.6])
    classes = np.array([UNUSED, UNUSED, DUE, UNUSED, UNUSED, UNUSED])
    permitted = np.array([True, True, True, True, False, True])
    assert candidates([0, 1, 5, 3, 4, 2], scores, classes, permitted) == [0, 1, 5]
    assert candidates([2, 3], scores, classes, permitted) == [2]
    assert candidates([0, 1], scores, np.full(6, OLD), permitted) == [0]


def test_exploring_never_breaks_the_mix_nor_brings_back_what_is_not_due(catalogue: Catalogue) -> None:
    """Thirty days of exploring all the time: the same guarantees as ever."""
    (who,) = made_up(1, 11)
    given: list[str] = []
    for day in range(30):
        morning = replace(who, today=TODAY + timedelta(day))
        choice = choose(morning, diagnose(morning), catalogue, policy=ALL)
        assert choice.action is not None
        assert choice.action not in given
        given.append(choice.action)
        done = replace(past(choice.action), day=morning.today)
        who = replace(who, history=History((done, *who.history.actions)))


def test_a_person_with_one_action_only_gets_it() -> None:
    lone = small_catalogue([action("skill-only")])
    choice = choose(facts(), NOTHING, lone, policy=ALL)
    assert choice.decision is not None
    assert (choice.action, choice.decision.propensity) == ("skill-only", 1.0)


def test_nothing_that_fits_is_no_decision() -> None:
    choice = choose(facts(), NOTHING, small_catalogue([]), policy=ALL)
    assert (choice.action, choice.decision) == (None, None)
