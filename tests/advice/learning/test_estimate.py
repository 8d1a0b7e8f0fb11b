"""B9: from counted outcomes to multipliers, shrunk to the editors' prior."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.advice.compiled import Compiled, Floats, compiled
from bot.advice.diagnosis import Diagnosis, diagnose
from bot.advice.factors import EFFORT_CHANCE
from bot.advice.facts import Family, Outcome, Refusal
from bot.advice.items import Catalogue, Effort, Grade
from bot.advice.learning.counting import Counting
from bot.advice.learning.estimate import HALF_LIFE_DAYS, LEAST, LEAST_PEOPLE, MOST, Counts, decay, estimate
from bot.advice.learning.exploring import Policy
from bot.advice.learning.learnt import NOTHING_LEARNT, Learnt
from bot.advice.learning.rewards import DONE, EASIER, HELPED, reward
from bot.advice.learning.situations import SITUATION_INDEX, SITUATIONS, situation
from bot.advice.people import made_up
from bot.advice.profile import ObstacleId
from bot.advice.selection import choose_many
from tests.advice.making import action, facts, small_catalogue

NAMES = ("network-a", "network-b", "skill-a", "skill-b", "skill-c")
HERE = "missing-diploma"
GROUP = SITUATION_INDEX[HERE]


@pytest.fixture
def made() -> Compiled:
    return compiled(small_catalogue([action(name) for name in NAMES]))


def counts(
    made: Compiled, given: dict[str, tuple[int, float]], group: int = GROUP, people: int = 1000
) -> Counts:
    """So many deliveries of each action, of which so many (a share) brought a reward of 1."""
    found = Counts.none(len(made.actions.ids))
    for name, (number, share) in given.items():
        column = made.action_index[name]
        found.delivered[group, column] = number
        found.reward[group, column] = number * share
        found.people[group, column] = min(number, people)
        found.people_of[column] = min(number, people)
    return found


def everybody(made: Compiled, found: Counts) -> Floats:
    return estimate(found, made, EFFORT_CHANCE).everybody


@pytest.mark.parametrize(
    ("outcome", "refusal", "easier", "felt", "expected"),
    [
        (Outcome.DONE, None, False, None, DONE),
        (Outcome.DONE, None, False, "hard", DONE),
        (Outcome.DONE, None, False, "easy", HELPED),
        (Outcome.DONE, None, False, "fine", HELPED),
        (Outcome.DONE, None, True, "fine", HELPED * EASIER),
        (Outcome.EXPIRED, None, False, None, 0),
        (Outcome.EXPIRED, None, True, None, 0),
        (Outcome.REPLACED, None, False, None, 0),
        (Outcome.REFUSED, Refusal.DISLIKE, False, None, 0),
        (Outcome.REFUSED, Refusal.TOO_LONG, False, None, 0),
        (Outcome.REFUSED, Refusal.TOO_HARD, False, None, 0),
        (Outcome.REFUSED, None, False, None, 0),
        (Outcome.REFUSED, Refusal.ALREADY_DONE, False, None, None),
        (Outcome.REFUSED, Refusal.NOT_MY_SITUATION, False, None, None),
        (Outcome.OPEN, None, False, None, None),
        (Outcome.WITHDRAWN, None, False, None, None),
    ],
)
def test_each_answer_has_its_reward(
    outcome: Outcome, refusal: Refusal | None, easier: bool, felt: str | None, expected: float | None
) -> None:
    assert reward(outcome, refusal, easier=easier, felt=felt) == expected


def test_the_group_is_the_main_obstacle_and_whether_the_search_is_long() -> None:
    missing = Diagnosis(ObstacleId.MISSING_DIPLOMA)
    assert SITUATIONS[situation(facts(months=5.9), missing)] == "missing-diploma"
    assert SITUATIONS[situation(facts(months=6), missing)] == "missing-diploma:long"
    assert SITUATIONS[situation(facts(), missing)] == "missing-diploma"
    assert SITUATIONS[situation(facts(months=12), Diagnosis(None))] == "none:long"


def test_nothing_answered_leaves_everything_as_the_editors_have_it(made: Compiled) -> None:
    found = estimate(Counts.none(len(made.actions.ids)), made, EFFORT_CHANCE)
    assert (found.everybody == 1).all()
    assert (found.here == 1).all()
    assert Learnt.of(found, made).is_empty


@given(st.lists(st.tuples(st.integers(0, 400), st.floats(0, 1)), min_size=5, max_size=5))
@settings(max_examples=60, deadline=None)
def test_multipliers_stay_within_their_bounds(answered: list[tuple[int, float]]) -> None:
    made = compiled(small_catalogue([action(name) for name in NAMES]))
    found = estimate(counts(made, dict(zip(NAMES, answered, strict=True))), made, EFFORT_CHANCE)
    for table in (found.everybody, found.here):
        assert ((table >= LEAST) & (table <= MOST)).all()


def test_what_is_done_more_than_expected_rises_and_what_is_done_less_falls(made: Compiled) -> None:
    found = everybody(made, counts(made, {"skill-a": (200, 0.8), "skill-b": (200, 0.2)}))
    first, second = found[made.action_index["skill-a"]], found[made.action_index["skill-b"]]
    assert first > 1.3
    assert second < 0.75


def test_more_answers_of_the_same_kind_move_further_from_the_prior(made: Compiled) -> None:
    place = made.action_index["skill-a"]
    few, many = (
        everybody(made, counts(made, {"skill-a": (number, 0.9), "skill-b": (number, 0.1)}))[place]
        for number in (10, 500)
    )
    assert 1 < few < many


def test_an_action_that_nobody_got_learns_from_its_family(made: Compiled) -> None:
    answered = {"skill-a": (400, 0.7), "skill-b": (400, 0.7), "network-a": (400, 0.2)}
    found = everybody(made, counts(made, answered))
    assert found[made.action_index["skill-c"]] > 1.1
    assert found[made.action_index["network-b"]] < 0.9


def test_one_group_learns_of_itself_and_the_others_of_everybody(made: Compiled) -> None:
    here = counts(made, {"skill-a": (300, 0.9), "skill-b": (300, 0.3)})
    there = counts(made, {"skill-a": (300, 0.1), "skill-b": (300, 0.3)}, group=0)
    both = Counts(
        here.delivered + there.delivered,
        here.reward + there.reward,
        here.people + there.people,
        here.people_of + there.people_of,
    )
    found = estimate(both, made, EFFORT_CHANCE)
    place = made.action_index["skill-a"]
    assert found.here[GROUP, place] > 1.15
    assert found.here[0, place] < 0.85
    assert found.here[5, place] == 1


def test_a_group_that_does_less_of_everything_speaks_against_no_action(made: Compiled) -> None:
    """All of one action's deliveries fall in a discouraged group: that is not the action's fault."""
    low = counts(made, {"skill-a": (300, 0.1), "skill-b": (300, 0.1)})
    high = counts(made, {"skill-c": (300, 0.6), "skill-b": (300, 0.6)}, group=0)
    both = Counts(
        low.delivered + high.delivered,
        low.reward + high.reward,
        low.people + high.people,
        low.people_of + high.people_of,
    )
    found = everybody(made, both)
    assert found[made.action_index["skill-a"]] == pytest.approx(1, abs=0.15)
    assert found[made.action_index["skill-c"]] == pytest.approx(1, abs=0.15)


def test_answers_of_fewer_than_five_people_teach_nothing(made: Compiled) -> None:
    loud = counts(made, {"skill-a": (500, 1.0)}, people=LEAST_PEOPLE - 1)
    found = estimate(loud, made, EFFORT_CHANCE)
    assert (found.everybody == 1).all()
    assert (found.here == 1).all()


def test_a_group_of_fewer_than_five_people_has_no_cell_of_its_own(made: Compiled) -> None:
    answered = counts(made, {"skill-a": (300, 0.5), "skill-b": (300, 0.5)})
    column = made.action_index["skill-a"]
    answered.delivered[0, column], answered.reward[0, column] = 300, 300
    answered.people[0, column] = LEAST_PEOPLE - 1
    assert estimate(answered, made, EFFORT_CHANCE).here[0, column] == 1
    answered.people[0, column] = LEAST_PEOPLE
    assert estimate(answered, made, EFFORT_CHANCE).here[0, column] > 1


def test_answers_correct_the_editors_grade_and_effort() -> None:
    """A weak grade and a big effort that get done as much as the rest lose nothing in the end."""
    modest = action("skill-modest", grade=Grade.OPINION, effort=Effort.BIG)
    strong = action("skill-strong", grade=Grade.TRIAL)
    made = compiled(small_catalogue([modest, strong]))
    found = everybody(made, counts(made, {"skill-modest": (5000, 0.5), "skill-strong": (5000, 0.5)}))
    prior = np.array([0.8 * EFFORT_CHANCE[2], 1.0 * EFFORT_CHANCE[0]])
    posterior = found * prior
    assert posterior[0] / posterior[1] == pytest.approx(1, abs=0.02)


def test_an_answer_loses_half_its_weight_in_its_half_life() -> None:
    assert decay(0) == 1
    assert decay(HALF_LIFE_DAYS) == pytest.approx(0.5)
    assert decay(2 * HALF_LIFE_DAYS) == pytest.approx(0.25)


def test_what_was_learnt_comes_back_from_its_text(made: Compiled) -> None:
    found = estimate(counts(made, {"skill-a": (300, 0.9), "skill-b": (300, 0.2)}), made, EFFORT_CHANCE)
    learnt = Learnt.of(found, made)
    again = Learnt.from_json(learnt.to_json())
    assert (again.everybody, again.here, again.version) == (learnt.everybody, learnt.here, learnt.version)
    assert len(learnt.version) == 12


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"everybody": 3, "here": {}}', "null"])
def test_a_text_that_is_no_table_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Learnt.from_json(text)


def test_with_nothing_learnt_the_choice_is_that_of_the_editors(catalogue: Catalogue) -> None:
    people = made_up(40, 3)
    found = [diagnose(who) for who in people]
    before = choose_many(people, found, catalogue)
    assert choose_many(people, found, catalogue, policy=Policy(NOTHING_LEARNT, 0.0)) == before
    assert choose_many(people, found, catalogue, policy=Policy(Learnt(), 0.0)) == before
    assert all(one.decision is not None and one.decision.propensity == 1 for one in before)


def test_what_was_learnt_moves_an_action_up_or_down(catalogue: Catalogue) -> None:
    people = made_up(30, 4)
    found = [diagnose(who) for who in people]
    firsts = {one.action for one in choose_many(people, found, catalogue, depth=1) if one.action}
    worst = Learnt(dict.fromkeys(firsts, LEAST), {}, "low")
    after = [one.action for one in choose_many(people, found, catalogue, depth=1, policy=Policy(worst))]
    assert sum(one in firsts for one in after) < len(people) / 2


def test_what_was_learnt_in_a_group_counts_there_only() -> None:
    catalogue = small_catalogue([action("skill-a"), action("skill-b")])
    learnt = Learnt({}, {HERE: {"skill-b": MOST}}, "v")
    twins = [facts(seed=f"twin-{number}") for number in range(30)]

    def chosen(main: ObstacleId | None) -> set[str | None]:
        found = [Diagnosis(main)] * len(twins)
        return {one.action for one in choose_many(twins, found, catalogue, policy=Policy(learnt))}

    assert chosen(ObstacleId.MISSING_DIPLOMA) == {"skill-b"}
    assert chosen(None) == {"skill-a", "skill-b"}


def test_sums_of_actions_that_left_the_catalogue_are_passed_over(made: Compiled) -> None:
    counting = Counting(made)
    counting.add("gone", HERE, people=9, delivered=9, reward=9)
    counting.add_people("gone", 9)
    counting.add("skill-a", "an-obstacle-of-another-time", people=7, delivered=8, reward=4)
    counting.add("skill-a", None, people=1, delivered=2, reward=1)
    counting.add_people("skill-a", 8)
    column = made.action_index["skill-a"]
    assert counting.counts.delivered.sum() == 10
    assert counting.counts.delivered[len(SITUATIONS), column] == 10
    assert counting.counts.people_of[column] == 8


def test_every_family_may_learn() -> None:
    made = compiled(small_catalogue([action(f"{family}-x") for family in Family]))
    answered = counts(made, {f"{family}-x": (100, 0.5) for family in Family})
    assert np.isfinite(estimate(answered, made, EFFORT_CHANCE).everybody).all()
    assert replace(NOTHING_LEARNT).is_empty
