"""Three to five directions of distinct families, best first, each with its reasons."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bot.advice.batch import Batch
from bot.advice.compiled import compiled
from bot.advice.diagnosis import NEEDS_ATTENTION, Diagnosis
from bot.advice.factors import MOST_PROPOSED
from bot.advice.facts import Facts
from bot.advice.items import Catalogue
from bot.advice.past import REFUSED_STRATEGY_DAYS
from bot.advice.reasons import Reason, strategy_reasons
from bot.advice.strategy_scores import proposed, strategy_scores

FEWEST, MOST = 3, MOST_PROPOSED

__all__ = ["FEWEST", "MOST", "REFUSED_STRATEGY_DAYS", "ScoredStrategy", "rank_strategies"]


@dataclass(frozen=True, slots=True)
class ScoredStrategy:
    """A strategy for this person. Scores compare within one ranking only; they say nothing of the person."""

    id: str
    score: float
    reasons: tuple[Reason, ...]


def rank_strategies(facts: Facts, diagnosis: Diagnosis, catalogue: Catalogue) -> tuple[ScoredStrategy, ...]:
    """The best strategy of each family: all that work on an obstacle of this person, five at most, and others
    up to three. Empty when every family was refused (or none fits): then a human is the honest answer.
    """
    made = compiled(catalogue)
    batch = Batch.of(made, [facts], [diagnosis])
    table = strategy_scores(batch)
    scores = table[0]
    chosen = np.flatnonzero(proposed(batch, table, MOST)[0])
    ranked = sorted(chosen.tolist(), key=lambda index: (-scores[index], made.strategies.ids[index]))
    wanted = _obstacles_of(diagnosis)
    fitting = sum(_works_on(catalogue, made.strategies.ids[index], wanted) for index in ranked)
    found = []
    for index in ranked[: max(FEWEST, min(fitting, MOST))]:
        strategy = catalogue.strategies[index]
        reasons = strategy_reasons(made, strategy, facts, diagnosis)
        found.append(ScoredStrategy(strategy.id, float(scores[index]), reasons))
    return tuple(found)


def _obstacles_of(diagnosis: Diagnosis) -> set[str]:
    found: set[str] = {other.id for other in diagnosis.others if other.state == NEEDS_ATTENTION}
    return found | {diagnosis.main} if diagnosis.main else found


def _works_on(catalogue: Catalogue, strategy_id: str, wanted: set[str]) -> bool:
    obstacles = catalogue.strategy(strategy_id).obstacles
    return not obstacles or not wanted or bool(wanted.intersection(obstacles))
