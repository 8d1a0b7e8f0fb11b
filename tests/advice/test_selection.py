from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.advice.conditions import all_true
from bot.advice.diagnosis import Diagnosis, diagnose
from bot.advice.facts import Facts, Family, History, Outcome, Refusal, StrategyAnswer
from bot.advice.items import Action, Catalogue, Effort, Grade
from bot.advice.past import DISLIKED_DAYS, DONE_ALREADY_DAYS, GENTLE_DAYS, SHORT_DAYS, SHORT_MINUTES
from bot.advice.people import made_up
from bot.advice.profile import ObstacleId
from bot.advice.reasons import Reason, ReasonKind
from bot.advice.scale import scaled
from bot.advice.selection import choose, choose_many, rank_actions
from tests.advice.making import (
    TODAY,
    action,
    every_family,
    facts,
    past,
    small_catalogue,
    strategy,
    with_history,
)

UNDIAGNOSED = Diagnosis(None)
seeds = st.integers(1, 10_000)


def ranked(who: Facts, catalogue: Catalogue, found: Diagnosis = UNDIAGNOSED) -> list[str]:
    return list(choose(who, found, catalogue).ranking)


@given(seeds)
@settings(max_examples=40, deadline=None)
def test_only_what_is_known_to_fit_is_offered(catalogue: Catalogue, seed: int) -> None:
    (who,) = made_up(1, seed)
    choice = choose(who, diagnose(who), catalogue)
    fitting = {item.id for item in catalogue.daily if all_true(item.when, who) is True}
    assert set(choice.ranking) == fitting
    assert choice.action == choice.ranking[0]


@given(seeds)
@settings(max_examples=25, deadline=None)
def test_the_same_person_day_and_catalogue_get_the_same_choice(catalogue: Catalogue, seed: int) -> None:
    (who,) = made_up(1, seed)
    again = replace(catalogue)  # another object, compiled afresh
    assert choose(who, diagnose(who), catalogue) == choose(who, diagnose(who), again)
    assert [one.id for one in rank_actions(who, diagnose(who), catalogue)] == ranked(
        who, catalogue, diagnose(who)
    )


def test_many_people_at_once_get_what_each_gets_alone(catalogue: Catalogue) -> None:
    people = made_up(300, 11)
    found = [diagnose(who) for who in people]
    together = choose_many(people, found, catalogue, depth=None)
    alone = [choose(who, one, catalogue) for who, one in zip(people, found, strict=True)]
    assert together == alone
    short = choose_many(people, found, catalogue, depth=4)
    assert [choice.ranking for choice in short] == [choice.ranking[:4] for choice in alone]


@given(seeds)
@settings(max_examples=25, deadline=None)
def test_a_first_name_changes_nothing(catalogue: Catalogue, seed: int) -> None:
    (who,) = made_up(1, seed)
    who = replace(who, profile=who.profile.with_answers(first_name="Fatou"))
    other = replace(who, profile=who.profile.with_answers(first_name="Jean"))
    assert choose(who, diagnose(who), catalogue) == choose(other, diagnose(other), catalogue)


@given(seeds, st.data())
@settings(max_examples=40, deadline=None)
def test_raising_desirability_or_chance_never_lowers_the_rank(
    catalogue: Catalogue, seed: int, data: st.DataObject
) -> None:
    (who,) = made_up(1, seed)
    found = diagnose(who)
    before = ranked(who, catalogue, found)
    chosen = catalogue.action(data.draw(st.sampled_from(before)))
    better = data.draw(
        st.sampled_from(
            [
                replace(chosen, grade=Grade.TRIAL),
                replace(chosen, minutes=1),
                replace(chosen, obstacles=(found.main,) if found.main else ()),
            ]
        )
    )
    after = ranked(who, catalogue.with_items([better]), found)
    assert after.index(chosen.id) <= before.index(chosen.id)


def test_an_accepted_strategy_brings_its_actions_forward() -> None:
    plain = [action(f"skill-{n}", serves=("other",)) for n in range(6)]
    serving = action("skill-serving", serves=("show-skills",))
    catalogue = small_catalogue([*plain, serving], [strategy("show-skills", Family.SKILL)])
    who = with_history(facts(), show_skills=StrategyAnswer("accepted"))
    choice = choose(who, UNDIAGNOSED, catalogue)
    assert choice.action == "skill-serving"
    assert Reason(ReasonKind.STRATEGY, "show-skills") in choice.reasons


def test_what_the_counsellor_puts_first_comes_before_what_the_person_accepted() -> None:
    strategies = [strategy("show-skills", Family.SKILL), strategy("get-known", Family.SKILL)]
    mine = [action("skill-shown", serves=("show-skills",)), action("skill-known", serves=("get-known",))]
    catalogue = small_catalogue(mine, strategies)
    accepted = with_history(facts(), show_skills=StrategyAnswer("accepted"))
    followed = replace(accepted, history=replace(accepted.history, priorities=("get-known", "gone-since")))
    assert choose(accepted, UNDIAGNOSED, catalogue).action == "skill-shown"
    choice = choose(followed, UNDIAGNOSED, catalogue)
    assert choice.action == "skill-known"
    assert Reason(ReasonKind.PUT_FIRST, "get-known") in choice.reasons


