"""What an embedded list says of typed words, as far as a live source needs to know it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from bot.sources.matching import Match

SETTLED: Final = frozenset(("take", "unknown"))
"""Decisions after which nobody else is asked: one is sure, or the person does not know themselves."""


class Entry(Protocol):
    """An occupation or a place."""

    @property
    def code(self) -> str: ...


class Candidate(Protocol):
    """One entry and how well the words fit it, 0 to 1."""

    @property
    def entry(self) -> Entry: ...
    @property
    def score(self) -> float: ...


class Found(Protocol):
    """What a search ends with. `decision`: take, ask, rephrase or unknown."""

    @property
    def decision(self) -> str: ...
    @property
    def candidates(self) -> Sequence[Candidate]: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """`settled`: no live source is needed. `codes`: the candidates, best first; `best`: the score of the first."""

    settled: bool
    codes: tuple[str, ...] = ()
    best: float = 0.0

    @property
    def taken(self) -> str | None:
        """The one code that is sure."""
        return self.codes[0] if self.settled and self.codes else None


def standing_of(found: Found | Match[Any]) -> Standing:
    """Read the answer of an embedded list."""
    if isinstance(found, Match):
        entries = (found.sure,) if found.sure is not None else found.close
        codes = tuple(entry.code for entry in entries)
        return Standing(found.sure is not None, codes, 1.0 if codes else 0.0)
    codes = tuple(one.entry.code for one in found.candidates)
    best = found.candidates[0].score if found.candidates else 0.0
    return Standing(found.decision in SETTLED, codes, best)
