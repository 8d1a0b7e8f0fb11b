"""Jobs and towns named inside a longer sentence, where the list knows no entry for the whole of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from bot.sources.matching import MOST, Match
from bot.sources.plain import plain
from bot.understanding import words

Entry = TypeVar("Entry")

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_ELISION = re.compile(r"^(?:[cdjlmnst]|qu)['’]", re.IGNORECASE)
LONGEST_SPAN = 5
"""Words of a name at the most."""
MOST_WORDS = 40
"""Words that are looked at: each costs a few look-ups."""
SHORTEST = 4
"""Letters of a name from which it is looked for: shorter ones ("as", "Eu") are words of other sentences too."""
SHORTEST_MISSPELT = 7
"""Letters from which a misspelt single word is taken for the only name close to it."""


def is_talk(text: str) -> bool:
    """Whether the words are a sentence around an answer ("je cherche plutôt...") and not the answer alone."""
    return not words.group("talk")["words"].isdisjoint(plain(text).split())


def named(text: str, search: Callable[[str], Match[Entry]]) -> list[tuple[str, Entry]]:
    """What is named in a text: the words that name it, and the entries, longest names first, each once."""
    parts = _WORD.findall(text)[:MOST_WORDS]
    taken: set[int] = set()
    found: list[tuple[str, Entry]] = []
    for length in range(min(LONGEST_SPAN, len(parts)), 0, -1):
        for start in range(len(parts) - length + 1):
            span = range(start, start + length)
            if not taken.isdisjoint(span):
                continue
            said = " ".join((_ELISION.sub("", parts[start]), *parts[start + 1 : start + length]))
            entries = _entries(said, search, single=length == 1)
            if entries:
                taken.update(span)
                found += [(said, entry) for entry in entries if entry not in [one for _, one in found]]
    return found[:MOST]


def _entries(said: str, search: Callable[[str], Match[Entry]], *, single: bool) -> tuple[Entry, ...]:
    if len(said) < SHORTEST:
        return ()
    match = search(said)
    if match.sure:
        return (match.sure,)
    if single and len(said) >= SHORTEST_MISSPELT and len(match.close) == 1:
        return match.close
    return ()
