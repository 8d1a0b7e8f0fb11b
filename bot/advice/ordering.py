"""The order in which actions are offered: what is fresh first, the mix of any seven actions,
then the score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.advice.batch import Batch, Received
from bot.advice.compiled import EFFORT_INDEX, FAMILIES, OPENINGS, Floats
from bot.advice.evaluation import Bools, Ints
from bot.advice.facts import Facts
from bot.advice.items import Effort
from bot.advice.opening import is_closed
from bot.advice.past import DUE, KINDS, MIX, MIX_WINDOW, OLD, ONCE, RECENT, RESTED_DAYS, Past

_BEYOND_BOUNDS = 5
"""Classes added to actions that are longer or harder than the person can take now, or that ask for an office or
a shop on a day when it is closed: only if there is nothing else.
"""

_AWAY = 100
"""A class for what does not fit at all."""

_CLASS_STEP, _MIX_STEP = 1e5, 1e3
"""Larger than any score, and than any score with the mix: the class decides first, then the
mix, then the score.
"""

Classes = NDArray[np.int8]

_KIND_OF_FAMILY = np.array([MIX.get(family, KINDS) for family in FAMILIES])


@dataclass(frozen=True, eq=False)
class Order:
    """People x actions. keys: what actions are sorted by, highest first, -inf where one does not fit.
    classes: how available each is (`bot.advice.past`). permitted: whether the mix of any seven actions allows
    it today. closed: it asks for an office or a shop, which is closed today.
    """

    keys: Floats
    classes: Classes
    permitted: Bools
    closed: Bools


def order(batch: Batch, scores: Floats, most_minutes: Sequence[int | None]) -> Order:
    """The class of an action (never received, due again...) comes first, then the mix, then the score; among
    those that come back before their time, the oldest. Actions beyond the bounds of the day (`most_minutes`,
    what was too long or too hard, what is closed) come after all others.
    """
    people, actions = batch.pairs
    closed = _closed(batch.people)[:, batch.made.opening]
    classes = _classes(batch, most_minutes)
    if closed.any():
        classes += _BEYOND_BOUNDS * closed
    offered = np.where(batch.fits, classes, np.int8(_AWAY))
    best = offered.min(axis=1, initial=_AWAY, keepdims=True)
    kinds = _KIND_OF_FAMILY[batch.made.actions.family]
    allowed = _allowed_kinds(batch.pasts, _kinds_there((offered == best) & batch.fits, kinds))
    _oldest_first(batch.received, batch.made.repeat, scores := scores.copy())
    keys = np.full(batch.fits.shape, -np.inf)
    keys[people, actions] = (
        scores[people, actions]
        + _MIX_STEP * allowed[people, kinds[actions]]
        - _CLASS_STEP * classes[people, actions]
    )
    return Order(keys, offered, np.take(allowed, kinds, axis=1), closed)


def _classes(batch: Batch, most_minutes: Sequence[int | None]) -> Classes:
    classes = np.zeros(batch.fits.shape, np.int8)
    received = batch.received
    classes[received.people, received.actions] = _class_of(received, batch.made.repeat)
    for row, past in enumerate(batch.pasts):
        bound = most_minutes[row]
        if past.most_minutes:
            bound = past.most_minutes if bound is None else min(bound, past.most_minutes)
        if bound is not None:
            classes[row] += _BEYOND_BOUNDS * (batch.made.minutes > bound)
        if past.gentle:
            classes[row] += _BEYOND_BOUNDS * (batch.made.effort > EFFORT_INDEX[Effort.SMALL])
    return classes


def _closed(people: Sequence[Facts]) -> Bools:
    """People x openings: closed on the person's day."""
    rows = [
        [opening is not None and is_closed(opening, facts.profile, facts.today) for opening in OPENINGS]
        for facts in people
    ]
    return np.array(rows, bool).reshape(len(people), len(OPENINGS))


def _class_of(received: Received, repeat_days: Ints) -> Ints:
    repeat = repeat_days[received.actions]
    again = np.where(received.days >= repeat, DUE, OLD)
    found: Ints = np.where(repeat > 0, again, np.where(received.done, ONCE, OLD))
    return np.where(received.days < RESTED_DAYS, RECENT, found)


def _oldest_first(received: Received, repeat_days: Ints, keys: Floats) -> None:
    """For what comes back before its time, the days since take the place of the score."""
    early = _class_of(received, repeat_days) >= OLD
    keys[received.people, received.actions] = np.where(
        early, received.days, keys[received.people, received.actions]
    )


def _kinds_there(available: Bools, kinds: Ints) -> Bools:
    """People x (kinds and "none of them"): whether there is any such action."""
    there = np.zeros((len(available), KINDS + 1), bool)
    for kind in set(kinds.tolist()):
        there[:, kind] = available[:, kinds == kind].any(axis=1)
    return there


def _allowed_kinds(pasts: Sequence[Past], there: Bools) -> Bools:
    """People x (kinds and "none of them"): what may come today so that each kind there is
    still comes in time.
    """
    deadlines = np.array([past.deadlines for past in pasts], float).reshape(len(pasts), KINDS)
    deadlines[~there[:, :KINDS]] = np.inf
    places = np.arange(1, KINDS + 1)
    allowed = np.zeros(there.shape, bool)
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
