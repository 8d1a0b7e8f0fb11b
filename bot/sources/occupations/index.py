"""Names found again whatever is mistyped.

A query is compared with every name by the weight of the words that they share (a rare word weighs more) and by the
words that all names of the same entry share with it; the best few then by their letters in order. Names are numbered
in the order given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import JaroWinkler

from bot.sources.occupations.folding import fold
from bot.sources.occupations.vocabulary import Vocabulary

MOST_WORDS = 12
"""Words of a query that are looked at: the rarest ones."""
MOST_COMPARED = 80
"""Names whose letters are compared."""
LEAST_SHARED = 0.2
WORTH_COMPARING = 0.5
"""Share of the best name's score below which the letters of another cannot bring it up."""
SHORTEST_GLUED = 7
ONE_WORD_MISSPELT = 0.8
"""Likeness to a known word from which an unknown one is rather that word misspelt than two words glued together."""

OF_THE_QUERY = 0.6
"""What a word of the query that a name lacks counts against it; a word of the name that the query lacks counts 1."""
OF_THE_ENTRY = 0.25
"""Share of the score that is about all names of an entry together, not the one name."""
OF_THE_LETTERS = 0.35
"""Share of the score that is about the letters in their order. The three were tuned on the work part of the rows of
`bob evaluate jobs` and on everyday titles.
"""

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Hit:
    """One name that resembles the query. `score`: 1 for the same words, 0 for none in common. `explained`: how much of
    the query the name accounts for, 1 for all its words as they are.
    """

    name: int
    score: float
    explained: float


