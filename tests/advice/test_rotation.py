"""Sixty days of coaching, day after day, for people of all kinds."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.advice.conditions import all_true
from bot.advice.diagnosis import Diagnosis, diagnose
from bot.advice.facts import Facts, Family, History, Outcome, PastAction
from bot.advice.items import Action, Catalogue, Effort, Grade
from bot.advice.opening import is_closed
from bot.advice.past import KINDS, MIX, MIX_WINDOW, RESTED_DAYS
from bot.advice.people import made_up
from bot.advice.selection import choose
from tests.advice.making import TODAY, action, every_family, facts, past, small_catalogue, with_history

DAYS = 60
seeds = st.integers(1, 100_000)


def kind(item: Action) -> int | None:
    return MIX.get(item.family)


def coached(who: Facts, catalogue: Catalogue, days: int = DAYS) -> list[tuple[Facts, Action]]:
    """(the facts of the morning, the action given) for each day; everything gets done."""
    found = diagnose(who)
    given: list[tuple[Facts, Action]] = []
    done: tuple[PastAction, ...] = ()
    for number in range(days):
        morning = replace(who, today=TODAY + timedelta(number), history=History(done))
        chosen = choose(morning, found, catalogue).action
        assert chosen is not None
        given.append((morning, catalogue.action(chosen)))
        done = (PastAction(chosen, morning.today, Outcome.DONE), *done)
    return given


def fresh(morning: Facts, catalogue: Catalogue) -> list[Action]:
    """Actions that fit, can be done that day and were never received."""
    used = {received.action_id for received in morning.history.actions}

    def can_be_done(item: Action) -> bool:
        return item.opening is None or not is_closed(item.opening, morning.profile, morning.today)

    return [
        item
        for item in catalogue.daily
        if item.id not in used and can_be_done(item) and all_true(item.when, morning)
    ]


@given(seeds)
@settings(max_examples=12, deadline=None)
def test_any_seven_actions_hold_skill_motivation_network_and_application(
    catalogue: Catalogue, seed: int
) -> None:
    days = coached(made_up(1, seed)[0], catalogue)
    for end in range(MIX_WINDOW, DAYS + 1):
        window = days[end - MIX_WINDOW : end]
        there = {kind(item) for _, item in window}
        for wanted in set(range(KINDS)) - there:
            could = [any(kind(item) == wanted for item in fresh(morning, catalogue)) for morning, _ in window]
            # what fits on a single day (a Friday's action) may give way to another kind that is due
            assert not all(could[-2:]), f"kind {wanted} is missing from days {end - MIX_WINDOW} to {end - 1}"


@given(seeds)
@settings(max_examples=12, deadline=None)
def test_nothing_is_repeated_while_something_fresh_fits(catalogue: Catalogue, seed: int) -> None:
    for morning, item in coached(made_up(1, seed)[0], catalogue):
        received = {one.action_id for one in morning.history.actions}
        assert item.id not in received or not fresh(morning, catalogue)


def test_the_same_family_is_not_given_twice_in_a_row_while_others_are_fresh() -> None:
    catalogue = small_catalogue(every_family(8))
    for who in made_up(10, 29):
        families = [item.family for _, item in coached(who, catalogue, 40)]
        assert all(first is not second for first, second in pairwise(families))


def test_a_big_effort_is_followed_by_a_smaller_one() -> None:
    efforts = (Effort.SMALL, Effort.MEDIUM, Effort.BIG)
    actions = [replace(item, effort=efforts[n % 3]) for n, item in enumerate(every_family(12))]
    catalogue = small_catalogue(actions)
    for who in made_up(10, 31):
        given = [item.effort for _, item in coached(who, catalogue, 40)]
        pairs = list(pairwise(given))
        assert (Effort.BIG, Effort.BIG) not in pairs


def test_what_was_used_comes_back_after_its_own_time_and_the_oldest_first() -> None:
    catalogue = small_catalogue(
        [action("skill-soon", repeat_days=30), action("skill-once"), action("skill-late", repeat_days=90)]
    )
    nothing = Diagnosis(None)
    who = with_history(facts(), past("skill-soon", 31), past("skill-once", 50), past("skill-late", 40))
    assert choose(who, nothing, catalogue).ranking == ("skill-soon", "skill-late", "skill-once")
    rested = with_history(
        facts(),
        past("skill-soon", RESTED_DAYS - 1),
        past("skill-once", RESTED_DAYS),
        past("skill-late", RESTED_DAYS + 1),
    )
    assert choose(rested, nothing, catalogue).ranking == ("skill-late", "skill-once", "skill-soon")


def test_a_kind_without_anything_fresh_does_not_block_the_others() -> None:
    families = [family for family in Family if family is not Family.NETWORK]
    catalogue = small_catalogue([action(f"{family}-{n}") for family in families for n in range(9)])
    kinds = [kind(item) for _, item in coached(facts(), catalogue, 50)]
    for end in range(MIX_WINDOW, 50):
        assert {0, 1, 3} <= set(kinds[end - MIX_WINDOW : end])


def test_a_history_without_some_kinds_gets_the_most_urgent_first() -> None:
    catalogue = small_catalogue(every_family(9))
    six = [past(f"rights-{number:02d}", number + 1) for number in range(6)]
    who = with_history(facts(), *six)
    chosen = choose(who, Diagnosis(None), catalogue).action
    assert chosen is not None
    assert kind(catalogue.action(chosen)) is not None


def test_after_a_refusal_the_next_action_is_small_and_later_ones_need_not_be() -> None:
    catalogue = small_catalogue(
        [
            action("application-big", effort=Effort.BIG, grade=Grade.TRIAL),
            action("wellbeing-small", effort=Effort.SMALL, grade=Grade.OPINION),
        ]
    )
    nothing = Diagnosis(None)
    told = replace(facts(), history=History(refusals=(TODAY - timedelta(1),)))
    assert choose(facts(), nothing, catalogue).action == "application-big"
    assert choose(told, nothing, catalogue).action == "wellbeing-small"
    between = replace(
        told,
        today=TODAY + timedelta(1),
        history=replace(told.history, actions=(past("network-before", 0),)),
    )
    assert choose(between, nothing, catalogue).action == "application-big"
    long_ago = replace(facts(), history=History(refusals=(TODAY - timedelta(15),)))
    assert choose(long_ago, nothing, catalogue).action == "application-big"
