"""What was learnt, as a value: multipliers of the score by action, and by situation and action."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import Self

import numpy as np

from bot.advice.compiled import Compiled, Floats
from bot.advice.learning.estimate import Multipliers
from bot.advice.learning.situations import SITUATIONS

DIGITS = 3
"""Multipliers are kept to so many digits; those of 1 are left out."""


@dataclass(frozen=True, eq=False)
class Learnt:
    """everybody: by action id. here: by situation, then by action id; what is not there is 1. `version` is a short
    digest of both, "" when nothing was learnt. Two are the same only if they are the same object.
    """

    everybody: Mapping[str, float] = field(default_factory=dict, repr=False)
    here: Mapping[str, Mapping[str, float]] = field(default_factory=dict, repr=False)
    version: str = ""

    @classmethod
    def of(cls, multipliers: Multipliers, made: Compiled) -> Self:
        """The multipliers of a catalogue, by id."""
        ids = made.actions.ids
        here = {
            name: kept
            for name, row in zip(SITUATIONS, multipliers.here, strict=True)
            if (kept := _kept(ids, row))
        }
        return cls.from_json(json.dumps({"everybody": _kept(ids, multipliers.everybody), "here": here}))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """What `to_json` wrote. Raises ValueError for anything else."""
        try:
            found = json.loads(text)
            everybody, here = dict(found["everybody"]), dict(found["here"])
        except (TypeError, KeyError) as error:
            raise ValueError("not a table of what was learnt") from error
        made = cls(everybody, here)
        if made.is_empty:
            return made
        return cls(everybody, here, sha256(made.to_json().encode()).hexdigest()[:12])

    def to_json(self) -> str:
        return json.dumps({"everybody": self.everybody, "here": self.here}, sort_keys=True)

    @property
    def is_empty(self) -> bool:
        """Nothing learnt: the choice is the editors'."""
        return not self.everybody and not self.here


NOTHING_LEARNT = Learnt()


def _kept(ids: tuple[str, ...], row: Floats) -> dict[str, float]:
    rounded = np.round(row, DIGITS).tolist()
    return {action: value for action, value in zip(ids, rounded, strict=True) if value != 1}


@dataclass(frozen=True, eq=False)
class LearntTables:
    """everybody: actions. here: situations x actions. both: their product."""

    everybody: Floats
    here: Floats
    both: Floats


@lru_cache(maxsize=8)
def learnt_tables(learnt: Learnt, made: Compiled) -> LearntTables:
    """What was learnt in the order of a catalogue, made once for each pair; actions that have left it are passed
    over.
    """
    ids = made.actions.ids
    everybody = np.array([learnt.everybody.get(action, 1.0) for action in ids])
    here = np.ones((len(SITUATIONS), len(ids)))
    for row, name in enumerate(SITUATIONS):
        cells = learnt.here.get(name)
        if cells:
            here[row] = [cells.get(action, 1.0) for action in ids]
    return LearntTables(everybody, here, everybody * here)
