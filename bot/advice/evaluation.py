"""The distinct conditions of a catalogue, evaluated once per person and for many people at once.

A person's conditions become the bits of one integer: bit i says that condition i is true, bit A + i that it
is known to be false, and bit 2A is always set. What a condition reads is small (months, diploma...), so
results are remembered by those values and two people with the same answers cost one evaluation.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.advice.conditions.parsing import Line, Literal
from bot.advice.conditions.past import (
    actions_done,
    actions_unanswered,
    days_since_refusal,
    days_to_interview,
    families_done,
)
from bot.advice.facts import Facts

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

_REMEMBERED = 20_000
"""Results kept per group of answers before starting afresh."""

_FEW_VALUES = ("has_cv", "has_computer", "driving_licence", "hours_wanted", "liking", "network")
"""Answers with so few values that all their conditions are remembered together."""

_BESIDE_PROFILE: dict[str, Callable[[Facts], Hashable]] = {
    "occupation": lambda facts: facts.occupation,
    "today": lambda facts: facts.today,
    "done": actions_done,
    "done_families": families_done,
    "unanswered": actions_unanswered,
    "days_since_refusal": days_since_refusal,
    "days_to_interview": days_to_interview,
    "has_first_name": lambda facts: facts.profile.first_name is not None,
}


class _Group:
    """The atoms that read the same answers."""

    def __init__(self, reads: tuple[str, ...], atoms: list[tuple[int, Literal]], falses: int) -> None:
        self.atoms = atoms
        self.falses = falses  # how far the "known to be false" bits lie from the "true" ones
        self.known: dict[Hashable, int] = {}
        self.key = _reader(reads)

    def evaluate(self, facts: Facts, key: Hashable) -> int:
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
            reads = atom.condition.reads
            grouped.setdefault(_FEW_VALUES if set(reads) <= set(_FEW_VALUES) else reads, []).append(
                (index, atom)
            )
        self.groups = [_Group(reads, members, self.count) for reads, members in grouped.items()]
        self._remembered = [(group.key, group.known, group) for group in self.groups]
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
        for read, known, group in self._remembered:
            key = read(facts)
            found = known.get(key)
            bits |= group.evaluate(facts, key) if found is None else found
        return bits

    def evaluate(self, everybody: Sequence[int]) -> tuple[Bools, Bools]:
        """(lines x people, whens x people), from the bits of each person. Only what is known
        to be true is true.
        """
        packed = b"".join(bits.to_bytes(self._bytes, "little") for bits in everybody)
        table = np.frombuffer(packed, np.uint8).reshape(len(everybody), self._bytes)
        columns = np.packbits(np.unpackbits(table, axis=1, bitorder="little"), axis=0).T.copy()
        always = columns[2 * self.count][None, :]
        lines = always[:0]
        if self.lines:
            lines = np.bitwise_or.reduceat(columns[self._line_rows], self._line_starts, axis=0)
        with_always = np.concatenate((lines, always))
        whens = np.bitwise_and.reduceat(with_always[self._when_rows], self._when_starts, axis=0)
        return _unpacked(lines, len(everybody)), _unpacked(whens, len(everybody))


def _unpacked(rows: NDArray[np.uint8], people: int) -> Bools:
    """Rows of bits, eight people to a byte, as rows of people."""
    return np.unpackbits(rows, axis=1, count=people).view(bool)


def _ragged(rows: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    """Rows of unequal length, none empty, as one flat array and the start of each."""
    flat = np.array([value for row in rows for value in row], np.int64)
    starts = np.cumsum([0, *(len(row) for row in rows)], dtype=np.int64)[:-1]
    return flat, starts
