"""The action of the day: the one to give, why, and what would come next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.advice.batch import Batch
from bot.advice.compiled import Floats, compiled
from bot.advice.diagnosis import Diagnosis
from bot.advice.factors import action_scores
from bot.advice.facts import Facts
from bot.advice.items import Catalogue
from bot.advice.ordering import order
from bot.advice.reasons import Reason, action_reasons

CHUNK = 256
"""People scored together: their tables stay in the processor's cache."""

DEPTH = 10
"""How many actions `choose_many` names for each person."""


@dataclass(frozen=True, slots=True)
class Choice:
    """action: the id to give, None when nothing fits (every family refused). ranking: ids,
    best first; it starts with the action.
    """

    action: str | None
    reasons: tuple[Reason, ...]
    ranking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScoredAction:
    """An action that fits. Scores compare within one ranking only; the order may depart from
    them for the mix.
    """

    id: str
    score: float


def choose(
    facts: Facts, diagnosis: Diagnosis, catalogue: Catalogue, *, max_minutes: int | None = None
) -> Choice:
    """The action of the day, the same for the same person (seed), date and catalogue.

    max_minutes: prefer actions of so few minutes; longer ones come last.
    """
    return choose_many([facts], [diagnosis], catalogue, max_minutes=[max_minutes], depth=None)[0]


def choose_many(
    people: Sequence[Facts],
    diagnoses: Sequence[Diagnosis],
    catalogue: Catalogue,
    *,
    max_minutes: Sequence[int | None] | None = None,
    depth: int | None = DEPTH,
) -> list[Choice]:
    """The same as `choose` for each, much faster together. `depth`: length of the rankings, None for all."""
    bounds = max_minutes if max_minutes is not None else [None] * len(people)
    choices: list[Choice] = []
    for start in range(0, len(people), CHUNK):
        part = slice(start, start + CHUNK)
        batch, keys, _ = _score(people[part], diagnoses[part], catalogue, bounds[part])
        choices.extend(_choices(batch, keys, depth))
    return choices


def rank_actions(
    facts: Facts, diagnosis: Diagnosis, catalogue: Catalogue, *, max_minutes: int | None = None
) -> tuple[ScoredAction, ...]:
    """All the actions that fit, best first."""
    batch, keys, scores = _score([facts], [diagnosis], catalogue, [max_minutes])
    ids = batch.made.actions.ids
    return tuple(ScoredAction(ids[index], float(scores[0, index])) for index in _ranked(keys[0], None))


def _score(
    people: Sequence[Facts],
    diagnoses: Sequence[Diagnosis],
    catalogue: Catalogue,
    bounds: Sequence[int | None],
) -> tuple[Batch, Floats, Floats]:
    batch = Batch.of(compiled(catalogue), people, diagnoses)
    scores = action_scores(batch)
    return batch, order(batch, scores, bounds).keys, scores


def _choices(batch: Batch, keys: Floats, depth: int | None) -> list[Choice]:
    ids = batch.made.actions.ids
    choices = []
    for row, (facts, diagnosis) in enumerate(zip(batch.people, batch.diagnoses, strict=True)):
        ranking = _ranked(keys[row], depth)
        if not ranking:
            choices.append(Choice(None, (), ()))
            continue
        reasons = action_reasons(batch.made, ranking[0], facts, diagnosis, batch.bits[row])
        choices.append(Choice(ids[ranking[0]], reasons, tuple(ids[index] for index in ranking)))
    return choices


def _ranked(keys: Floats, depth: int | None) -> list[int]:
    """Indexes of the actions that fit, best first; equal keys in the order of ids."""
    if depth is not None and depth < len(keys):
        candidates = np.argpartition(-keys, depth)[:depth]
        candidates.sort()
        ranked = candidates[np.argsort(-keys[candidates], kind="stable")]
    else:
        ranked = np.argsort(-keys, kind="stable")
    fitting = int(np.count_nonzero(keys[ranked] != -np.inf))
    best: list[int] = ranked[:fitting].tolist()
    return best
