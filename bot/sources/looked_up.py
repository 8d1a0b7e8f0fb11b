"""What live sources added to the embedded lists for typed words, as values that a dialogue can read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from bot.sources.found import Candidate, Decision, Found
from bot.sources.plain import plain

Entry = TypeVar("Entry")
SETTLED: Final = (Decision.TAKE, Decision.UNKNOWN)
"""Decisions after which nobody else is asked: one is sure, or the person does not know themselves."""


@dataclass(frozen=True, slots=True)
class LookedUp:
    """Candidates for the words of `text`: those of the embedded list and the live ones in one order.

    `candidates`: codes that the embedded list has, with a score of 0 to 1, as many as fit on a phone. `sure`: the first
    one needs no question. `credits`: the sources that answered, each with the date of its answer. `first`: the first
    job, where the text names several: what is known of all of them is offered for it too.
    """

    text: str
    candidates: tuple[tuple[str, float], ...]
    sure: bool = False
    credits: tuple[str, ...] = ()
    first: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(code for code, _ in self.candidates)


@dataclass(frozen=True, slots=True)
class Lookups:
    """What was looked up before a turn; nothing where no live source is asked, or none knew more."""

    job: LookedUp | None = None
    place: LookedUp | None = None


NO_LOOKUPS = Lookups()


def widened(
    found: Found[Entry], live: LookedUp | None, text: str, by_code: Callable[[str], Entry | None]
) -> Found[Entry]:
    """What the embedded list found for `text`, with what live sources said of the same words where it is not sure."""
    if live is None or found.decision in SETTLED or _words(text) not in map(_words, (live.text, live.first)):
        return found
    entries = ((by_code(code), score) for code, score in live.candidates)
    known = tuple(Candidate(entry, score) for entry, score in entries if entry is not None)
    if not known:
        return found
    return Found(Decision.TAKE, known[:1]) if live.sure else Found(Decision.ASK, known)


def _words(text: str) -> str:
    return plain(text) or text.strip()  # another alphabet has no plain form
