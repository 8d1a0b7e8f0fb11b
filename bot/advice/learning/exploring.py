"""A small share of decisions is left to chance, with probabilities that are written down.

Only so can one tell later what another way of choosing would have brought: an action that is never tried teaches
nothing, and one that is only given to those whom it suits teaches the wrong thing.

What is random: one draw for each person, date and number of the decision on that date, a hash that is uniform from 0 to
1 and independent of everything that the score looks at (the near-ties have draws of their own; they are part of what
is given). Below the share, the decision is explored: the same draw, stretched, takes one of the candidates, each alike.
So the best action has probability 1 - share + share / candidates, each other candidate share / candidates.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from bot.advice.compiled import Floats, stable_hash
from bot.advice.evaluation import Bools, Ints
from bot.advice.facts import Facts
from bot.advice.learning.learnt import NOTHING_LEARNT, Learnt
from bot.advice.past import DUE, UNUSED

CANDIDATES: Final = 4
"""So many of the best actions at most may be taken by an explored decision."""

WITHIN: Final = 0.5
"""And only if their score is at least this share of the best one's: exploring must not cost the person their day."""

_WHOLE: Final = 2.0**64


@dataclass(frozen=True, slots=True)
class Policy:
    """How actions are chosen beyond the editors' order. share: of the decisions that are explored, 0 to 1."""

    learnt: Learnt = NOTHING_LEARNT
    share: float = 0.0


EDITORS: Final = Policy()
"""The editors' order alone: nothing learnt, nothing explored."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is written down of a choice: the group of the person, the probability with which this action was
    chosen, whether the draw explored, and the version of what was learnt.
    """

    situation: str
    propensity: float
    explored: bool
    learnt: str


class InUse:
    """The policy in use, replaced as a whole when more was learnt."""

    def __init__(self, policy: Policy = EDITORS) -> None:
        self.policy = policy

    def use(self, learnt: Learnt) -> None:
        self.policy = Policy(learnt, self.policy.share)


def candidates(ranking: Sequence[int], scores: Floats, classes: Ints, permitted: Bools) -> list[int]:
    """The actions that an explored decision may take, best first: those of the best one's class that the mix
    permits alike and whose score is close. Only the best one where it is there for want of anything better.

    ranking: numbers of actions, best first, not empty. scores, classes, permitted: by action.
    """
    best = ranking[0]
    if classes[best] not in (UNUSED, DUE):
        return [best]
    least = WITHIN * scores[best]
    return [
        one
        for one in ranking[:CANDIDATES]
        if classes[one] == classes[best] and permitted[one] == permitted[best] and scores[one] >= least
    ]


def drawn(facts: Facts) -> float:
    """From 0 to 1, by person, date and how many actions the date has had."""
    today = 0
    for one in facts.history.actions:
        if one.day != facts.today:
            break
        today += 1
    return stable_hash(facts.seed, facts.today.isoformat(), str(today), "explore") / _WHOLE


def pick(facts: Facts, choices: Sequence[int], share: float) -> tuple[int, float, bool]:
    """(place among the candidates, its probability, whether the decision was explored)."""
    if share <= 0:
        return 0, 1.0, False
    draw = drawn(facts)
    explored = draw < share
    place = min(int(draw / share * len(choices)), len(choices) - 1) if explored else 0
    chance = share / len(choices) + (1 - share if place == 0 else 0)
    return place, chance, explored


def probabilities(count: int, share: float) -> Floats:
    """The probability of each of so many candidates, best first."""
    chances = np.full(count, share / count)
    chances[0] += 1 - share
    return chances
