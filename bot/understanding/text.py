"""Typed texts: how much of them is looked at, their words one by one, and how they may be kept."""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bot.sources.plain import plain

LONGEST = 500
"""Characters of a typed answer that are looked at: the rest is talk."""

_WORD = re.compile(r"\d+(?:[.,/-]\d+)*|[^\W\d_]+")
_YEARS_AND_MONTHS = re.compile(r"\b(\d{1,2})[aA](?=\d{1,2}[mM]\b)")
"""The years of "1a2m"."""
_LETTERS = str.maketrans({"’": "'", "½": " 1/2 ", "¼": " 1/4 ", "œ": "oe", "Œ": "OE"})


@dataclass(frozen=True, slots=True)
class Typed:
    """A text and its words. `said`: the words in plain form, single spaces between, digits apart from letters, and
    what stands between digits kept ("18 mois", "1.5 an", "12/03"). Positions in `said` lead back to the original.
    """

    original: str
    said: str
    starts: tuple[int, ...]  # of each word in `said`
    spans: tuple[tuple[int, int], ...]  # of each word in `original`

    def word_at(self, position: int) -> int:
        """The index of the word that holds a position of `said`."""
        return max(bisect.bisect_right(self.starts, position) - 1, 0)


@lru_cache(maxsize=1024)
def typed(text: str) -> Typed:
    """The words of a text, the first LONGEST characters of it."""
    original = _YEARS_AND_MONTHS.sub(r"\1 ans ", text[:LONGEST].translate(_LETTERS))
    if not original.isascii():
        original = unicodedata.normalize("NFC", original)
    words: list[str] = []
    starts: list[int] = []
    spans: list[tuple[int, int]] = []
    at = 0
    for found in _WORD.finditer(original):
        word = found.group()
        if not word.isascii():
            word = "".join(
                char for char in unicodedata.normalize("NFKD", word) if char.isascii() and char.isalnum()
            )
        word = word.lower().replace(",", ".")
        if not word:
            continue
        words.append(word)
        starts.append(at)
        spans.append(found.span())
        at += len(word) + 1
    return Typed(original, " ".join(words), tuple(starts), tuple(spans))


def clean(text: str, limit: int) -> str:
    """A typed text as it may be kept: control characters and direction marks out, spaces single, `limit` characters.

    "" when nothing that can be seen is left.
    """
    kept = "".join(
        char
        for char in text[: limit * 4]
        if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"} or char in "\n\t\u200d\ufe0f"
    )
    short = " ".join(kept.split())[:limit].strip(" \u200d\ufe0f")
    return short if any(unicodedata.category(char)[0] not in "CZM" for char in short) else ""


def any_of(phrases: Iterable[str], text: str) -> bool:
    """Whether one of these whole words or phrases occurs in the text."""
    padded = f" {plain(text)} "
    return any(f" {plain(phrase)} " in padded for phrase in phrases)
