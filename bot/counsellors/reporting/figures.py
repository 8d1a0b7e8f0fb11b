"""Figures that tell nothing about one person: small counts hidden, and what would give them away. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Final

LEAST: Final = 5
"""A count below is not shown, nor one of all but fewer."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table with its sum. None: hidden."""

    cells: tuple[int | None, ...]
    total: int | None


def protected(cells: Sequence[int], wholes: Sequence[int] | None = None) -> Row:
    """The row with its small counts hidden, and as many others as keep these from being worked out.

    `wholes`: out of how many people each count is; without, the counts are the wholes. Where a cell is hidden and the
    sum is shown, another one is hidden too, and those hidden come to 5 or more together; so do the people not counted.
    """
    whole = tuple(wholes) if wholes is not None else None
    hidden = {at for at, n in enumerate(cells) if _is_small(n, whole[at] if whole else None)}
    total_hidden = _is_small(sum(cells), sum(whole) if whole else None)
    if total_hidden and not hidden and cells:
        hidden.add(min(range(len(cells)), key=lambda at: (cells[at], at)))
    while hidden and not total_hidden and _gives_away(cells, whole, hidden):
        open_cells = [at for at in range(len(cells)) if at not in hidden]
        if open_cells:
            hidden.add(min(open_cells, key=lambda at: (cells[at], at)))
        else:
            total_hidden = True
    shown = tuple(None if at in hidden else n for at, n in enumerate(cells))
    return Row(shown, None if total_hidden else sum(cells))


def _is_small(n: int, whole: int | None) -> bool:
    return n < LEAST or (whole is not None and whole - n < LEAST)


def _gives_away(cells: Sequence[int], whole: tuple[int, ...] | None, hidden: set[int]) -> bool:
    """Whether the sum less what is shown tells too much of what is hidden."""
    n = sum(cells[at] for at in hidden)
    return len(hidden) < 2 or _is_small(n, sum(whole[at] for at in hidden) if whole else None)


@dataclass(frozen=True, slots=True)
class Answers:
    """How long answers took, in working hours begun: half of them at most, and nine of ten at most."""

    count: int
    median: int
    most: int


def answer_times(waits: Sequence[timedelta]) -> Answers | None:
    """None where there are fewer than 5. Nine of ten: the nearest rank."""
    if len(waits) < LEAST:
        return None
    hours = sorted(max(1, math.ceil(wait / timedelta(hours=1))) for wait in waits)
    return Answers(len(hours), math.ceil(median(hours)), hours[math.ceil(0.9 * len(hours)) - 1])
