"""Some people against one catalogue: what holds, what fits, what they received."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np

from bot.advice.compiled import FAMILIES, Compiled
from bot.advice.diagnosis import Diagnosis
from bot.advice.evaluation import Bools, Ints
from bot.advice.facts import Facts
from bot.advice.past import Past, sum_up


@dataclass(frozen=True, eq=False)
class Received:
    """Every action received by anybody, flat: person, action, days since, whether it was done. Oldest first,
    so that of two with the same person and action the newest is written last.
    """

    people: Ints
    actions: Ints
    days: Ints
    done: Bools

    @classmethod
    def of(cls, pasts: Sequence[Past]) -> Received:
        counts = [len(past.actions) for past in pasts]
        total = sum(counts)
        people = np.repeat(np.arange(len(pasts)), counts)
        actions = np.fromiter(chain.from_iterable(past.actions for past in pasts), np.int64, total)
        days = np.fromiter(chain.from_iterable(past.days for past in pasts), np.int64, total)
        done = np.fromiter(chain.from_iterable(past.done for past in pasts), bool, total)
        known = np.flatnonzero(actions >= 0)[::-1]
        return cls(people[known], actions[known], days[known], done[known])


@dataclass(frozen=True, eq=False)
class Batch:
    """Some people against one catalogue.

    bits: conditions of each person. lines: lines x people, whens: distinct `when` x people, known to be true.
    welcome: people x families, not refused. fits: people x actions, every line is true and the family is
    welcome.
    """

    made: Compiled
    people: Sequence[Facts]
    diagnoses: Sequence[Diagnosis]
    pasts: list[Past]
    received: Received
    bits: list[int]
    lines: Bools
    whens: Bools
    welcome: Bools
    fits: Bools

    @cached_property
    def pairs(self) -> tuple[Ints, Ints]:
        """The numbers of each person and of each action that fits them."""
        people, actions = self.fits.nonzero()
        return people, actions

    @classmethod
    def of(cls, made: Compiled, people: Sequence[Facts], diagnoses: Sequence[Diagnosis]) -> Batch:
        pasts = [sum_up(facts, made) for facts in people]
        bits = [made.conditions.bits(facts) for facts in people]
        lines, whens = made.conditions.evaluate(bits)
        welcome = np.ones((len(pasts), len(FAMILIES)), bool)
        for row, past in enumerate(pasts):
            if past.families_away:
                welcome[row, list(past.families_away)] = False
        fits = whens[made.actions.when].T & welcome[:, made.actions.family]
        for row, past in enumerate(pasts):
            if past.away:
                fits[row, list(past.away)] = False
        return cls(made, people, diagnoses, pasts, Received.of(pasts), bits, lines, whens, welcome, fits)
