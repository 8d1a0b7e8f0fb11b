"""How varied the choice of actions is, and what the command says when it is not."""

from __future__ import annotations

import numpy as np
import pytest

from bot.advice.items import Catalogue
from bot.advice.loading import load_catalogue
from bot.advice.people import made_up
from bot.commands.evaluate.choice import (
    DAYS,
    MOST_ALIKE,
    MOST_SHARED,
    evaluate,
    first_actions,
    likeness,
    measured,
)
from tests.advice.making import action, every_family, small_catalogue
from tests.commands.running import Bob


@pytest.fixture(scope="module")
def real() -> Catalogue:
    return load_catalogue()


def test_different_people_get_different_actions(real: Catalogue) -> None:
    found = measured(real, 300, 50)
    assert found["alike"]["value"] <= MOST_ALIKE
    assert found["shared"]["value"] <= MOST_SHARED
    assert found["ok"]


def test_the_first_actions_are_ten_different_ones_for_each_person(real: Catalogue) -> None:
    ids, received = first_actions(made_up(20), real)
    assert received.shape == (20, len(ids))
    assert set(received.sum(axis=1).tolist()) == {DAYS}


def test_a_catalogue_that_gives_everybody_the_same_fails(capsys: pytest.CaptureFixture[str]) -> None:
    poor = small_catalogue(every_family(2))
    assert evaluate(poor, as_json=False, people=20, clones=10) == 1
    assert capsys.readouterr().out.count("TOO MUCH") == 2


def test_likeness_is_the_mean_of_all_pairs() -> None:
    rows = np.array([[1, 1, 0, 0], [1, 0, 1, 0], [0, 0, 0, 1]], bool)
    assert likeness(rows) == pytest.approx((1 / 3 + 0 + 0) / 3)
    assert likeness(rows[:1]) == 0


def test_of_people_alike_who_can_get_one_action_only_all_get_it() -> None:
    clones = measured(small_catalogue([action("skill-only")]), 3, 25)["clones"]
    assert clones == {"number": 25, "median": 1.0, "largest": 1.0, "action": "skill-only"}


def test_the_command_prints_the_figures_and_their_bounds(bob: Bob) -> None:
    found = bob("evaluate", "choice", "--json", "--clones", "20").json
    assert (found["people"], found["clones"]["number"], found["alike"]["most"]) == (300, 20, 0.30)
    assert bob("evaluate", "choice", "--clones", "0").code == 2
