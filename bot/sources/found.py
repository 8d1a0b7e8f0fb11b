"""What a search among occupations or places ends with: an honest confidence, and the candidates."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest
from typing import Generic, TypeVar

Entry = TypeVar("Entry")

MOST = 5
"""Candidates at the most: what fits on a phone."""


class Decision(StrEnum):
    """What to do with what was found."""

    TAKE = "take"  # one, sure
    ASK = "ask"  # a few, to choose from
    REPHRASE = "rephrase"  # nothing close enough: say it otherwise
    UNKNOWN = "unknown"  # the person says that they do not know, or that anything would do


@dataclass(frozen=True, slots=True)
class Candidate(Generic[Entry]):
    """One entry. `score`: 0 to 1, 1 for the very words."""

    entry: Entry
    score: float


@dataclass(frozen=True, slots=True)
class Found(Generic[Entry]):
    """The decision, and the candidates, best first: one for TAKE, one to `MOST` for ASK, none otherwise."""

    decision: Decision
    candidates: tuple[Candidate[Entry], ...] = ()

    @property
    def taken(self) -> Entry | None:
        """The one that is sure, None when it has to be asked or was not found."""
        return self.candidates[0].entry if self.decision is Decision.TAKE else None

    @property
    def asked(self) -> tuple[Entry, ...]:
        """Those to choose from, empty when one is sure or none was found."""
        return tuple(one.entry for one in self.candidates) if self.decision is Decision.ASK else ()


def in_turn(lists: Iterable[Sequence[Entry]], key: Callable[[Entry], Hashable]) -> list[Entry]:
    """The first of each list, then the second of each...; of those with the same key, the first only."""
    found: dict[Hashable, Entry] = {}
    for round_ in zip_longest(*lists):
        for one in round_:
            if one is not None:
                found.setdefault(key(one), one)
    return list(found.values())
