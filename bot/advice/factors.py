"""What the score of an action is the product of: desirability x chance x rotation, and near-ties apart.

Every weight is a named number here, in `compiled` or in `barriers`, but for what was learnt from the answers
(`bot.advice.learning`). Clicks play no part.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import chain

import numpy as np

from bot.advice.barriers import named_families
from bot.advice.batch import Batch
from bot.advice.compiled import FAMILIES, FAMILY_INDEX, OPENINGS, Floats
from bot.advice.draw import drawn_by_day
from bot.advice.evaluation import Ints
from bot.advice.facts import Facts
from bot.advice.learning.learnt import NOTHING_LEARNT, Learnt, learnt_tables
from bot.advice.learning.situations import situation
from bot.advice.opening import comes_late
from bot.advice.past import Past
from bot.advice.strategy_scores import main_obstacles, proposed, strategy_scores

MOST_PROPOSED = 5
"""Strategies proposed at once, of distinct families."""

SERVES_PUT_FIRST, SERVES_ACCEPTED, SERVES_PROPOSED, SERVES_NONE, SERVES_REFUSED = 1.7, 1.5, 1.2, 1.0, 0.6
"""Desirability by the best of the strategies that an action carries forward; a counsellor may have put one first. What
the person refused stays refused.
"""

USUAL_MINUTES = 15
"""Minutes a day taken for granted until the person says."""

LEAST_TIME_CHANCE = 0.25
EFFORT_CHANCE = (1.0, 0.96, 0.9)
"""Chance of getting done, by effort: small, medium, big."""

HARD_COSTS = (0.0, 0.3, 0.5)
"""What things found hard take away at most from the chance of an effort."""

HARD_HALF = 3
"""So many things found hard in a month take away half of that."""

FAMILY_LEAST, FAMILY_SPAN, FAMILY_PRIOR = 0.75, 0.5, 3
"""Chance by what the person did and declined in the family, shrunk towards 1 as if 3 done and 3 declined."""

SPACING = (0.25, 0.5, 0.7, 0.85, 0.95)
"""The family of the last action, of the one before, and so on."""

ALTERNATION = ((0.9, 1.0, 1.05), (1.0, 0.9, 0.9), (1.05, 0.8, 0.3), (1.0, 1.0, 1.0))
"""By effort of the last action (last row: none), then by effort of the item: big and small take turns."""

PREFERRED = 2.0
"""Weight of the family that the person's goal of the week asks for, until the goal is met."""

LATE_CHANCE = 0.6
"""Chance of what needs an open office or shop, when the action of the day comes late in the afternoon."""

NEAR_TIE = 0.4
"""Scores within this share of one another may change places, by person, day and item."""


class Factor(StrEnum):
    """A factor of the score; each also names why one action came before another."""

    OBSTACLE = "obstacle"  # works on the main obstacle
    STRATEGY = "strategy"  # carries a strategy that was put first, accepted or proposed
    FIT = "fit"  # closer to the person's answers, better evidence
    NAMED = "named"  # answers to something named as being in the way
    HABIT = "habit"  # the kind of thing this person does
    GOAL = "goal"  # the family that the goal of the week asks for
    SPACING = "spacing"  # the family has not just been seen
    EFFORT = "effort"  # the right size after the last action
    TIME = "time"  # fits the time of the day
    OPENING = "opening"  # can be done at the hour of the daily action
    LEARNT_HERE = "learnt_here"  # it has helped people in a like situation
    LEARNT = "learnt"  # it has helped other people
    TIE = "tie"  # nothing but the draw of the day


def factors(batch: Batch, learnt: Learnt = NOTHING_LEARNT) -> dict[Factor, Floats]:
    """Each factor, people x actions, whether the action fits or not. Those learnt are there if anything was."""
    actions = batch.made.actions
    by_family = {name: table[:, actions.family] for name, table in _by_family(batch).items()}
    return {
        Factor.OBSTACLE: actions.obstacle[main_obstacles(batch)],
        Factor.STRATEGY: _served(batch, *np.indices(batch.fits.shape)),
        Factor.FIT: np.broadcast_to(actions.static, (len(batch.people), len(actions.ids))),
        **by_family,
        Factor.EFFORT: _effort_chance(batch.pasts)[:, batch.made.effort],
        Factor.TIME: _time_chance(batch.people)[:, batch.made.minutes],
        Factor.OPENING: _opening_chance(batch.people)[:, batch.made.opening],
        **_learnt(batch, learnt),
        Factor.TIE: 1 + NEAR_TIE * drawn_by_day(batch.people, actions.hashes),
    }


def action_scores(batch: Batch, learnt: Learnt = NOTHING_LEARNT) -> Floats:
    """The product of all factors, people x actions; 0 where an action does not fit.

    Most actions do not fit most people, so it is computed for those that do, each a pair (person, action).
    """
    made = batch.made
    people, actions = batch.pairs
    scores = 1 + NEAR_TIE * drawn_by_day(batch.people, made.actions.hashes, batch.pairs)
    scores *= (made.actions.obstacle * made.actions.static)[np.array(main_obstacles(batch))[people], actions]
    scores *= _served(batch, people, actions)
    scores *= np.prod(list(_by_family(batch).values()), axis=0)[people, made.actions.family[actions]]
    scores *= _effort_chance(batch.pasts)[people, made.effort[actions]]
    scores *= _time_chance(batch.people)[people, made.minutes[actions]]
    scores *= _opening_chance(batch.people)[people, made.opening[actions]]
    if not learnt.is_empty:
        scores *= learnt_tables(learnt, made).both[np.array(situations(batch))[people], actions]
    spread = np.zeros(batch.fits.shape)
    spread[people, actions] = scores
    return spread


