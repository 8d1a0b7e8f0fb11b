"""Scores of strategies, for many people at once: obstacle, boosts, evidence, what the person said of them."""

from __future__ import annotations

import numpy as np

from bot.advice.barriers import named_families
from bot.advice.batch import Batch
from bot.advice.compiled import FAMILIES, OBSTACLE_INDEX, OBSTACLES, Floats
from bot.advice.diagnosis import NEEDS_ATTENTION
from bot.advice.draw import drawn_by_person
from bot.advice.evaluation import Bools

MAIN_OBSTACLE, NEXT_OBSTACLE = 4.0, 1.2
"""A strategy that works on the main obstacle, on another that needs attention (0.6 for others, 1 for any)."""

BOOST, MOST_BOOSTS = 0.25, 3
"""What each `boost` line that holds adds, and how many count."""

LATER, ALREADY_ACCEPTED = 0.5, 1.5
"""A strategy that the person put off, one that they accepted."""

NEAR_TIE = 0.05
"""Strategies this close may change places from one person to the next."""


def strategy_scores(batch: Batch) -> Floats:
    """People x strategies; zero where a strategy does not fit or its family was refused."""
    rows, people = batch.made.strategies, batch.people
    fits = batch.whens[rows.when].T & batch.welcome[:, rows.family]
    with_none = np.concatenate((batch.lines, np.zeros((1, len(people)), bool)))
    boosts = np.minimum(with_none[batch.made.boosts].sum(axis=1).T, MOST_BOOSTS)
    scores: Floats = rows.static * (1 + BOOST * boosts) * _obstacles(batch)
    scores *= named_families(people)[:, rows.family]
    scores *= 1 + NEAR_TIE * drawn_by_person(people, rows.hashes)
    for row, facts in enumerate(people):
        for strategy_id, answer in facts.history.strategies.items():
            column = batch.made.strategy_index.get(strategy_id)
            if column is not None and answer.state == "accepted":
                scores[row, column] *= ALREADY_ACCEPTED
            elif column is not None and answer.state == "later":
                scores[row, column] *= LATER
    return np.where(fits, scores, 0.0)


def _obstacles(batch: Batch) -> Floats:
    rows, mains = batch.made.strategies, main_obstacles(batch)
    attention = np.zeros((len(batch.diagnoses), len(OBSTACLES)))
    for row, diagnosis in enumerate(batch.diagnoses):
        for other in diagnosis.others:
            if other.state == NEEDS_ATTENTION:
                attention[row, OBSTACLE_INDEX[other.id]] = 1
    next_ones = attention @ rows.names > 0
    names_main = np.concatenate((rows.names, np.zeros((1, len(rows.ids)), bool)))[mains]
    weights = np.where(next_ones, np.maximum(rows.obstacle[mains], NEXT_OBSTACLE), rows.obstacle[mains])
    found: Floats = np.where(names_main, MAIN_OBSTACLE, weights)
    return found


def main_obstacles(batch: Batch) -> list[int]:
    """By person, the number of the main obstacle; one past the last for a person without a diagnosis."""
    none = len(OBSTACLES)
    return [none if found.main is None else OBSTACLE_INDEX[found.main] for found in batch.diagnoses]


def proposed(batch: Batch, scores: Floats, most: int) -> Bools:
    """People x strategies: the best strategy of each family, for the `most` best families."""
    family_of = batch.made.strategies.family
    family_best = np.zeros((len(scores), len(FAMILIES)))
    picks = np.zeros((len(scores), len(FAMILIES)), np.int64)
    for family in set(family_of.tolist()):
        members = np.flatnonzero(family_of == family)
        within = scores[:, members]
        picks[:, family] = members[np.argmax(within, axis=1)]
        family_best[:, family] = within.max(axis=1)
    best = np.argsort(-family_best, axis=1, kind="stable")[:, :most]
    chosen = np.zeros(scores.shape, bool)
    rows, places = np.nonzero(np.take_along_axis(family_best, best, axis=1) > 0)
    chosen[rows, picks[rows, best[rows, places]]] = True
    return chosen
