"""From counted outcomes to multipliers of the score: shrinkage level by level, in closed form.

Each level asks one question: how much more reward was there than the levels before it lead one to expect? The answer
(observed + k) / (expected + k) is the mean of a gamma posterior whose prior has mean 1 and standard deviation
1 / sqrt(k): nothing observed gives exactly 1, much observed gives observed / expected. Expected is counted in rewards,
so that 10 deliveries of an action that half the people do weigh as 5.

1. Editors: the reward expected of an action is the mean of all, times its grade and effort as the score has them.
2. Situation: people who do more or less of everything. Only expected with, since it is the same for all their actions.
3. Family over everybody; family within the situation.
4. Action over everybody; action within the situation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from bot.advice.compiled import FAMILIES, GRADE_WEIGHT, Compiled, Floats
from bot.advice.evaluation import Ints
from bot.advice.learning.situations import SITUATIONS

HALF_LIFE_DAYS: Final = 180
"""An answer weighs half as much after six months: markets, services and the catalogue's wordings change."""

LEAST_PEOPLE: Final = 5
"""Fewer people than this in a cell: it is neither used nor printed."""

BASE_REWARD, BASE_STRENGTH = 0.4, 20.0
"""The mean reward taken for granted, as if seen so many times; it cancels out of the order of actions."""

SITUATION_STRENGTH: Final = 20.0
FAMILY_STRENGTH: Final = 25.0
"""Families hold many actions, some good and some not: their means differ little (a standard deviation of 0.2)."""

FAMILY_HERE_STRENGTH: Final = 25.0
ACTION_STRENGTH: Final = 8.0
"""Single actions differ most (0.35)."""

ACTION_HERE_STRENGTH: Final = 15.0
"""What is left within a situation once the action and the family are known is smaller (0.26), and the cells are many.

With half or double these strengths, simulated people gain the same within a hundredth (`bob evaluate policy`).
"""

LEAST, MOST = 0.4, 2.5
"""Bounds of a multiplier: no action is buried or crowned by what others answered."""


@dataclass(frozen=True, eq=False)
class Counts:
    """Outcomes of everybody. Rows are the groups of `SITUATIONS`, the last one for outcomes of an unknown group;
    columns are the catalogue's actions.

    delivered, reward: weighed by age. people: how many different people each cell comes from. people_of: the
    same by action over all groups.
    """

    delivered: Floats
    reward: Floats
    people: Ints
    people_of: Ints

    @classmethod
    def none(cls, actions: int) -> Counts:
        shape = (len(SITUATIONS) + 1, actions)
        return cls(np.zeros(shape), np.zeros(shape), np.zeros(shape, np.int64), np.zeros(actions, np.int64))


@dataclass(frozen=True, eq=False)
class Multipliers:
    """everybody: by action. here: situations x actions, what the situation adds to it. 1 where nothing is known."""

    everybody: Floats
    here: Floats


def estimate(counts: Counts, made: Compiled, effort_chance: tuple[float, ...]) -> Multipliers:
    """The multipliers that these outcomes speak for. `effort_chance`: of small, medium and big, as in the score."""
    usable = counts.people_of >= LEAST_PEOPLE
    delivered, reward = counts.delivered * usable, counts.reward * usable
    expected = _editors(delivered, reward, made, effort_chance)
    expected *= _more(reward.sum(axis=1), expected.sum(axis=1), SITUATION_STRENGTH)[:, None]

    family, known = made.actions.family, counts.people >= LEAST_PEOPLE
    of_family = _by_family(reward.sum(axis=0, keepdims=True), family)
    families = _more(of_family, _by_family(expected.sum(axis=0, keepdims=True), family), FAMILY_STRENGTH)
    everybody = families[0, family]
    expected *= everybody

    families_here = _more(
        _by_family(reward * known, family), _by_family(expected * known, family), FAMILY_HERE_STRENGTH
    )
    here = families_here[:, family]
    expected *= here

    actions = _more(reward.sum(axis=0), expected.sum(axis=0), ACTION_STRENGTH)
    everybody = everybody * actions
    expected *= actions

    here = here * np.where(known, _more(reward, expected, ACTION_HERE_STRENGTH), 1.0)
    return Multipliers(np.clip(everybody, LEAST, MOST), np.clip(here[:-1], LEAST, MOST))


def _editors(delivered: Floats, reward: Floats, made: Compiled, effort_chance: tuple[float, ...]) -> Floats:
    """The reward expected in each cell if the editors were right."""
    grades = np.array([GRADE_WEIGHT[action.grade] for action in made.catalogue.daily])
    prior = grades * np.array(effort_chance)[made.effort]
    total = delivered.sum()
    if total:
        prior = prior / ((delivered * prior).sum() / total)
    base = (reward.sum() + BASE_REWARD * BASE_STRENGTH) / (total + BASE_STRENGTH)
    expected: Floats = delivered * prior * base
    return expected


def _more(observed: Floats, expected: Floats, strength: float) -> Floats:
    """How much more than expected, shrunk towards 1."""
    ratio: Floats = (observed + strength) / (expected + strength)
    return ratio


def _by_family(cells: Floats, family: Ints) -> Floats:
    """Groups x families."""
    sums = np.zeros((len(FAMILIES), len(cells)))
    np.add.at(sums, family, cells.T)
    return sums.T


def decay(days: int) -> float:
    """The weight of an outcome of so many days ago."""
    weight: float = 0.5 ** (days / HALF_LIFE_DAYS)
    return weight
