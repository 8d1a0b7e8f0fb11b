"""All words of the names, each found again when it is begun, misspelt or written as it sounds."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, Prefix

from bot.sources.occupations.sound import sound

SHORTEST_PREFIX = 3
SHORTEST_MISSPELT = 4
SHORTEST_OF_FAMILY = 7
LEAST_ALIKE = 0.62
"""Similarity of two words (edits over letters) from which one may be the other misspelt."""
OTHER_BEGINNING = 0.08
"""What a word loses whose first letter is another: people rarely get that one wrong."""
OF_FAMILY = 0.75
SAME_SOUND = 0.9
MOST_BEGINNINGS = 40
MOST_TRIED = 150
"""Words whose letters are compared with those of one that is not known."""
MOST_SPELLINGS = 16
MOST_KEPT = 8192
"""Words whose spellings are remembered."""

Ints = NDArray[np.int32]


class Vocabulary:
    """The words, numbered in alphabetical order."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = sorted(words)
        self.number = {word: number for number, word in enumerate(self.words)}
        self._kept: dict[str, tuple[tuple[int, float], ...]] = {}

    def spellings(self, word: str) -> tuple[tuple[int, float], ...]:
        """The words that this one may stand for, the surest first: number, and how alike (1 for itself)."""
        found = self._kept.get(word)
        if found is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            found = self._kept[word] = self._spellings(word)
        return found

    def _spellings(self, word: str) -> tuple[tuple[int, float], ...]:
        found: dict[int, float] = {}
        if word in self.number:
            found[self.number[word]] = 1.0
        if word.isdigit():
            return tuple(found.items())
        for number in self._beginning_with(word):
            share = len(word) / len(self.words[number])
            alike = 0.7 + 0.25 * share if len(word) > SHORTEST_PREFIX else 0.55 + 0.4 * share
            found.setdefault(number, alike)
        for number in self._of_the_family(word):
            found.setdefault(number, OF_FAMILY)
        if word not in self.number and len(word) >= SHORTEST_MISSPELT:
            for number, alike in self._misspelt(word):
                found[number] = max(found.get(number, 0.0), alike)
        return tuple(sorted(found.items(), key=lambda one: (-one[1], one[0]))[:MOST_SPELLINGS])

    def _beginning_with(self, word: str) -> range:
        if len(word) < SHORTEST_PREFIX:
            return range(0)
        start, end = bisect_left(self.words, word), bisect_left(self.words, word + "{")
        return range(start, min(end, start + MOST_BEGINNINGS))

    def _of_the_family(self, word: str) -> list[int]:
        """Words that begin alike, such as "viticole" and "viticulture": five letters, half of the longer one."""
        if len(word) < SHORTEST_OF_FAMILY:
            return []
        return [
            number
            for number in self._beginning_with(word[:5])
            if 2 * Prefix.similarity(word, self.words[number]) >= max(len(word), len(self.words[number]))
        ]

    def _misspelt(self, word: str) -> Iterable[tuple[int, float]]:
        for number in self._by_sound.get(sound(word), ()):
            yield number, SAME_SOUND
        for number in self._with_its_letters(word):
            other = self.words[number]
            alike = OSA.normalized_similarity(word, other, score_cutoff=LEAST_ALIKE)
            if alike:
                yield number, alike if other[0] == word[0] else alike - OTHER_BEGINNING

    @cached_property
    def _by_sound(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for word, number in self.number.items():
            if len(word) >= SHORTEST_MISSPELT:
                found[sound(word)].append(number)
        return found

    @cached_property
    def _holding(self) -> dict[str, Ints]:
        """The words that hold each pair of neighbouring letters."""
        found: dict[str, list[int]] = defaultdict(list)
        for word, number in self.number.items():
            for pair in _pairs(word):
                found[pair].append(number)
        return {pair: np.array(numbers, np.int32) for pair, numbers in found.items()}

    @cached_property
    def _lengths(self) -> Ints:
        return np.array([len(word) for word in self.words], np.int32)

    def _with_its_letters(self, word: str) -> list[int]:
        """The words that share most pairs of letters with this one: only their letters are worth comparing."""
        pairs = _pairs(word)
        holding = [self._holding[pair] for pair in pairs if pair in self._holding]
        if not holding:
            return []
        shared = np.bincount(np.concatenate(holding), minlength=len(self.words))
        alike = shared / (self._lengths + len(pairs))
        tried = min(MOST_TRIED, len(alike))
        best: list[int] = np.argpartition(-alike, tried - 1)[:tried].tolist()
        return best


def _pairs(word: str) -> set[str]:
    """Its pairs of neighbouring letters, beginning and end included."""
    framed = f"^{word}$"
    return {framed[place : place + 2] for place in range(len(framed) - 1)}