def test_what_the_person_refused_stays_refused_whoever_puts_it_first() -> None:
    catalogue = small_catalogue(
        [action("skill-shown", serves=("show-skills",)), action("network-other")],
        [strategy("show-skills", Family.SKILL)],
    )
    refused = with_history(facts(), show_skills=StrategyAnswer("refused"))
    followed = replace(refused, history=replace(refused.history, priorities=("show-skills",)))
    assert choose(followed, UNDIAGNOSED, catalogue).action == "network-other"


def test_an_action_on_the_main_obstacle_comes_before_one_on_another() -> None:
    other = action("skill-a", obstacles=["stuck-market"])
    main = action("skill-b", obstacles=["missing-diploma"])
    anything = action("skill-c")
    found = Diagnosis(ObstacleId.MISSING_DIPLOMA)
    choice = choose(facts(), found, small_catalogue([other, main, anything]))
    assert choice.ranking == ("skill-b", "skill-c", "skill-a")
    assert choice.reasons == (Reason(ReasonKind.OBSTACLE, "missing-diploma"),)


def test_reasons_are_conditions_that_hold_and_can_be_said(catalogue: Catalogue) -> None:
    for who in made_up(60, 13):
        found = diagnose(who)
        choice = choose(who, found, catalogue)
        assert choice.action is not None
        item = catalogue.action(choice.action)
        literals = {str(literal): literal for line in item.when for literal in line.literals}
        for reason in choice.reasons:
            if reason.kind is ReasonKind.CONDITION:
                assert literals[reason.value].test(who) is True
                assert not catalogue.sentences[literals[reason.value].name].silent


def test_twins_do_not_all_get_the_same(catalogue: Catalogue) -> None:
    (one,) = made_up(1, 17)
    twins = [replace(one, seed=f"twin-{number}") for number in range(300)]
    choices = choose_many(twins, [diagnose(one)] * len(twins), catalogue)
    given_to = Counter(choice.action for choice in choices)
    assert len(given_to) >= 4
    assert max(given_to.values()) <= 0.6 * len(twins)


def test_twins_differ_among_near_ties_only() -> None:
    weak, strong = action("skill-weak", grade=Grade.OPINION, obstacles=["bravo"]), action("skill-strong")
    catalogue = small_catalogue([weak, strong])
    found = Diagnosis(ObstacleId.STUCK_MARKET)
    twins = [facts(seed=str(number)) for number in range(100)]
    assert {choose(twin, found, catalogue).action for twin in twins} == {"skill-strong"}


# What the person answered before


def test_an_action_too_long_keeps_to_short_ones_for_a_week() -> None:
    catalogue = small_catalogue(
        [*every_family(2, minutes=SHORT_MINUTES), *(action(f"skill-long-{n}", minutes=20) for n in range(9))]
    )
    first = past("skill-long-0", outcome=Outcome.REFUSED, refusal=Refusal.TOO_LONG)
    for days in range(1, SHORT_DAYS):
        who = with_history(facts(), replace(first, day=TODAY - timedelta(days)))
        chosen = choose(who, UNDIAGNOSED, catalogue).action
        assert chosen is not None
        assert catalogue.action(chosen).minutes <= SHORT_MINUTES


@pytest.mark.parametrize(
    "answer",
    [
        {"outcome": Outcome.REFUSED, "refusal": Refusal.TOO_HARD},
        {"outcome": Outcome.OPEN, "stuck": True},
        {"outcome": Outcome.DONE, "easier": True},
    ],
)
def test_something_hard_is_followed_by_small_efforts(answer: dict[str, Any]) -> None:
    big = [replace(item, effort=Effort.BIG, grade=Grade.TRIAL) for item in every_family(3)]
    small = [replace(item, id=f"{item.id}-small") for item in every_family(1)]
    catalogue = small_catalogue([*big, *small])
    for days in range(1, GENTLE_DAYS):
        who = with_history(facts(), past("network-01", days, **answer))
        chosen = choose(who, UNDIAGNOSED, catalogue).action
        assert chosen is not None
        assert catalogue.action(chosen).effort is Effort.SMALL


def test_not_my_situation_never_comes_back() -> None:
    catalogue = small_catalogue([action("skill-a", repeat_days=1), action("skill-b", repeat_days=1)])
    refused = past("skill-a", 900, Outcome.REFUSED, refusal=Refusal.NOT_MY_SITUATION)
    assert ranked(with_history(facts(), refused), catalogue) == ["skill-b"]


