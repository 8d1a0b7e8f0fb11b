from __future__ import annotations

from dataclasses import replace

import pytest

from bot.advice.conditions import all_true, parse_literal
from bot.advice.diagnosis import Diagnosis, diagnose
from bot.advice.explain import EXPLORED, MIX, RECEIVED, Counterfactual, why
from bot.advice.factors import Factor
from bot.advice.facts import Outcome, PastAction
from bot.advice.items import Catalogue, Grade
from bot.advice.learning.learnt import Learnt
from bot.advice.people import made_up
from bot.advice.selection import choose
from bot.advice.sentences import ConditionText, Phrase
from tests.advice.making import TODAY, action, facts, past, small_catalogue, with_history

NOTHING = Diagnosis(None)
LICENCE = {
    "driver": ConditionText(Phrase("vous avez le permis", "you drive"), instead=Phrase("avec", "with")),
    "senior": ConditionText(Phrase("vous avez 50 ans", "you are 50"), instead=Phrase("à 50 ans", "at 50")),
}


def test_the_conditions_that_held_are_named() -> None:
    catalogue = small_catalogue([action("skill-a", when=["experienced(2)", "driver or network(large)"])])
    who = facts(experience_years=5, network="large", driving_licence=False)
    assert why(who, NOTHING, catalogue, "skill-a").holds == ("experienced(2)", "network(large)")


def test_what_came_second_is_named_with_the_weightiest_cause() -> None:
    main = action("skill-a", obstacles=["stuck-market"])
    other = action("skill-b", obstacles=["bravo"])
    found = diagnose(facts(own_view="stuck-market"))
    explained = why(facts(own_view="stuck-market"), found, small_catalogue([main, other]), "skill-a")
    assert explained.second is not None
    assert (explained.second.action, explained.second.cause) == ("skill-b", "obstacle")


def test_an_action_received_before_comes_second_for_that_cause() -> None:
    catalogue = small_catalogue([action("skill-a", grade=Grade.OPINION), action("skill-b", repeat_days=10)])
    who = with_history(facts(), past("skill-b", 30))
    second = why(who, NOTHING, catalogue, "skill-a").second
    assert second is not None
    assert (second.action, second.cause) == ("skill-b", "received")


def test_the_mix_of_seven_is_a_cause() -> None:
    rights = [action(f"rights-{n}", grade=Grade.TRIAL) for n in range(7)]
    catalogue = small_catalogue([*rights, action("skill-a", grade=Grade.OPINION)])
    who = with_history(facts(), *(past(f"rights-{n}", n + 1) for n in range(6)))
    assert choose(who, NOTHING, catalogue).action == "skill-a"
    second = why(who, NOTHING, catalogue, "skill-a").second
    assert second is not None
    assert second.cause == "mix"


def test_an_open_action_is_explained_as_of_the_moment_it_was_given(catalogue: Catalogue) -> None:
    for who in made_up(20, 37):
        found = diagnose(who)
        choice = choose(who, found, catalogue)
        assert choice.action is not None
        received = (PastAction(choice.action, TODAY, Outcome.OPEN), *who.history.actions)
        given = replace(who, history=replace(who.history, actions=received))
        explained = why(given, found, catalogue, choice.action)
        assert explained == why(who, found, catalogue, choice.action)
        assert explained.second is not None
        assert explained.second.action == choice.ranking[1]
        assert all(parse_literal(line).test(who) is True for line in explained.holds)


def learnt_of(everybody: float, here: float) -> Learnt:
    return Learnt({"skill-a": everybody}, {"none": {"skill-a": here}}, "test")


@pytest.mark.parametrize(
    ("learnt", "cause"), [(learnt_of(1, 2.0), "learnt_here"), (learnt_of(2.0, 1), "learnt")]
)
def test_what_others_answered_is_a_cause(learnt: Learnt, cause: str) -> None:
    catalogue = small_catalogue([action("skill-a"), action("skill-b")])
    second = why(facts(), NOTHING, catalogue, "skill-a", learnt=learnt).second
    assert second is not None
    assert (second.action, second.cause) == ("skill-b", cause)


def test_an_action_that_was_left_to_chance_says_so() -> None:
    better = action("skill-b", grade=Grade.TRIAL)
    catalogue = small_catalogue([action("skill-a", grade=Grade.OPINION), better])
    who = facts(seed="x")
    assert choose(who, NOTHING, catalogue).action == "skill-b"
    explored = why(who, NOTHING, catalogue, "skill-a", explored=True).second
    assert explored is not None
    assert (explored.action, explored.cause) == ("skill-b", "explored")
    best = why(who, NOTHING, catalogue, "skill-b", explored=True).second
    assert best is not None
    assert best.cause != "explored"


@pytest.mark.parametrize("cause", [RECEIVED, MIX, EXPLORED, *Factor])
def test_every_cause_has_its_words(catalogue: Catalogue, cause: str) -> None:
    phrase = catalogue.diagnosis.general[f"second_{cause}"]
    assert phrase.of("fr")
    assert phrase.of("en")


def test_the_only_action_has_no_second() -> None:
    assert why(facts(), NOTHING, small_catalogue([action("skill-a")]), "skill-a").second is None


def test_an_action_that_is_not_in_the_catalogue_is_refused() -> None:
    with pytest.raises(KeyError):
        why(facts(), NOTHING, small_catalogue([action("skill-a")]), "skill-z")


def test_a_counterfactual_names_what_a_licence_would_bring() -> None:
    driving = action("skill-drive", when=["driver"], grade=Grade.TRIAL)
    catalogue = replace(small_catalogue([action("skill-a", grade=Grade.OPINION), driving]), sentences=LICENCE)
    without = facts(driving_licence=False)
    assert why(without, NOTHING, catalogue, "skill-a").counterfactual == Counterfactual(
        "driver", "skill-drive"
    )
    with_it, unknown = facts(driving_licence=True), facts()
    assert why(with_it, NOTHING, catalogue, "skill-drive").counterfactual is None
    assert why(unknown, NOTHING, catalogue, "skill-a").counterfactual is None


def test_age_is_never_a_counterfactual_even_where_words_exist() -> None:
    for_seniors = action("skill-senior", when=["senior"], grade=Grade.TRIAL)
    catalogue = replace(
        small_catalogue([action("skill-a", grade=Grade.OPINION), for_seniors]), sentences=LICENCE
    )
    assert why(facts(age="26-49"), NOTHING, catalogue, "skill-a").counterfactual is None


def test_counterfactuals_of_the_catalogue_are_true_and_within_reach(catalogue: Catalogue) -> None:
    told = 0
    for who in made_up(150, 41):
        found = diagnose(who)
        choice = choose(who, found, catalogue)
        assert choice.action is not None
        other = why(who, found, catalogue, choice.action).counterfactual
        if other is None:
            continue
        told += 1
        literal = parse_literal(other.condition)
        change = literal.condition.change
        assert change is not None
        changed = replace(who, profile=change(who.profile, *literal.args))
        assert literal.test(who) is False
        assert all_true(catalogue.action(other.action).when, changed) is True
        assert choose(changed, diagnose(changed), catalogue).action == other.action
    assert told
