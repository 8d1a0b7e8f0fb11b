"""The embedded lists and the live sources together: the list first, a live source only where it is not sure."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, Protocol, TypeVar

from bot.sources.found import MOST, Decision, Found, in_turn
from bot.sources.live.adapter import LiveSource, Suggested
from bot.sources.live.cleaning import cleaned, parts
from bot.sources.live.suggestions import JobSuggestion, PlaceSuggestion
from bot.sources.live.web import Web
from bot.sources.looked_up import SETTLED, LookedUp

BUDGET_SECONDS: Final = 0.7
STRONG: Final = 0.72
"""Score from which the best candidate of the embedded list comes before what a live source suggests."""


class Entry(Protocol):
    """An occupation or a place."""

    @property
    def code(self) -> str: ...


class Embedded(Protocol):
    """A list that comes with Bob; the entries of what it finds are as those of `by_code`."""

    def search(self, text: str, /) -> Found[Any]: ...

    def by_code(self, code: str | None, /) -> Entry | None: ...


class Suggestion(Protocol):
    """What a live source suggests."""

    @property
    def code(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def score(self) -> float: ...
    @property
    def sure(self) -> bool: ...


S = TypeVar("S", bound=Suggestion)


@dataclass(frozen=True, slots=True)
class _Live:
    """A candidate by its code in the embedded list."""

    code: str
    score: float
    sure: bool


class Live(Generic[S]):
    """One embedded list, and the live sources that are asked where it is not sure."""

    def __init__(
        self, embedded: Embedded, sources: Sequence[LiveSource[S]], *, budget: float = BUDGET_SECONDS
    ) -> None:
        """`budget`: seconds from the question to the answer, whatever the sources do."""
        self._embedded = embedded
        self.sources = tuple(sources)
        self._budget = budget

    async def look_up(self, text: str, names: Iterable[str] = ()) -> LookedUp | None:
        """Candidates for typed words; None when the embedded list alone decides, or no source knew anything.

        `names`: words that say who the person is; they are not sent.
        """
        deadline = asyncio.get_running_loop().time() + self._budget
        found = self._embedded.search(text)
        if found.decision in SETTLED:
            return None
        words = self._parts(cleaned(text, names))
        if not words:
            return None
        asked = await asyncio.gather(*(source.ask(words, deadline) for source in self.sources))
        answers = [answer for answer in asked if answer is not None and answer.items]
        live = [self._known(answer) for answer in answers]
        if not any(live):
            return None
        return LookedUp(
            text,
            _merged(_scored(found), live),
            sure=len(words) == 1 and not found.candidates and _one_is_sure(live),
            first=words[0],
            credits=tuple(f"{answer.credit}, {answer.at:%d/%m/%Y}" for answer in answers),
        )

    def _parts(self, words: str) -> tuple[str, ...]:
        return (words,) if len(words) > 1 else ()

    def _known(self, answer: Suggested[S]) -> list[_Live]:
        """The suggestions whose codes the embedded list has."""
        found = (_Live(self._code(one) or "", one.score, one.sure) for one in answer.items)
        return [one for one in found if one.code]

    def _code(self, suggestion: S) -> str | None:
        entry = self._embedded.by_code(suggestion.code)
        return entry.code if entry is not None else None


def _scored(found: Found[Any]) -> list[_Live]:
    return [_Live(one.entry.code, one.score, sure=False) for one in found.candidates]


def _merged(local: list[_Live], live: list[list[_Live]]) -> tuple[tuple[str, float], ...]:
    order = [local, *live] if local and local[0].score >= STRONG else [*live, local]
    return tuple((one.code, one.score) for one in in_turn(order, lambda one: one.code)[:MOST])


def _one_is_sure(live: list[list[_Live]]) -> bool:
    """Whether what comes first is the only code that any source is sure of."""
    sure = {one.code for suggestions in live for one in suggestions if one.sure}
    first = next(suggestions[0] for suggestions in live if suggestions)
    return sure == {first.code}


class LiveOccupations(Live[JobSuggestion]):
    """Occupations. A code that the embedded list does not have leads to its own entry for the same title."""

    def _parts(self, words: str) -> tuple[str, ...]:
        return parts(words)

    def _code(self, suggestion: JobSuggestion) -> str | None:
        return super()._code(suggestion) or self._titled(suggestion.label)

    def _titled(self, label: str) -> str | None:
        found = self._embedded.search(label)
        return _scored(found)[0].code if found.decision is Decision.TAKE else None


class LivePlaces(Live[PlaceSuggestion]):
    """Communes of France."""


@dataclass(frozen=True, slots=True)
class LiveSources:
    """The live sources that are configured; `jobs` or `places` is None where none is."""

    web: Web
    jobs: LiveOccupations | None = None
    places: LivePlaces | None = None

    @property
    def sources(self) -> tuple[LiveSource[JobSuggestion] | LiveSource[PlaceSuggestion], ...]:
        """All of them, those for jobs first."""
        return (*(self.jobs.sources if self.jobs else ()), *(self.places.sources if self.places else ()))

    async def look_up_job(self, text: str, names: Iterable[str] = ()) -> LookedUp | None:
        """See `Live.look_up`."""
        return await self.jobs.look_up(text, names) if self.jobs else None

    async def look_up_place(self, text: str, names: Iterable[str] = ()) -> LookedUp | None:
        """See `Live.look_up`."""
        return await self.places.look_up(text, names) if self.places else None

    async def close(self) -> None:
        """Stop what goes on in the background, and close the connections."""
        for source in self.sources:
            await source.adapter.close()
        await self.web.close()