def test_already_done_is_away_for_two_months_or_its_own_repeat_time() -> None:
    catalogue = small_catalogue([action("skill-a"), action("skill-b", repeat_days=100), action("skill-c")])
    done: dict[str, Any] = {"outcome": Outcome.REFUSED, "refusal": Refusal.ALREADY_DONE}

    def after(days: int) -> set[str]:
        who = with_history(facts(), past("skill-a", days, **done), past("skill-b", days, **done))
        return set(ranked(who, catalogue))

    assert after(DONE_ALREADY_DAYS - 1) == {"skill-c"}
    assert after(DONE_ALREADY_DAYS) == {"skill-a", "skill-c"}
    assert after(100) == {"skill-a", "skill-b", "skill-c"}


def test_a_disliked_kind_of_thing_is_away_for_two_weeks() -> None:
    catalogue = small_catalogue(every_family(2))
    disliked: dict[str, Any] = {"outcome": Outcome.REFUSED, "refusal": Refusal.DISLIKE}

    def families(days: int) -> set[str]:
        who = with_history(facts(), past("network-00", days, **disliked))
        return {item.split("-")[0] for item in ranked(who, catalogue)}

    assert "network" not in families(DISLIKED_DAYS - 1)
    assert "network" in families(DISLIKED_DAYS)


def test_the_family_of_a_refused_strategy_stays_away_until_its_date() -> None:
    catalogue = small_catalogue(every_family(3), [strategy("use-network", Family.NETWORK)])
    refused = StrategyAnswer("refused", TODAY + timedelta(1))
    today = with_history(facts(), use_network=refused)
    tomorrow = replace(today, today=TODAY + timedelta(1))
    assert not any(item.startswith("network-") for item in ranked(today, catalogue))
    assert any(item.startswith("network-") for item in ranked(tomorrow, catalogue))


def test_when_every_family_is_refused_there_is_no_action() -> None:
    strategies = [strategy(f"s-{family}", family) for family in Family]
    catalogue = small_catalogue(every_family(2), strategies)
    until = TODAY + timedelta(28)
    answers = {item.id: StrategyAnswer("refused", until) for item in strategies}
    who = replace(facts(), history=History((), answers))
    assert choose(who, UNDIAGNOSED, catalogue).action is None
    assert choose(who, UNDIAGNOSED, catalogue).ranking == ()


def test_things_declined_in_a_family_make_it_less_likely() -> None:
    catalogue = small_catalogue([action("organisation-a"), action("rights-a")])
    declined = [
        past(f"organisation-old-{n}", 40 + n, Outcome.REFUSED, refusal=Refusal.TOO_LONG) for n in range(8)
    ]
    liked = [past(f"rights-old-{n}", 20 + n) for n in range(8)]
    others = [past(f"own:{n}", 1 + n) for n in range(6)]
    twins = [with_history(facts(seed=str(n)), *others, *liked, *declined) for n in range(40)]
    given = [choose(twin, UNDIAGNOSED, catalogue).action for twin in twins]
    assert given.count("rights-a") > 3 * given.count("organisation-a")


def test_little_time_a_day_brings_short_actions() -> None:
    catalogue = small_catalogue([action("skill-long", minutes=20), action("skill-short", minutes=5)])
    twins = [facts(seed=str(n), minutes_per_day=5) for n in range(40)]
    assert {choose(twin, UNDIAGNOSED, catalogue).action for twin in twins} == {"skill-short"}


def test_few_minutes_come_first_when_asked_for_and_more_only_if_there_is_nothing_else() -> None:
    long, short = action("skill-long", minutes=15, grade=Grade.TRIAL), action("skill-short", minutes=3)
    both = small_catalogue([long, short])
    assert choose(facts(), UNDIAGNOSED, both, max_minutes=3).ranking == ("skill-short", "skill-long")
    assert choose(facts(), UNDIAGNOSED, small_catalogue([long]), max_minutes=3).action == "skill-long"


def test_an_action_that_left_the_catalogue_does_no_harm(catalogue: Catalogue) -> None:
    (who,) = made_up(1, 19)
    strange = with_history(who, past("network-gone"), past("own:7"), gone_strategy=StrategyAnswer("accepted"))
    chosen = choose(strange, diagnose(strange), catalogue).action
    assert chosen is not None
    assert catalogue.action(chosen).family is not Family.NETWORK


def test_a_scaled_catalogue_has_the_size_asked_for_and_works(catalogue: Catalogue) -> None:
    big = scaled(catalogue, 600)
    assert len(big.actions) == len({item.id for item in big.actions}) == 600
    (who,) = made_up(1, 23)
    small = scaled(catalogue, 5)
    assert len(small.actions) == 5
    daily = [item for item in big.actions if item.topic is None]
    fits = {item.id.partition("-copy-")[0] for item in daily if all_true(item.when, who)}
    assert {item.partition("-copy-")[0] for item in ranked(who, big, diagnose(who))} == fits


def test_a_catalogue_without_actions_or_strategies_chooses_nothing() -> None:
    assert choose(facts(), UNDIAGNOSED, small_catalogue([])).action is None
    one: Action = action("skill-only")
    assert choose(facts(), UNDIAGNOSED, small_catalogue([one])).action == "skill-only"
