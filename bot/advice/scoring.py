"""Scores of strategies and actions for many people at once: desirability x chance x rotation, and near-ties
apart.

Every weight is a named number here, in `compiled` or in `past`; none is learnt. Clicks play no part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from bot.advice.compiled import (
    BARRIER_FAMILIES,
    EFFORT_INDEX,
    FAMILIES,
    FAMILY_INDEX,
    OBSTACLE_INDEX,
    OBSTACLES,
    Bools,
    Compiled,
    Floats,
    Ints,
    stable_hash,
)
from bot.advice.diagnosis import NEEDS_ATTENTION, Diagnosis
from bot.advice.facts import Facts
from bot.advice.items import Effort
from bot.advice.past import (
    DUE,
    KINDS,
    MIX,
    MIX_WINDOW,
    OLD,
    ONCE,
    RECENT,
    RESTED_DAYS,
    UNUSED,
    Past,
    sum_up,
)

SERVES_ACCEPTED, SERVES_PROPOSED, SERVES_NONE, SERVES_REFUSED = 1.5, 1.2, 1.0, 0.6
"""Desirability by the strategies that an action carries forward."""

NAMED_FAMILY = 1.15
"""The family answers to something that the person says is in the way."""

MAIN_OBSTACLE, NEXT_OBSTACLE = 4.0, 1.2
"""A strategy that works on the main obstacle, on another that needs attention (0.6 for others, 1 for any)."""

BOOST, MOST_BOOSTS = 0.25, 3
LATER = 0.5
ALREADY_ACCEPTED = 1.5

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

NEAR_TIE = 0.25
"""Scores within this share of one another may change places, by person, day and item."""

STRATEGY_NEAR_TIE = 0.05

_BEYOND_BOUNDS = 5
"""Classes added to items that are longer or harder than the person can take now: only if there
is nothing else.
"""

_CLASS_STEP, _MIX_STEP, _AWAY = 1e5, 1e3, 1e3
_KIND_OF_FAMILY = np.array([MIX.get(family, KINDS) for family in FAMILIES])
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1, _MIX_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


@dataclass(frozen=True, eq=False)
class Batch:
    """Some people against one catalogue. Arrays are people x items unless said otherwise.

    bits: conditions of each person. fits: every line of `when` is known to be true, and the family is
    welcome.
    strategy_scores: people x strategies, zero where one does not fit.
    """

    made: Compiled
    people: Sequence[Facts]
    diagnoses: Sequence[Diagnosis]
    pasts: list[Past]
    bits: list[int]
    fits: Bools
    strategy_scores: Floats

    @classmethod
    def of(cls, made: Compiled, people: Sequence[Facts], diagnoses: Sequence[Diagnosis]) -> Batch:
        pasts = [sum_up(facts, made) for facts in people]
        bits = [made.conditions.bits(facts) for facts in people]
        lines, whens = made.conditions.evaluate(bits)
        welcome = _welcome_families(pasts)
        fits = whens[made.actions.when].T & welcome[:, made.actions.family]
        for row, past in enumerate(pasts):
            if past.away:
                fits[row, list(past.away)] = False
        strategies = _strategy_scores(made, people, diagnoses, lines, whens, welcome)
        return cls(made, people, diagnoses, pasts, bits, fits, strategies)


def _welcome_families(pasts: Sequence[Past]) -> Bools:
    welcome = np.ones((len(pasts), len(FAMILIES)), bool)
    for row, past in enumerate(pasts):
        if past.families_away:
            welcome[row, list(past.families_away)] = False
    return welcome


# --- strategies
# -----------------------------------------------------------------------------------------------------


def _strategy_scores(
    made: Compiled,
    people: Sequence[Facts],
    diagnoses: Sequence[Diagnosis],
    lines: Bools,
    whens: Bools,
    welcome: Bools,
) -> Floats:
    rows = made.strategies
    fits = whens[rows.when].T & welcome[:, rows.family]
    with_none = np.concatenate((lines, np.zeros((1, len(people)), bool)))
    boosts = np.minimum(with_none[made.boosts].sum(axis=1).T, MOST_BOOSTS)
    scores: Floats = rows.static * (1 + BOOST * boosts) * _strategy_obstacles(made, diagnoses)
    scores *= _named_families(people)[:, rows.family]
    scores *= 1 + STRATEGY_NEAR_TIE * _shuffle([stable_hash(facts.seed) for facts in people], rows.hashes)
    for row, facts in enumerate(people):
        for strategy_id, answer in facts.history.strategies.items():
            column = made.strategy_index.get(strategy_id)
            if column is not None and answer.state == "accepted":
                scores[row, column] *= ALREADY_ACCEPTED
            elif column is not None and answer.state == "later":
                scores[row, column] *= LATER
    return np.where(fits, scores, 0.0)


def _strategy_obstacles(made: Compiled, diagnoses: Sequence[Diagnosis]) -> Floats:
    names = made.strategies.names
    weights = made.strategies.obstacle[_main_obstacles(diagnoses)]
    for row, diagnosis in enumerate(diagnoses):
        for other in diagnosis.others:
            if other.state == NEEDS_ATTENTION:
                weights[row] = np.maximum(weights[row], names[OBSTACLE_INDEX[other.id]] * NEXT_OBSTACLE)
        if diagnosis.main is not None:
            weights[row, names[OBSTACLE_INDEX[diagnosis.main]]] = MAIN_OBSTACLE
    return weights


def proposed(made: Compiled, scores: Floats, most: int) -> Bools:
    """People x strategies: the best strategy of each family, for the `most` best families."""
    family_best = np.zeros((len(scores), len(FAMILIES)))
    picks = np.zeros((len(scores), len(FAMILIES)), np.int64)
    for family in range(len(FAMILIES)):
        members = np.flatnonzero(made.strategies.family == family)
        if members.size:
            picks[:, family] = members[np.argmax(scores[:, members], axis=1)]
            family_best[:, family] = scores[:, members].max(axis=1)
    best = np.argsort(-family_best, axis=1, kind="stable")[:, :most]
    chosen = np.zeros(scores.shape, bool)
    rows, places = np.nonzero(np.take_along_axis(family_best, best, axis=1) > 0)
    chosen[rows, picks[rows, best[rows, places]]] = True
    return chosen


# --- actions
# --------------------------------------------------------------------------------------------------------


class Factor(StrEnum):
    """What a score is the product of; each also names why one action came before another."""

    OBSTACLE = "obstacle"  # works on the main obstacle
    STRATEGY = "strategy"  # carries an accepted or proposed strategy
    FIT = "fit"  # closer to the person's answers, better evidence
    NAMED = "named"  # answers to something named as being in the way
    HABIT = "habit"  # the kind of thing this person does
    SPACING = "spacing"  # the family has not just been seen
    EFFORT = "effort"  # the right size after the last action
    TIME = "time"  # fits the time of the day
    TIE = "tie"  # nothing but the draw of the day


def factors(batch: Batch, most_proposed: int) -> dict[Factor, Floats]:
    """Each factor of the score, people x actions, whether the action fits or not."""
    made = batch.made
    families, people = made.actions.family, batch.people
    days = [stable_hash(facts.seed, facts.today.isoformat()) for facts in people]
    return {
        Factor.OBSTACLE: made.actions.obstacle[_main_obstacles(batch.diagnoses)],
        Factor.STRATEGY: _served(batch, most_proposed),
        Factor.FIT: np.broadcast_to(made.actions.static, (len(people), len(families))),
        Factor.NAMED: _named_families(people)[:, families],
        Factor.HABIT: _family_chance(batch.pasts)[:, families],
        Factor.SPACING: _spacing(batch.pasts)[:, families],
        Factor.EFFORT: _effort_chance(batch.pasts)[:, made.effort],
        Factor.TIME: _time_chance(people)[:, made.minutes],
        Factor.TIE: 1 + NEAR_TIE * _shuffle(days, made.actions.hashes),
    }


def action_scores(batch: Batch, most_proposed: int) -> Floats:
    """Desirability x chance x rotation x near-tie, people x actions, whether the action fits or not."""
    scores = np.ones((len(batch.people), len(batch.made.actions.ids)))
    for factor in factors(batch, most_proposed).values():
        scores *= factor
    return scores


@dataclass(frozen=True, eq=False)
class Order:
    """People x actions. keys: what actions are sorted by, highest first, -inf where one does not fit.
    classes: how available each is. allowed: whether the mix of any seven actions permits it today.
    """

    keys: Floats
    classes: Floats
    allowed: Bools


def order(batch: Batch, scores: Floats, most_minutes: Sequence[int | None]) -> Order:
    """The order in which actions are offered.

    The class of an item (never received, due again, ...) comes first, then the mix of any seven actions, then
    the score; among items that come back before their time, the oldest.
    """
    classes, days = _classes(batch, most_minutes)
    fits = classes < _AWAY
    best = classes.min(axis=1, initial=_AWAY)[:, None]
    kinds = _KIND_OF_FAMILY[batch.made.actions.family]
    allowed = _allowed_kinds(batch.pasts, (classes == best) & fits, kinds)
    permitted = allowed[:, kinds]
    within = np.where(classes % _BEYOND_BOUNDS >= OLD, days, scores + _MIX_STEP * permitted)
    return Order(np.where(fits, within - _CLASS_STEP * classes, -np.inf), classes, permitted)


def _classes(batch: Batch, most_minutes: Sequence[int | None]) -> tuple[Floats, Floats]:
    """(class, _AWAY or more where the item does not fit; days since it was received)."""
    classes = np.where(batch.fits, float(UNUSED), _AWAY)
    days = np.zeros(classes.shape)
    people, columns, since, done = _used(batch.pasts)
    classes[people, columns] += _class_of(since, done, batch.made.repeat[columns])
    days[people, columns] = since
    for row, past in enumerate(batch.pasts):
        bound = most_minutes[row]
        if past.most_minutes:
            bound = past.most_minutes if bound is None else min(bound, past.most_minutes)
        if bound is not None:
            classes[row] += _BEYOND_BOUNDS * (batch.made.minutes > bound)
        if past.gentle:
            classes[row] += _BEYOND_BOUNDS * (batch.made.effort > EFFORT_INDEX[Effort.SMALL])
    return classes, days


def _used(pasts: Sequence[Past]) -> tuple[Ints, Ints, Ints, Bools]:
    """(person, action, days since, whether it was done), flat, for every action received."""
    people = np.repeat(np.arange(len(pasts)), [len(past.used) for past in pasts])
    columns = np.fromiter((index for past in pasts for index in past.used), np.int64, len(people))
    coded = np.fromiter((code for past in pasts for code in past.used.values()), np.int64, len(people))
    return people, columns, coded >> 1, (coded & 1).astype(bool)


def _class_of(since: Ints, done: Bools, repeat: Ints) -> Ints:
    again = np.where(since >= repeat, DUE, OLD)
    found: Ints = np.where(repeat > 0, again, np.where(done, ONCE, OLD))
    return np.where(since < RESTED_DAYS, RECENT, found)


def _allowed_kinds(pasts: Sequence[Past], available: Bools, kinds: Floats) -> Bools:
    """People x (kinds and "none of them"): what may come today so that each available kind
    still comes in time.
    """
    deadlines = np.array([past.deadlines for past in pasts], float).reshape(len(pasts), KINDS)
    there = np.stack([available[:, kinds == kind].any(axis=1) for kind in range(KINDS + 1)], axis=1)
    deadlines[~there[:, :KINDS]] = np.inf
    places = np.arange(1, KINDS + 1)
    allowed = np.zeros((len(pasts), KINDS + 1), bool)
    for choice in range(KINDS + 1):
        tomorrow = deadlines - 1
        if choice < KINDS:
            tomorrow[:, choice] = MIX_WINDOW
        allowed[:, choice] = there[:, choice] & (np.sort(tomorrow, axis=1) >= places).all(axis=1)
    late = ~allowed.any(axis=1)
    if late.any():  # too much is due at once: the most urgent kind
        urgent = np.argmin(deadlines[late], axis=1)
        allowed[np.flatnonzero(late), urgent] = True
    return allowed


def _main_obstacles(diagnoses: Sequence[Diagnosis]) -> list[int]:
    none = len(OBSTACLES)
    return [none if found.main is None else OBSTACLE_INDEX[found.main] for found in diagnoses]


def _served(batch: Batch, most_proposed: int) -> Floats:
    made = batch.made
    weights = np.full((len(batch.people), len(made.strategies.ids) + 1), SERVES_NONE)
    weights[:, :-1][proposed(made, batch.strategy_scores, most_proposed)] = SERVES_PROPOSED
    for row, past in enumerate(batch.pasts):
        weights[row, past.refused] = SERVES_REFUSED
        weights[row, past.accepted] = SERVES_ACCEPTED
    best = weights[:, made.serves[:, 0]] if made.serves.shape[1] else weights[:, [-1] * len(made.actions.ids)]
    for place in range(1, made.serves.shape[1]):
        others = made.serves[:, place] < len(made.strategies.ids)
        best[:, others] = np.maximum(best[:, others], weights[:, made.serves[others, place]])
    return best


def _named_families(people: Sequence[Facts]) -> Floats:
    weights = np.ones((len(people), len(FAMILIES)))
    for row, facts in enumerate(people):
        for barrier in facts.profile.barriers or ():
            for family in BARRIER_FAMILIES[barrier]:
                weights[row, FAMILY_INDEX[family]] = NAMED_FAMILY
    return weights


def _family_chance(pasts: Sequence[Past]) -> Floats:
    done = np.array([past.done for past in pasts], float)[:, : len(FAMILIES)]
    declined = np.array([past.declined for past in pasts], float)[:, : len(FAMILIES)]
    share: Floats = FAMILY_LEAST + FAMILY_SPAN * (done + FAMILY_PRIOR) / (done + declined + 2 * FAMILY_PRIOR)
    return share


def _spacing(pasts: Sequence[Past]) -> Floats:
    weights = np.ones((len(pasts), len(FAMILIES)))
    for row, past in enumerate(pasts):
        for family, weight in zip(past.recent_families, SPACING, strict=False):
            if family >= 0:
                weights[row, family] = min(weights[row, family], weight)
    return weights


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


def _shuffle(people: Sequence[int], items: np.ndarray[tuple[int, ...], np.dtype[np.uint64]]) -> Floats:
    """People x items: numbers from 0 to 1 that look drawn, the same for the same person and
    item (splitmix64).
    """
    mixed = np.array(people, np.uint64)[:, None] + items * _GOLDEN
    mixed = (mixed ^ (mixed >> np.uint64(30))) * _MIX_1
    mixed = (mixed ^ (mixed >> np.uint64(27))) * _MIX_2
    drawn: Floats = (mixed >> np.uint64(40)).astype(float) / float(1 << 24)
    return drawn
