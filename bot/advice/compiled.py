"""The catalogue made ready for speed: items as rows of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from bot.advice.conditions.parsing import Line, Literal
from bot.advice.evaluation import Bools, Conditions, Ints
from bot.advice.facts import Family
from bot.advice.items import Action, Catalogue, Effort, Grade, Opening, Strategy
from bot.advice.profile import ObstacleId

Floats = NDArray[np.float64]

FAMILIES = tuple(Family)
EFFORTS = tuple(Effort)
OPENINGS = (None, *Opening)
OBSTACLES = tuple(ObstacleId)
FAMILY_INDEX = {family: index for index, family in enumerate(FAMILIES)}
EFFORT_INDEX = {effort: index for index, effort in enumerate(EFFORTS)}
OBSTACLE_INDEX = {obstacle: index for index, obstacle in enumerate(OBSTACLES)}

_FLAT_CONDITIONS = frozenset(
    (
        "search_started",
        "done_actions",
        "done_in",
        "unanswered",
        "month",
        "season",
        "abroad",
        "commune_under",
        "commune_over",
    )
)
"""Reasons that say little of the person: given last."""

GRADE_WEIGHT = {Grade.TRIAL: 1.0, Grade.OBSERVED: 0.95, Grade.EXPERT: 0.9, Grade.OPINION: 0.8}
"""The editors' prior that an item helps, by strength of evidence."""

SPECIFIC = 0.06
PERSONAL = 0.10
MOST_SPECIFIC = 0.36
"""Each line of `when` makes an item a little more desirable, more so when it is about what the
person wants or names.
"""

_PERSONAL_CONDITIONS = frozenset(
    (
        "frustrated",
        "wants",
        "part_time",
        "full_time",
        "liking",
        "mobility",
        "stays_close",
        "network",
        "job_family",
        "occupation",
        "career_change",
        "minutes_under",
        "refusal_within",
        "interview_ahead",
    )
)

FITS_OBSTACLE = 1.5
FITS_ANY = 1.0
FITS_OTHER = 0.6
"""Desirability of an item that works on the main obstacle, on any, on others only."""


def specificity(when: tuple[Line, ...]) -> float:
    """1 for an item that fits everybody, a little more for each condition; what it merely rules out does not count."""
    extra = 0.0
    for line in when:
        if all(literal.negated for literal in line.literals):
            continue
        personal = any(literal.name in _PERSONAL_CONDITIONS for literal in line.literals)
        extra += PERSONAL if personal else SPECIFIC
    return 1 + min(extra, MOST_SPECIFIC)


def obstacle_weights(obstacles: tuple[ObstacleId, ...]) -> list[float]:
    """Desirability of an item by main obstacle, in their order, then for a person without a diagnosis."""
    if not obstacles:
        return [FITS_ANY] * (len(OBSTACLES) + 1)
    return [FITS_OBSTACLE if obstacle in obstacles else FITS_OTHER for obstacle in OBSTACLES] + [FITS_ANY]


def stable_hash(*parts: str) -> int:
    """64 bits that depend on the parts only: same on every machine and in every process."""
    return int.from_bytes(blake2b("\0".join(parts).encode(), digest_size=8).digest(), "little")


@dataclass(frozen=True, slots=True)
class Rows:
    """Some items (actions or strategies) as arrays, in the catalogue's order."""

    ids: tuple[str, ...]
    when: Ints  # index of the item's `when` among the distinct ones
    family: Ints
    static: Floats  # evidence grade x specificity
    obstacle: Floats  # desirability by main obstacle (last row: none) x items
    names: Bools  # obstacles x items: the item works on that obstacle
    hashes: NDArray[np.uint64]


@dataclass(frozen=True, eq=False)
class Compiled:
    """A catalogue as arrays; actions are its daily ones, opening is their place in OPENINGS.

    serves: actions x places, the strategies of each action; boosts: strategies x places, the lines of each
    strategy's boost. Places left over hold the number of strategies, or of lines: one past the last.
    tells: by action, by line of its `when`: (bit, condition written out) worth saying.
    """

    catalogue: Catalogue
    conditions: Conditions
    actions: Rows
    strategies: Rows
    action_index: dict[str, int]
    strategy_index: dict[str, int]
    family_of: tuple[int, ...]  # by action, as plain numbers
    minutes: Ints
    effort: Ints
    repeat: Ints
    opening: Ints
    serves: Ints
    boosts: Ints
    tells: tuple[tuple[tuple[tuple[int, str], ...], ...], ...]