def situations(batch: Batch) -> list[int]:
    """By person, the number of their group (`bot.advice.learning.situations`)."""
    return [situation(*both) for both in zip(batch.people, batch.diagnoses, strict=True)]


def _learnt(batch: Batch, learnt: Learnt) -> dict[Factor, Floats]:
    if learnt.is_empty:
        return {}
    tables = learnt_tables(learnt, batch.made)
    shape = (len(batch.people), len(tables.everybody))
    return {
        Factor.LEARNT_HERE: tables.here[situations(batch)],
        Factor.LEARNT: np.broadcast_to(tables.everybody, shape),
    }


def _by_family(batch: Batch) -> dict[Factor, Floats]:
    """Factors that depend on the family, people x families."""
    return {
        Factor.NAMED: named_families(batch.people),
        Factor.HABIT: _family_chance(batch),
        Factor.GOAL: _preferred(batch.people),
        Factor.SPACING: _spacing(batch.pasts),
    }


def _served(batch: Batch, people: Ints, actions: Ints) -> Floats:
    """For each pair (person, action), the weight of the best of the strategies that the action carries forward."""
    made = batch.made
    weights = np.full((len(batch.people), len(made.strategies.ids) + 1), SERVES_NONE)
    weights[:, :-1][proposed(batch, strategy_scores(batch), MOST_PROPOSED)] = SERVES_PROPOSED
    weights[:, -1] = 0  # where an action serves fewer
    _mark(weights, [past.accepted for past in batch.pasts], SERVES_ACCEPTED)
    _mark(weights, [past.put_first for past in batch.pasts], SERVES_PUT_FIRST)
    _mark(weights, [past.refused for past in batch.pasts], SERVES_REFUSED)
    best = np.zeros(actions.shape)
    for served in made.serves.T:
        np.maximum(best, weights[people, served[actions]], out=best)
    best[best == 0] = SERVES_NONE
    return best


def _mark(weights: Floats, marked: Sequence[Sequence[int]], weight: float) -> None:
    """Give each person's strategies that weight, all at once: one assignment for each person is slow."""
    columns = np.fromiter(chain.from_iterable(marked), np.int64)
    weights[np.repeat(np.arange(len(marked)), [len(one) for one in marked]), columns] = weight


def _family_chance(batch: Batch) -> Floats:
    received, count = batch.received, len(FAMILIES)
    cells = received.people * count + batch.made.actions.family[received.actions]
    done = np.bincount(cells[received.done], minlength=len(batch.people) * count)
    done = done.reshape(len(batch.people), count)
    done += np.array([past.done_elsewhere for past in batch.pasts])[:, :count]
    declined = np.array([past.declined for past in batch.pasts], float)[:, :count]
    share: Floats = FAMILY_LEAST + FAMILY_SPAN * (done + FAMILY_PRIOR) / (done + declined + 2 * FAMILY_PRIOR)
    return share


def _preferred(people: Sequence[Facts]) -> Floats:
    """People x families."""
    weights = np.ones((len(people), len(FAMILIES)))
    for row, facts in enumerate(people):
        if facts.preferred is not None:
            weights[row, FAMILY_INDEX[facts.preferred]] = PREFERRED
    return weights


def _spacing(pasts: Sequence[Past]) -> Floats:
    weights = np.ones((len(pasts), len(FAMILIES) + 1))  # the last column stands for unknown families
    for row, past in enumerate(pasts):
        recent = past.recent_families[: len(SPACING)]
        for family, weight in zip(reversed(recent), reversed(SPACING[: len(recent)]), strict=True):
            weights[row, family] = weight
    return weights[:, :-1]


def _effort_chance(pasts: Sequence[Past]) -> Floats:
    hard = np.array([past.hard for past in pasts], float)[:, None]
    taken = np.array(HARD_COSTS) * hard / (hard + HARD_HALF)
    turns = np.array(ALTERNATION)[[past.last_effort for past in pasts]]
    weights: Floats = np.array(EFFORT_CHANCE) * (1 - taken) * turns
    return weights


def _time_chance(people: Sequence[Facts]) -> Floats:
    """People x minutes (0 to 20)."""
    own = np.array([facts.profile.minutes_per_day or USUAL_MINUTES for facts in people], float)[:, None]
    minutes = np.maximum(np.arange(21), 1)
    return np.clip(own / minutes, LEAST_TIME_CHANCE, 1.0)


def _opening_chance(people: Sequence[Facts]) -> Floats:
    """People x openings."""
    late = np.array([comes_late(facts.profile) for facts in people], bool)
    chance = np.ones((len(people), len(OPENINGS)))
    chance[late, 1:] = LATE_CHANCE
    return chance
