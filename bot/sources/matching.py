"""What both small lists share: an exact name is sure, a close one is proposed, anything else is left open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process

from bot.sources.plain import plain

Entry = TypeVar("Entry")

CLOSE = 80
"""Similarity (0-100) from which an entry is worth proposing: about one letter in five wrong."""
MOST = 5
"""Proposals shown at the most."""


@dataclass(frozen=True, slots=True)
class Match(Generic[Entry]):
    """What was found: `sure` needs no question; `close` are proposals, best first; both empty: not in the list."""

    sure: Entry | None = None
    close: tuple[Entry, ...] = ()


class Names(Generic[Entry]):
    """An index of names (several may lead to one entry, one may lead to several)."""

    def __init__(self, names: Iterable[tuple[str, Entry]]) -> None:
        self._by_name: dict[str, list[Entry]] = {}
        for name, entry in names:
            entries = self._by_name.setdefault(plain(name), [])
            if entry not in entries:
                entries.append(entry)

    def search(self, text: str) -> Match[Entry]:
        """Match a typed name, accents, case and punctuation aside."""
        words = plain(text)
        if not words or len(words) > 80:
            return Match()
        exact = self._by_name.get(words, [])
        if len(exact) == 1:
            return Match(sure=exact[0])
        if exact:
            return Match(close=tuple(exact[:MOST]))
        found = process.extract(
            words, self._by_name.keys(), scorer=fuzz.ratio, score_cutoff=CLOSE, limit=MOST * 2
        )
        close: list[Entry] = []
        for name, _, _ in found:
            close += [entry for entry in self._by_name[name] if entry not in close]
        return Match(close=tuple(close[:MOST]))

    def names(self) -> Mapping[str, list[Entry]]:
        return self._by_name
