"""Occupations: the embedded lexicon, or the official referential when it was imported, behind one interface."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import tomli

from bot.sources.found import Found
from bot.sources.occupations.finder import OccupationFinder
from bot.sources.occupations.known import KnownOccupation, lower_first
from bot.sources.occupations.lexicon import Closeness, FineEntry, GroupEntry, load_lexicon
from bot.sources.occupations.referential import Referential
from bot.sources.occupations.titles import folded_titles

__all__ = ["KnownOccupation", "Occupations", "occupations"]

THEMES = Path(__file__).parent / "themes.toml"
DEFAULT_COMMON = 2
"""Popularity of an occupation that the referential has and the lexicon does not know."""


@dataclass(frozen=True, slots=True)
class _Lists:
    """One version of everything, swapped as a whole."""

    known: tuple[KnownOccupation, ...]
    by_code: Mapping[str, KnownOccupation]
    successors: Mapping[str, str]
    near: Mapping[str, tuple[str, ...]]
    finder: OccupationFinder


class Occupations:
    """Every occupation, by words or by code."""

    def __init__(self, groups: Mapping[str, GroupEntry], referential: Referential | None = None) -> None:
        """`groups`: the lexicon; `referential`: the official codes and titles, which come before its own."""
        self._groups = groups
        self.version: str | None = None
        self.digest = ""
        self.use(referential)

    def use(self, referential: Referential | None) -> None:
        """Take up another version of the referential, in a second or two; None: the lexicon alone."""
        groups = self._groups
        known = _embedded(groups) if referential is None else _official(groups, referential)
        by_code = {one.code: one for one in known}
        successors = dict(referential.successors) if referential else {}
        number = {one.code: place for place, one in enumerate(known)}
        folded = [
            (words, number[code], penalty)
            for words, code, penalty in folded_titles(groups, referential)
            if code in number
        ]
        finder = OccupationFinder(known, folded, _themes(number, successors))
        if referential is not None:
            finder.warm_up()  # people are searching already
        self._lists = _Lists(
            tuple(known), by_code, successors, referential.near if referential else {}, finder
        )
        self.version, self.digest = (referential.version, referential.digest) if referential else (None, "")

    def warm_up(self) -> None:
        """Make what the first misspelt word would have to wait for (a fifth of a second)."""
        self._lists.finder.warm_up()

    def search(self, text: str) -> Found[KnownOccupation]:
        """Understand a typed job, in French or English: one, several, none, a sector, a sentence."""
        return self._lists.finder.search(text)

    def is_named(self, code: str, words: str) -> bool:
        """Whether the words are a name of that occupation as they stand."""
        return any(one.code == code for one in self._lists.finder.bearing(words))

    def named(self, text: str) -> dict[str, str]:
        """The occupations that a sentence names outright: code -> the words that name it."""
        named = self._lists.finder.named(text)
        return {one.entry.code: name.words for name in reversed(named) for one in name.candidates}

    def by_code(self, code: str | None) -> KnownOccupation | None:
        """The occupation of a code, of ROME 4.0 or of the third edition; one that disappeared gives its successor."""
        return self._known(self._lists, code) if code else None

    def _known(self, lists: _Lists, code: str) -> KnownOccupation | None:
        known = lists.by_code.get(code) or lists.by_code.get(lists.successors.get(code, ""))
        return known or self._of_group(lists, code)

    def near(self, code: str) -> tuple[tuple[KnownOccupation, Closeness], ...]:
        """Occupations close to this one, each with the reason: the lexicon's, then those of the referential."""
        lists = self._lists
        known = self._known(lists, code)
        if known is None:
            return ()
        close = ((self._of_group(lists, group), why) for group, why in known.group.near.items())
        found = {other: why for other, why in close if other is not None}
        for target in lists.near.get(known.code, ()):
            other = lists.by_code.get(target)
            if other is not None and other.code_v3 not in {one.code_v3 for one in found}:
                found[other] = Closeness.LISTED
        return tuple(found.items())

    def _of_group(self, lists: _Lists, code_v3: str) -> KnownOccupation | None:
        """The most common occupation of a third-edition code."""
        group = self._groups.get(code_v3)
        if group is None:
            return None
        codes = sorted(group.fine, key=lambda code: (-group.fine[code].common, code))
        return next((lists.by_code[code] for code in codes if code in lists.by_code), None)

    def __len__(self) -> int:
        return len(self._lists.known)


def _themes(number: Mapping[str, int], successors: Mapping[str, str]) -> Iterable[tuple[str, list[int]]]:
    for theme in tomli.loads(THEMES.read_text("utf-8"))["theme"]:
        codes = [successors.get(code, code) for code in theme["codes"]]
        entries = list(dict.fromkeys(number[code] for code in codes if code in number))
        for name in theme["names"]:
            yield name, entries


def _embedded(groups: Mapping[str, GroupEntry]) -> list[KnownOccupation]:
    return [
        KnownOccupation(code, code_v3, lower_first(fine.label), fine.en[0], fine.common, group)
        for code_v3, group in groups.items()
        for code, fine in group.fine.items()
    ]


def _official(groups: Mapping[str, GroupEntry], referential: Referential) -> list[KnownOccupation]:
    """The occupations of the referential, with what the lexicon knows of the same code, or of one before it."""
    fine = {code: entry for group in groups.values() for code, entry in group.fine.items()}
    followed: dict[str, FineEntry] = {}
    for former, code in referential.successors.items():
        if former in fine and (code not in followed or followed[code].common < fine[former].common):
            followed[code] = fine[former]
    found = []
    for code, (label, parent) in referential.occupations.items():
        group = groups.get(parent)
        if group is None:
            continue  # the third edition is closed: a parent that it does not have is a fault of the file
        entry = fine.get(code) or followed.get(code)
        english, common = (entry.en[0], entry.common) if entry else (group.en, DEFAULT_COMMON)
        found.append(KnownOccupation(code, parent, lower_first(label), english, common, group))
    return found


@cache
def occupations() -> Occupations:
    """The embedded lexicon, loaded once."""
    return Occupations(load_lexicon())
