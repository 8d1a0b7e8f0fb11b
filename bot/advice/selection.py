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
from bot.advice.learning.exploring import CANDIDATES, EDITORS, Decision, Policy, candidates, pick
from bot.advice.learning.situations import SITUATIONS, situation
from bot.advice.ordering import Order, order
from bot.advice.reasons import Reason, action_reasons

CHUNK = 256
"""People scored together: their tables stay in the processor's cache."""

DEPTH = 10
"""How many actions `choose_many` names for each person."""


@dataclass(frozen=True, slots=True)
class Choice:
    """action: the id to give, None when nothing fits (every family refused). ranking: ids,
    best first; it starts with the action. decision: how it was chosen, None without an action.
    """

    action: str | None
    reasons: tuple[Reason, ...]
    ranking: tuple[str, ...]
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class ScoredAction:
    """An action that fits. Scores compare within one ranking only; the order may depart from
    them for the mix.
    """

    id: str
    score: float


def choose(
    facts: Facts,
    diagnosis: Diagnosis,
    catalogue: Catalogue,
    *,
    max_minutes: int | None = None,
    policy: Policy = EDITORS,
) -> Choice:
    """The action of the day, the same for the same person (seed), date, catalogue and policy.

    max_minutes: prefer actions of so few minutes; longer ones come last, and nothing is explored: these are first
    actions and hard days.
    """
    bounds = [max_minutes]
    return choose_many([facts], [diagnosis], catalogue, max_minutes=bounds, depth=None, policy=policy)[0]


def choose_many(
    people: Sequence[Facts],
    diagnoses: Sequence[Diagnosis],
    catalogue: Catalogue,
    *,
    max_minutes: Sequence[int | None] | None = None,
    depth: int | None = DEPTH,
    policy: Policy = EDITORS,
) -> list[Choice]:
    """The same as `choose` for each, much faster together. `depth`: length of the rankings, None for all."""
    bounds = max_minutes if max_minutes is not None else [None] * len(people)
    choices: list[Choice] = []
    for start in range(0, len(people), CHUNK):
        part = slice(start, start + CHUNK)
        batch, ordered, scores = _score(people[part], diagnoses[part], catalogue, bounds[part], policy)
        shares = [policy.share if bound is None else 0.0 for bound in bounds[part]]
        choices.extend(_choices(batch, ordered, scores, depth, shares, policy.learnt.version))
    return choices


def rank_actions(
    facts: Facts,
    diagnosis: Diagnosis,
    catalogue: Catalogue,
    *,
    max_minutes: int | None = None,
    policy: Policy = EDITORS,
) -> tuple[ScoredAction, ...]:
    """All the actions that fit, best first; nothing is explored."""
    batch, ordered, scores = _score([facts], [diagnosis], catalogue, [max_minutes], policy)
    ids = batch.made.actions.ids
    (ranked,) = _ranked(ordered.keys, None)
    return tuple(ScoredAction(ids[index], float(scores[0, index])) for index in ranked)


def _score(
    people: Sequence[Facts],
    diagnoses: Sequence[Diagnosis],
    catalogue: Catalogue,
    bounds: Sequence[int | None],
    policy: Policy,
) -> tuple[Batch, Order, Floats]:
    batch = Batch.of(compiled(catalogue), people, diagnoses)
    scores = action_scores(batch, policy.learnt)
    return batch, order(batch, scores, bounds), scores


def _choices(
    batch: Batch,
    ordered: Order,
    scores: Floats,
    depth: int | None,
    shares: Sequence[float],
    version: str,
) -> list[Choice]:
    ids = batch.made.actions.ids
    choices = []
    seen = depth if depth is None else max(depth, CANDIDATES)
    rankings = _ranked(ordered.keys, seen if any(shares) else depth)
    for row, (facts, diagnosis) in enumerate(zip(batch.people, batch.diagnoses, strict=True)):
        share, ranking = shares[row], rankings[row]
        if not ranking:
            choices.append(Choice(None, (), ()))
            continue
        chance, explored = 1.0, False
        if share:
            few = candidates(ranking, scores[row], ordered.classes[row], ordered.permitted[row])
            place, chance, explored = pick(facts, few, share)
            ranking.insert(0, ranking.pop(place))
        reasons = action_reasons(batch.made, ranking[0], facts, diagnosis, batch.bits[row])
        decision = Decision(SITUATIONS[situation(facts, diagnosis)], chance, explored, version)
        named = tuple(ids[index] for index in ranking[:depth])
        choices.append(Choice(named[0], reasons, named, decision))
    return choices


def _ranked(keys: Floats, depth: int | None) -> list[list[int]]:
    """By person, indexes of the actions that fit, best first; equal keys in the order of ids."""
    if depth is not None and depth < keys.shape[1]:
        few = np.sort(np.argpartition(-keys, depth, axis=1)[:, :depth], axis=1)
        within = np.take_along_axis(keys, few, axis=1)
        ranked = np.take_along_axis(few, np.argsort(-within, axis=1, kind="stable"), axis=1)
    else:
        ranked = np.argsort(-keys, axis=1, kind="stable")
    fitting = np.isfinite(np.take_along_axis(keys, ranked, axis=1)).sum(axis=1).tolist()
    return [row[:count] for row, count in zip(ranked.tolist(), fitting, strict=True)]
