"""The catalogue made ready for speed: distinct conditions evaluated once per person, items as rows of
numbers.

A person's conditions become the bits of one integer: bit i says that condition i is true, bit A + i that it
is known to be false, and bit 2A is always set. What a condition reads is small (months, diploma...), so
results are remembered by those values and two people with the same answers cost one evaluation.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.advice.conditions.parsing import Line, Literal
from bot.advice.conditions.person import actions_done
from bot.advice.facts import Facts, Family
from bot.advice.items import Action, Catalogue, Effort, Grade, Strategy
from bot.advice.profile import Barrier, ObstacleId

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FAMILIES = tuple(Family)
EFFORTS = tuple(Effort)
OBSTACLES = tuple(ObstacleId)
FAMILY_INDEX = {family: index for index, family in enumerate(FAMILIES)}
EFFORT_INDEX = {effort: index for index, effort in enumerate(EFFORTS)}
OBSTACLE_INDEX = {obstacle: index for index, obstacle in enumerate(OBSTACLES)}

_REMEMBERED = 20_000
"""Results kept per group of answers before starting afresh."""

_BESIDE_PROFILE: dict[str, Callable[[Facts], Hashable]] = {
    "occupation": lambda facts: facts.occupation,
    "today": lambda facts: facts.today,
    "done": actions_done,
    "has_first_name": lambda facts: facts.profile.first_name is not None,
}


class _Group:
    """The atoms that read the same answers."""

    def __init__(self, reads: tuple[str, ...], atoms: list[tuple[int, Literal]], falses: int) -> None:
        self.atoms = atoms
        self.falses = falses  # how far the "known to be false" bits lie from the "true" ones
        self.known: dict[Hashable, int] = {}
        self.key = _reader(reads)

    def bits(self, facts: Facts) -> int:
        key = self.key(facts)
        found = self.known.get(key)
        return self._evaluate(facts, key) if found is None else found

    def _evaluate(self, facts: Facts, key: Hashable) -> int:
        bits = 0
        for index, literal in self.atoms:
            value = literal.test(facts)
            if value is not None:
                bits |= 1 << (index if value else index + self.falses)
        if len(self.known) >= _REMEMBERED:
            self.known.clear()
        self.known[key] = bits
        return bits


def _reader(reads: tuple[str, ...]) -> Callable[[Facts], Hashable]:
    beside = [_BESIDE_PROFILE[name] for name in reads if name in _BESIDE_PROFILE]
    fields = [name for name in reads if name not in _BESIDE_PROFILE]
    if not beside and fields:
        getter: Callable[[Any], Hashable] = attrgetter(*(f"profile.{field}" for field in fields))
        return getter
    if not fields and len(beside) == 1:
        return beside[0]
    rest = attrgetter(*fields) if fields else lambda profile: None
    return lambda facts: (rest(facts.profile), *(read(facts) for read in beside))


class Conditions:
    """The distinct conditions of many `when` lists, evaluated for many people at once."""

    def __init__(self, whens: Sequence[tuple[Line, ...]], others: Iterable[Line] = ()) -> None:
        self.whens = tuple(dict.fromkeys(whens))
        self.lines = tuple(dict.fromkeys([line for when in self.whens for line in when] + list(others)))
        atoms = dict.fromkeys(literal.positive for line in self.lines for literal in line.literals)
        self.atom_index = {atom: index for index, atom in enumerate(atoms)}
        self.count = len(self.atom_index)
        self.line_index = {line: index for index, line in enumerate(self.lines)}
        self.when_index = {when: index for index, when in enumerate(self.whens)}
        grouped: dict[tuple[str, ...], list[tuple[int, Literal]]] = {}
        for atom, index in self.atom_index.items():
            grouped.setdefault(atom.condition.reads, []).append((index, atom))
        self.groups = [_Group(reads, members, self.count) for reads, members in grouped.items()]
        self._always = 1 << (2 * self.count)
        self._bytes = (2 * self.count + 8) // 8
        self._line_rows, self._line_starts = _ragged(
            [[self.column(literal) for literal in line.literals] for line in self.lines]
        )
        always_true = len(self.lines)  # the row of a line that is always true, for items that fit everybody
        self._when_rows, self._when_starts = _ragged(
            [[self.line_index[line] for line in when] or [always_true] for when in self.whens]
        )

    def column(self, literal: Literal) -> int:
        """The bit that tells whether this literal is true."""
        return self.atom_index[literal.positive] + (self.count if literal.negated else 0)

    def bits(self, facts: Facts) -> int:
        """All conditions of one person."""
        bits = self._always
        for group in self.groups:
            bits |= group.bits(facts)
        return bits

    def evaluate(self, everybody: Sequence[int]) -> tuple[Bools, Bools]:
        """(lines x people, whens x people), from the bits of each person. Only what is known
        to be true is true.
        """
        packed = b"".join(bits.to_bytes(self._bytes, "little") for bits in everybody)
        table = np.frombuffer(packed, np.uint8).reshape(len(everybody), self._bytes)
        columns = np.unpackbits(table, axis=1, bitorder="little").T.astype(bool)
        always = columns[2 * self.count][None, :]
        lines = always[:0]
        if self.lines:
            lines = np.logical_or.reduceat(columns[self._line_rows], self._line_starts, axis=0)
        with_always = np.concatenate((lines, always))
        whens = np.logical_and.reduceat(with_always[self._when_rows], self._when_starts, axis=0)
        return lines, whens


def _ragged(rows: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    """Rows of unequal length, none empty, as one flat array and the start of each."""
    flat = np.array([value for row in rows for value in row], np.int64)
    starts = np.cumsum([0, *(len(row) for row in rows)], dtype=np.int64)[:-1]
    return flat, starts


_FLAT_CONDITIONS = frozenset(("search_started", "done_actions", "month", "commune_under", "commune_over"))
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
    )
)

FITS_OBSTACLE = 1.5
FITS_ANY = 1.0
FITS_OTHER = 0.6
"""Desirability of an item that works on the main obstacle, on any, on others only."""

BARRIER_FAMILIES: dict[Barrier, tuple[Family, ...]] = {
    Barrier.MOTIVATION: (Family.MOTIVATION, Family.WELLBEING),
    Barrier.NO_OFFERS: (Family.APPLICATION, Family.NETWORK),
    Barrier.NO_ANSWERS: (Family.APPLICATION, Family.NETWORK),
    Barrier.CV: (Family.SKILL,),
    Barrier.INTERVIEWS: (Family.SKILL,),
    Barrier.QUALIFICATIONS: (Family.RIGHTS,),
    Barrier.EXPERIENCE: (Family.SKILL, Family.EXPLORATION),
    Barrier.CONFIDENCE: (Family.MOTIVATION,),
    Barrier.AGE: (Family.NETWORK,),
    Barrier.FAMILY: (Family.ORGANISATION, Family.RIGHTS),
    Barrier.DISABILITY: (Family.RIGHTS,),
    Barrier.NETWORK: (Family.NETWORK,),
    Barrier.TIME: (Family.ORGANISATION,),
    Barrier.TRANSPORT: (Family.RIGHTS, Family.EXPLORATION),
    Barrier.LANGUAGE: (Family.SKILL,),
    Barrier.DIGITAL: (Family.SKILL,),
    Barrier.ORGANISATION: (Family.ORGANISATION,),
    Barrier.DISCRIMINATION: (Family.RIGHTS,),
}
"""Families that answer to what a person says is in the way."""


def specificity(when: tuple[Line, ...]) -> float:
    """1 for an item that fits everybody, a little more for each condition."""
    extra = 0.0
    for line in when:
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
    """A catalogue as arrays.

    serves: actions x places, the strategies of each action; boosts: strategies x places, the lines of each
    strategy's boost. Places left over hold the number of strategies, or of lines: one past the last.
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
    serves: Ints
    boosts: Ints
    tells: tuple[
        tuple[tuple[tuple[int, Literal], ...], ...], ...
    ]  # by action, by line: (bit, literal) worth saying


@lru_cache(maxsize=8)
def compiled(catalogue: Catalogue) -> Compiled:
    """The arrays of a catalogue, made once for each catalogue object."""
    actions, strategies = catalogue.actions, catalogue.strategies
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
) -> tuple[tuple[tuple[int, Literal], ...], ...]:
    """For each line, the literals that make a reason one can say, with their bit; the most
    personal lines first.
    """
    lines = []
    for line in action.when:
        literals = tuple((conditions.column(one), one) for one in line.literals if is_telling(one, catalogue))
        if literals:
            lines.append(literals)
    return tuple(sorted(lines, key=lambda line: _telling_rank(line[0][1].name)))


def _telling_rank(condition: str) -> int:
    return 0 if condition in _PERSONAL_CONDITIONS else 2 if condition in _FLAT_CONDITIONS else 1


def is_telling(literal: Literal, catalogue: Catalogue) -> bool:
    """True when there are words for this condition as a reason."""
    text = catalogue.sentences.get(literal.name)
    if text is None or text.silent:
        return False
    if not literal.negated:
        return text.phrase is not None
    variants = (text, *text.variants.values())
    return any(variant.negated is not None for variant in variants)
