"""Phrases found in a line of words, whatever their number: one look-up a word."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from bot.sources.plain import plain
from bot.understanding import words

_CHOICE = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase of the list `key`: the words from `first` up to `end`, which is not one of them."""

    key: str
    first: int
    end: int


class Phrases:
    """Lists of phrases by name. "(m'a|m'ont) pris(|e)" stands for four."""

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        """Of a phrase in two lists, the first counts."""
        self._alone: dict[str, str] = {}
        self._longer: dict[str, dict[str, list[tuple[tuple[str, ...], str]]]] = {}
        known: dict[tuple[str, ...], str] = {}
        for key, phrases in lists.items():
            for phrase in phrases:
                for meant in spelled_out(phrase):
                    known.setdefault(tuple(meant.split()), key)
        for parts, key in sorted(known.items(), key=lambda row: -len(row[0])):
            if len(parts) == 1:
                self._alone[parts[0]] = key
            else:
                self._longer.setdefault(parts[0], {}).setdefault(parts[1], []).append((parts, key))
        self.words = frozenset(itertools.chain.from_iterable(known))

    def parts(self) -> Iterator[tuple[str, ...]]:
        """The words of each phrase."""
        yield from ((alone,) for alone in self._alone)
        yield from (
            parts for seconds in self._longer.values() for rows in seconds.values() for parts, _ in rows
        )

    def at(self, said: Sequence[str], place: int) -> Found | None:
        """The longest phrase that begins with this word."""
        first = said[place]
        seconds = self._longer.get(first)
        if seconds is not None and place + 1 < len(said):
            for parts, key in seconds.get(said[place + 1], ()):
                if len(parts) == 2 or tuple(said[place : place + len(parts)]) == parts:
                    return Found(key, place, place + len(parts))
        key_alone = self._alone.get(first)
        return None if key_alone is None else Found(key_alone, place, place + 1)

    def all(self, said: Sequence[str]) -> list[Found]:
        """The phrases of a line, each as long as may be, in its order; one within another is left out, and the
        shorter of two that share words where it begins first.
        """
        found: list[Found] = []
        for place, word in enumerate(said):
            if word not in self._alone and word not in self._longer:
                continue
            one = self.at(said, place)
            if one is None or (found and one.end <= found[-1].end):
                continue
            if found and one.first < found[-1].end and one.end - one.first > found[-1].end - found[-1].first:
                found.pop()
            found.append(one)
        return found


@cache
def phrases(table: str, *keys: str) -> Phrases:
    """Lists of a table of the words (`bot/understanding/words/*.toml`); all of it when none is named."""
    rows = words.document()[table]
    return Phrases({key: rows[key] for key in keys or rows})


def spelled_out(phrase: str) -> Iterator[str]:
    """The plain phrases that one with choices, one within another maybe, stands for."""
    choice = _CHOICE.search(phrase)
    if choice is None:
        yield plain(phrase)
        return
    for chosen in choice[1].split("|"):
        yield from spelled_out(phrase[: choice.start()] + chosen + phrase[choice.end() :])