@lru_cache(maxsize=8)
def compiled(catalogue: Catalogue) -> Compiled:
    """The arrays of a catalogue, made once for each catalogue object."""
    actions, strategies = catalogue.daily, catalogue.strategies
    boosts = [line for strategy in strategies for line in strategy.boost]
    whens = [action.when for action in actions] + [strategy.when for strategy in strategies]
    conditions = Conditions(whens or [()], boosts)
    strategy_index = {strategy.id: index for index, strategy in enumerate(strategies)}
    serves = [[strategy_index[one] for one in action.serves if one in strategy_index] for action in actions]
    boosted = [[conditions.line_index[line] for line in strategy.boost] for strategy in strategies]
    return Compiled(
        catalogue=catalogue,
        conditions=conditions,
        actions=_rows(actions, conditions),
        strategies=_rows(strategies, conditions),
        action_index={action.id: index for index, action in enumerate(actions)},
        strategy_index=strategy_index,
        family_of=tuple(FAMILY_INDEX[action.family] for action in actions),
        minutes=np.array([action.minutes for action in actions], np.int64),
        effort=np.array([EFFORT_INDEX[action.effort] for action in actions], np.int64),
        repeat=np.array([action.repeat_days for action in actions], np.int64),
        opening=np.array([OPENINGS.index(action.opening) for action in actions], np.int64),
        serves=_padded(serves, len(strategies)),
        boosts=_padded(boosted, len(conditions.lines)),
        tells=tuple(_telling(action, conditions, catalogue) for action in actions),
    )


def _padded(rows: Sequence[Sequence[int]], filler: int) -> Ints:
    """Rows of unequal length as a table, filled up."""
    table = np.full((len(rows), max(map(len, rows), default=0)), filler, np.int64)
    for row, values in enumerate(rows):
        table[row, : len(values)] = values
    return table


def _rows(items: Sequence[Action] | Sequence[Strategy], conditions: Conditions) -> Rows:
    weights = [obstacle_weights(item.obstacles) for item in items]
    return Rows(
        ids=tuple(item.id for item in items),
        when=np.array([conditions.when_index[item.when] for item in items], np.int64),
        family=np.array([FAMILY_INDEX[item.family] for item in items], np.int64),
        static=np.array([GRADE_WEIGHT[item.grade] * specificity(item.when) for item in items]),
        obstacle=np.array(weights).reshape(len(items), len(OBSTACLES) + 1).T.copy(),
        names=np.array([[obstacle in item.obstacles for item in items] for obstacle in OBSTACLES], bool),
        hashes=np.array([stable_hash(item.id) for item in items], np.uint64),
    )


def _telling(
    action: Action, conditions: Conditions, catalogue: Catalogue
) -> tuple[tuple[tuple[int, str], ...], ...]:
    """For each line, the literals that make a reason one can say, written out, with their bit; the most
    personal lines first.
    """
    lines = [[one for one in line.literals if is_telling(one, catalogue)] for line in action.when]
    told = sorted(filter(None, lines), key=lambda literals: _telling_rank(literals[0].name))
    return tuple(tuple((conditions.column(one), str(one)) for one in literals) for literals in told)


def _telling_rank(condition: str) -> int:
    return 0 if condition in _PERSONAL_CONDITIONS else 2 if condition in _FLAT_CONDITIONS else 1


def is_telling(literal: Literal, catalogue: Catalogue) -> bool:
    """True when there are words for this condition as a reason."""
    text = catalogue.sentences.get(literal.name)
    if text is None:
        return False
    if not literal.negated:
        return text.phrase is not None and not text.silent
    variants = (text, *text.variants.values())
    return any(variant.negated is not None for variant in variants)