class TitleIndex:
    """Many names, searched by their folded words."""

    def __init__(self, names: Sequence[tuple[str, ...]], groups: Sequence[int]) -> None:
        """`names`: the folded words of each; `groups`: the entry each belongs to (a word's weight counts entries)."""
        self._joined = [" ".join(words) for words in names]
        self._exact: dict[str, list[int]] = {}
        distinct = [tuple(dict.fromkeys(words)) for words in names]
        for number, words in enumerate(distinct):
            self._exact.setdefault(" ".join(sorted(words)), []).append(number)
        self._vocabulary = Vocabulary({word for words in distinct for word in words})
        number_of = self._vocabulary.number
        known = len(number_of)
        words_of = np.array([number_of[word] for words in distinct for word in words], np.int64)
        names_of = np.repeat(np.arange(len(names)), [len(words) for words in distinct])
        self._group_of: Ints = np.asarray(groups, np.int32)
        self._entries = max(groups, default=0) + 1
        self._names_with = _by_word(words_of, names_of, known)
        pairs = np.unique(words_of * self._entries + self._group_of[names_of]) if known else words_of
        self._entries_with = _by_word(pairs // self._entries, pairs % self._entries, known)
        spread = np.bincount(pairs // self._entries, minlength=known)
        weights = np.log(1 + self._entries / np.maximum(spread, 1))
        self._weight: list[float] = weights.tolist()
        self._rare = float(np.log(1 + self._entries))
        of_names = (
            np.bincount(names_of, weights[words_of], minlength=len(names)) if known else np.zeros(len(names))
        )
        self._name_weight: Floats = of_names.astype(np.float32)

    def exact(self, words: Sequence[str]) -> Sequence[int]:
        """Names made of just these words, in any order."""
        return self._exact.get(" ".join(sorted(set(words))), ())

    def meant(self, word: str) -> str | None:
        """The known word that an unknown one surely is, misspelt; None for a known word, or where it is not sure."""
        if word in self._vocabulary.number:
            return None
        found = self._vocabulary.spellings(word)
        sure = found and found[0][1] >= ONE_WORD_MISSPELT and (len(found) == 1 or found[1][1] < found[0][1])
        return self._vocabulary.words[found[0][0]] if sure else None

    def search(self, words: Sequence[str]) -> list[Hit]:
        """The names most like the words, best first."""
        words = self._rarest(self._mended(words))
        if not words or not self._joined:
            return []
        shared = np.zeros(len(self._joined), np.float32)
        covered = np.zeros(self._entries, np.float32)
        total = 0.0
        for word in words:
            spellings = self._vocabulary.spellings(word)
            weight = self._weight_of(spellings)
            total += weight
            best, known = np.zeros_like(shared), np.zeros_like(covered)
            for number, alike in spellings:
                value = np.float32(alike * min(weight, self._weight[number]))
                names, entries = self._names_with[number], self._entries_with[number]
                best[names] = np.maximum(best[names], value)
                known[entries] = np.maximum(known[entries], value)
            shared += best
            covered += known
        score = (1 + OF_THE_QUERY) * shared / (OF_THE_QUERY * np.float32(total) + self._name_weight)
        score = (1 - OF_THE_ENTRY) * score + OF_THE_ENTRY * (covered / np.float32(total))[self._group_of]
        return self._compared(" ".join(words), score, shared / np.float32(total))

    def _weight_of(self, spellings: Sequence[tuple[int, float]]) -> float:
        """The weight of a word of the query: that of the word it most likely is, the most common one if several."""
        if not spellings:
            return self._rare
        surest = spellings[0][1]
        return min(self._weight[number] for number, alike in spellings if alike >= surest)

    def _mended(self, words: Sequence[str]) -> list[str]:
        """Words that were torn apart ("mac do") or glued together ("aidesoignante"), as the names have them."""
        number = self._vocabulary.number
        mended: list[str] = []
        for word in words:
            joined = fold(mended[-1] + word) if mended else ""
            if joined in number and not {mended[-1], word} <= number.keys():
                mended[-1] = joined
            elif word not in number and len(word) >= SHORTEST_GLUED:
                mended += self._unglued(word)
            else:
                mended.append(word)
        return mended

    def _unglued(self, word: str) -> list[str]:
        """The two words that one is made of; the word itself where it is rather one word misspelt."""
        if any(alike >= ONE_WORD_MISSPELT for _, alike in self._vocabulary.spellings(word)):
            return [word]
        number = self._vocabulary.number
        for cut in range(len(word) - 3, 3, -1):
            first, second = fold(word[:cut]), word[cut:]
            if first in number and second in number:
                return [first, second]
        return [word]

    def _rarest(self, words: Sequence[str]) -> list[str]:
        distinct = list(dict.fromkeys(words))
        if len(distinct) <= MOST_WORDS:
            return distinct
        number = self._vocabulary.number
        weights = {word: self._weight[number[word]] if word in number else 0.0 for word in distinct}
        kept = set(sorted(distinct, key=lambda word: -weights[word])[:MOST_WORDS])
        return [word for word in distinct if word in kept]

    def _compared(self, joined: str, scores: Floats, explained: Floats) -> list[Hit]:
        best = np.flatnonzero(scores > max(LEAST_SHARED, float(scores.max()) * WORTH_COMPARING))
        if len(best) > MOST_COMPARED:
            best = best[np.argpartition(-scores[best], MOST_COMPARED - 1)[:MOST_COMPARED]]
        found = []
        for name, score, share in zip(
            best.tolist(), scores[best].tolist(), explained[best].tolist(), strict=True
        ):
            letters = JaroWinkler.similarity(joined, self._joined[name])
            whole = min(1.0, (1 - OF_THE_LETTERS) * score + OF_THE_LETTERS * letters)
            found.append(Hit(name, whole, share))
        return sorted(found, key=lambda hit: (-hit.score, len(self._joined[hit.name]), hit.name))


def _by_word(words: NDArray[np.int64], values: NDArray[np.int64], known: int) -> list[Ints]:
    """The values of each word, by its number."""
    order = np.argsort(words, kind="stable")
    ends = np.cumsum(np.bincount(words, minlength=known))
    return np.split(values[order].astype(np.int32), ends[:-1]) if known else []
