"""Why this action: what held, what came second and why, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from bot.advice.batch import Batch
from bot.advice.compiled import Compiled, compiled, is_telling
from bot.advice.conditions.parsing import Literal
from bot.advice.diagnosis import Diagnosis, diagnose
from bot.advice.factors import Factor, action_scores, factors
from bot.advice.facts import Facts
from bot.advice.items import Catalogue
from bot.advice.learning.exploring import Policy
from bot.advice.learning.learnt import NOTHING_LEARNT, Learnt
from bot.advice.ordering import order
from bot.advice.reasons import can_change
from bot.advice.selection import choose_many

RECEIVED, MIX, EXPLORED = "received", "mix", "explored"
"""Why an action came second, beside the factors of the score: it was received before; the mix
of any seven actions; the first one was taken to learn how it does.
"""


@dataclass(frozen=True, slots=True)
class Second:
    """The next action. cause: why it came second, RECEIVED, MIX, EXPLORED or a `Factor`; `[general.second_*]` in
    diagnosis.toml has words for each.
    """

    action: str
    score: float
    cause: str


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """If this condition held, this action would come first."""

    condition: str
    action: str


@dataclass(frozen=True, slots=True)
class Why:
    """holds: for each line of the action's `when`, the condition that was true ("long_search(6)")."""

    action: str
    holds: tuple[str, ...]
    second: Second | None
    counterfactual: Counterfactual | None


def why(
    facts: Facts,
    diagnosis: Diagnosis,
    catalogue: Catalogue,
    action_id: str,
    *,
    learnt: Learnt = NOTHING_LEARNT,
    explored: bool = False,
) -> Why:
    """The explanation, as things stood just before the action was given if it is in the history. KeyError
    when the action is not in the catalogue.

    learnt: from the answers of everybody, as it is today. explored: the action was left to chance among the best.
    """
    action = catalogue.action(action_id)
    before = _before(facts, action_id)
    held = (_held(line.literals, before, catalogue) for line in action.when)
    return Why(
        action=action_id,
        holds=tuple(str(literal) for literal in held if literal is not None),
        second=_second(before, diagnosis, catalogue, action_id, learnt, explored),
        counterfactual=_counterfactual(before, catalogue, action_id, learnt),
    )


def _before(facts: Facts, action_id: str) -> Facts:
    """The facts without that action and what followed it, on the day it was given."""
    received = facts.history.actions
    for place, past in enumerate(received):
        if past.action_id == action_id:
            refusals = tuple(day for day in facts.history.refusals if day <= past.day)
            earlier = replace(facts.history, actions=received[place + 1 :], refusals=refusals)
            return replace(facts, today=past.day, history=earlier)
    return facts


def _held(literals: tuple[Literal, ...], facts: Facts, catalogue: Catalogue) -> Literal | None:
    """The literal of a line that is true, rather one that can be said."""
    true = [literal for literal in literals if literal.test(facts)]
    return next((literal for literal in true if is_telling(literal, catalogue)), true[0] if true else None)


def _second(
    facts: Facts,
    diagnosis: Diagnosis,
    catalogue: Catalogue,
    action_id: str,
    learnt: Learnt,
    explored: bool,
) -> Second | None:
    made = compiled(catalogue)
    batch = Batch.of(made, [facts], [diagnosis])
    scores = action_scores(batch, learnt)
    ordered = order(batch, scores, [None])
    keys = ordered.keys[0].copy()
    first = made.action_index.get(action_id)
    if first is None:  # it has become one of a topic since it was given
        return None
    keys[first] = -np.inf
    if not np.isfinite(keys).any():
        return None
    second = int(np.argmax(keys))
    if ordered.closed[0, second] and not ordered.closed[0, first]:
        cause: str = Factor.OPENING
    elif ordered.classes[0, second] > ordered.classes[0, first]:
        cause = RECEIVED
    elif explored:
        cause = EXPLORED
    elif ordered.permitted[0, first] and not ordered.permitted[0, second]:
        cause = MIX
    else:
        cause = _weightiest(batch, learnt, first, second)
    return Second(made.actions.ids[second], float(scores[0, second]), str(cause))


def _weightiest(batch: Batch, learnt: Learnt, first: int, second: int) -> Factor:
    """The factor that speaks most for the first against the second."""
    ratios = {name: table[0, first] / table[0, second] for name, table in factors(batch, learnt).items()}
    return max(ratios, key=lambda name: (ratios[name], name))


def _counterfactual(
    facts: Facts, catalogue: Catalogue, action_id: str, learnt: Learnt
) -> Counterfactual | None:
    """The change within the person's reach after which another action, asking for it, would come first."""
    made = compiled(catalogue)
    wishes = [literal for literal in _changeable(made) if literal.test(facts) is False]
    changed = [_with(facts, literal) for literal in wishes]
    choices = choose_many(
        changed, [diagnose(one) for one in changed], catalogue, depth=1, policy=Policy(learnt)
    )
    for literal, choice in zip(wishes, choices, strict=True):
        if choice.action is None or choice.action == action_id:
            continue
        lines = catalogue.action(choice.action).when
        asks = any(line.literals == (literal,) for line in lines)
        if asks:
            return Counterfactual(str(literal), choice.action)
    return None


def _changeable(made: Compiled) -> list[Literal]:
    return [atom for atom in made.conditions.atom_index if can_change(atom, made.catalogue)]


def _with(facts: Facts, literal: Literal) -> Facts:
    change = literal.condition.change
    if change is None:
        raise ValueError(f"{literal} cannot be changed")
    return replace(facts, profile=change(facts.profile, *literal.args))
