from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.advice.conditions import all_true
from bot.advice.diagnosis import Diagnosis, diagnose
from bot.advice.facts import Family, History, StrategyAnswer
from bot.advice.items import Catalogue
from bot.advice.people import made_up
from bot.advice.profile import ObstacleId
from bot.advice.reasons import Reason, ReasonKind
from bot.advice.strategies import FEWEST, MOST, REFUSED_STRATEGY_DAYS, rank_strategies
from tests.advice.making import TODAY, facts, small_catalogue, strategy, with_history

seeds = st.integers(1, 10_000)


@given(seeds)
@settings(max_examples=40, deadline=None)
def test_three_to_five_fitting_strategies_of_distinct_families_come_best_first(
    catalogue: Catalogue, seed: int
) -> None:
    (who,) = made_up(1, seed)
    ranked = rank_strategies(who, diagnose(who), catalogue)
    items = [catalogue.strategy(one.id) for one in ranked]
    assert FEWEST <= len(ranked) <= MOST
    assert len({item.family for item in items}) == len(items)
    assert all(all_true(item.when, who) is True for item in items)
    scores = [one.score for one in ranked]
    assert scores == sorted(scores, reverse=True)


@given(seeds)
@settings(max_examples=40, deadline=None)
def test_the_first_strategy_works_on_the_main_obstacle_when_one_does(catalogue: Catalogue, seed: int) -> None:
    (who,) = made_up(1, seed)
    found = diagnose(who)
    if found.main is None:
        return
    could = [
        item for item in catalogue.strategies if found.main in item.obstacles and all_true(item.when, who)
    ]
    if could:
        first = rank_strategies(who, found, catalogue)[0]
        assert found.main in catalogue.strategy(first.id).obstacles
        assert Reason(ReasonKind.OBSTACLE, found.main) in first.reasons


@given(seeds)
@settings(max_examples=20, deadline=None)
def test_the_reasons_of_a_strategy_hold(catalogue: Catalogue, seed: int) -> None:
    (who,) = made_up(1, seed)
    for one in rank_strategies(who, diagnose(who), catalogue):
        item = catalogue.strategy(one.id)
        literals = {str(literal): literal for line in (*item.when, *item.boost) for literal in line.literals}
        for reason in one.reasons:
            if reason.kind is ReasonKind.CONDITION:
                assert literals[reason.value].test(who) is True


def test_a_boost_that_holds_puts_a_strategy_first() -> None:
    catalogue = small_catalogue(
        [],
        [strategy("a-plain", Family.SKILL), strategy("b-boosted", Family.NETWORK, boost=["network(large)"])],
    )
    names = [one.id for one in rank_strategies(facts(network="large"), Diagnosis(None), catalogue)]
    assert names == ["b-boosted", "a-plain"]


def test_a_refused_family_stays_away_until_its_date_then_returns() -> None:
    catalogue = small_catalogue(
        [], [strategy("use-network", Family.NETWORK), strategy("ask-for-help", Family.NETWORK),
             strategy("sharpen-cv", Family.SKILL)]
    )  # fmt: skip
    until = TODAY + timedelta(REFUSED_STRATEGY_DAYS)
    who = with_history(facts(), use_network=StrategyAnswer("refused", until))

    def names(days: int) -> set[str]:
        later = replace(who, today=TODAY + timedelta(days))
        return {one.id for one in rank_strategies(later, Diagnosis(None), catalogue)}

    assert names(0) == {"sharpen-cv"}
    assert names(REFUSED_STRATEGY_DAYS - 1) == {"sharpen-cv"}
    assert "sharpen-cv" in names(REFUSED_STRATEGY_DAYS)
    assert len(names(REFUSED_STRATEGY_DAYS)) == 2


def test_when_all_is_refused_nothing_is_proposed(catalogue: Catalogue) -> None:
    (who,) = made_up(1, 3)
    until = TODAY + timedelta(1)
    answers = {item.id: StrategyAnswer("refused", until) for item in catalogue.strategies}
    refusing = replace(who, history=History((), answers))
    assert rank_strategies(refusing, diagnose(refusing), catalogue) == ()


def test_later_puts_a_strategy_behind_and_accepting_puts_it_in_front() -> None:
    families = (Family.SKILL, Family.NETWORK, Family.RIGHTS)
    catalogue = small_catalogue([], [strategy(f"s-{family}", family) for family in families])
    later = with_history(facts(), s_skill=StrategyAnswer("later"), s_rights=StrategyAnswer("accepted"))
    names = [one.id for one in rank_strategies(later, Diagnosis(ObstacleId.BRAVO), catalogue)]
    assert names == ["s-rights", "s-network", "s-skill"]
