"""Draws that anybody can repeat: near-ties between items fall differently for each person and
day, always the same.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.advice.compiled import Floats, stable_hash
from bot.advice.evaluation import Ints
from bot.advice.facts import Facts

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


def drawn_by_day(
    people: Sequence[Facts], items: NDArray[np.uint64], pairs: tuple[Ints, Ints] | None = None
) -> Floats:
    """People x items: from 0 to 1, by person, day and item. pairs: only for these people and items, by number."""
    drawn_from = [stable_hash(facts.seed, facts.today.isoformat()) for facts in people]
    if pairs is None:
        return _drawn(_sums(drawn_from, items))
    person, item = pairs
    return _drawn(np.array(drawn_from, np.uint64)[person] + (items * _GOLDEN)[item])


def drawn_by_person(people: Sequence[Facts], items: NDArray[np.uint64]) -> Floats:
    """People x items: from 0 to 1, by person and item, the same every day."""
    return _drawn(_sums([stable_hash(facts.seed) for facts in people], items))


def _sums(people: Sequence[int], items: NDArray[np.uint64]) -> NDArray[np.uint64]:
    return np.array(people, np.uint64)[:, None] + items * _GOLDEN


def _drawn(mixed: NDArray[np.uint64]) -> Floats:
    """The splitmix64 finaliser of person + item."""
    mixed ^= mixed >> np.uint64(30)
    mixed *= _FIRST
    mixed ^= mixed >> np.uint64(27)
    mixed *= _SECOND
    mixed >>= np.uint64(40)
    return np.asarray(mixed * (1 / (1 << 24)), np.float64)
