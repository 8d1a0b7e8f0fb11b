"""`bob evaluate policy` in small: whether learning helps where there is something to learn, and only there."""

from __future__ import annotations

import json

import numpy as np
import pytest

from bot.advice.batch import Batch
from bot.advice.compiled import Compiled, compiled
from bot.advice.factors import action_scores
from bot.advice.items import Catalogue
from bot.advice.learning.exploring import Policy, probabilities
from bot.advice.learning.learnt import Learnt
from bot.advice.loading import load_catalogue
from bot.advice.selection import choose_many
from bot.commands.evaluate.policy import as_text, as_values
from bot.commands.evaluate.policy.compared import MARGINS, Compared, compare, interval
from bot.commands.evaluate.policy.crowd import REWARD_IF_DONE, Crowd, answers, rewarded
from bot.commands.evaluate.policy.life import Logged, Way, _offers
from bot.commands.evaluate.policy.offline import TARGETS, estimates
from tests.commands.running import Bob

SEEDS = range(31, 36)
SMALL = 0.03
"""More than chance makes between two policies on so few people: about twice the half-width of the interval."""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="module")
def made(catalogue: Catalogue) -> Compiled:
    return compiled(catalogue)


@pytest.fixture(scope="module")
def found() -> Compared:
    return compare(SEEDS, people=80, days=14, share=0.1, processes=1)


def test_learning_beats_chance(found: Compared) -> None:
    assert found.ahead[Way.RANDOM].low > 0


def test_where_the_editors_know_nothing_learning_beats_their_order() -> None:
    ignorant = compare(SEEDS[:4], people=250, days=21, share=0.1, right=0.0, processes=1)
    assert ignorant.ahead[Way.EDITORS].low > 0


def test_where_every_action_is_as_good_as_any_other_learning_wins_nothing() -> None:
    flat = compare(SEEDS, people=80, days=14, share=0.1, flat=True, processes=1)
    for way, ahead in flat.ahead.items():
        assert abs(ahead.mean) < SMALL, way
    assert not flat.ok


def test_the_same_seeds_tell_the_same_in_any_number_of_processes() -> None:
    alone, shared = (compare([3, 4], people=20, days=6, share=0.1, processes=count) for count in (1, 2))
    assert alone == shared


def test_the_estimates_of_a_target_hold_the_truth(found: Compared) -> None:
    assert min(found.coverage.values()) >= 0.8


def test_a_margin_that_is_missed_fails_the_whole(found: Compared) -> None:
    assert as_values(found)["ok"] == found.ok
    for way, margin in MARGINS.items():
        told = as_values(found)["ahead"][way.value]
        assert told["ok"] == (found.ahead[way].low >= margin)
        assert ("MISS" in as_text(found)) == any(
            found.ahead[each].low < least for each, least in MARGINS.items()
        )


@pytest.mark.parametrize("target", TARGETS)
def test_inverse_propensities_are_right_on_average(target: str) -> None:
    """Candidates of known worth, chosen with the probabilities that are logged: the mean of many estimates."""
    rng = np.random.default_rng(5)
    truth, share = [0.6, 0.3, 0.5], 0.3
    chances = probabilities(3, share)
    errors = []
    for _ in range(200):
        places = rng.choice(3, 300, p=chances)
        log = [
            Logged(place, float(chances[place]), float(rng.random() < truth[place]), truth)
            for place in places.tolist()
        ]
        one = next(each for each in estimates(log) if each.target == target)
        assert one.truth == pytest.approx(float(TARGETS[target](3) @ np.array(truth)))
        errors.append((one.ips - one.truth, one.ips_covers))
    off = np.array([error for error, _ in errors])
    assert abs(off.mean()) < 4 * off.std() / len(off) ** 0.5
    assert np.mean([covers for _, covers in errors]) > 0.9


def test_estimates_that_take_wrong_probabilities_miss_the_truth() -> None:
    rng = np.random.default_rng(6)
    truth = [0.6, 0.3]
    log = [
        Logged(place, 0.5, float(rng.random() < truth[place]), truth)
        for place in (rng.random(4000) < 0.1).astype(int).tolist()
    ]
    assert not next(one for one in estimates(log) if one.target == "second").ips_covers


def test_nothing_logged_tells_nothing() -> None:
    with pytest.raises(ValueError, match="nothing was logged"):
        estimates([])


def test_the_simulation_chooses_as_bob_does(catalogue: Catalogue, made: Compiled) -> None:
    crowd = Crowd.of(made, 80, 9)
    here = {"none": {action.id: 0.5 + place % 9 / 5 for place, action in enumerate(catalogue.actions)}}
    learnt = Learnt({}, here, "test")
    batch = Batch.of(made, crowd.people, crowd.diagnoses)
    scores = action_scores(batch, learnt)
    chances = crowd.chances(slice(None), action_scores(batch), batch.fits)
    ours = _offers(batch, scores, chances, 0.5)
    real = choose_many(crowd.people, crowd.diagnoses, catalogue, policy=Policy(learnt, 0.5))
    for offer, choice in zip(ours, real, strict=True):
        assert choice.decision is not None
        assert made.actions.ids[offer.action] == choice.action
        assert offer.propensity == choice.decision.propensity


def test_people_do_what_the_chances_say(made: Compiled) -> None:
    """The mean reward is that of the chances, and refusals that say nothing are left out."""
    action, chance, people = 3, 0.4, 4000
    past = answers([action] * people, [chance] * people, made, day=2, seed=8)
    rewards = [rewarded(one) for one in past if one is not None]
    assert np.mean([one or 0 for one in rewards]) == pytest.approx(chance * REWARD_IF_DONE, abs=0.03)
    assert None in rewards


def test_the_same_action_on_the_same_day_ends_the_same_under_every_policy(made: Compiled) -> None:
    one = answers([3, 4, -1], [0.4, 0.4, 0.0], made, day=2, seed=8)
    other = answers([3, 9, -1], [0.4, 0.4, 0.0], made, day=2, seed=8)
    assert one[0] == other[0]
    assert one[2] is None


def test_an_interval_lies_around_its_mean() -> None:
    assert interval([1.0, 2.0, 3.0]).mean == 2


def test_one_seed_has_no_interval() -> None:
    with pytest.raises(ValueError, match="two seeds"):
        compare([1], people=10, days=2, share=0.1)


def test_the_command_prints_json_and_fails_where_the_margins_are_missed(bob: Bob) -> None:
    ran = bob("evaluate", "policy", "--seeds", "5", "--people", "10", "--days", "2", "--json")
    told = json.loads(ran.out)
    assert ran.code == (0 if told["ok"] else 1)
    assert not told["ok"]
    assert set(told["reward"]) == {"random", "editors", "popularity", "bob"}
