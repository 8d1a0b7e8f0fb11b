"""The embedded lists and the live sources together: the list first, a live source only where it is not sure."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, Protocol, TypeVar

from bot.sources.live.adapter import LiveSource, Suggested
from bot.sources.live.cleaning import cleaned, parts
from bot.sources.live.standing import Entry, Found, Standing, standing_of
from bot.sources.live.suggestions import JobSuggestion, PlaceSuggestion, in_turn
from bot.sources.live.web import Web
from bot.sources.looked_up import LookedUp
from bot.sources.matching import Match

BUDGET_SECONDS: Final = 0.7
STRONG: Final = 0.72
"""Score from which the best candidate of the embedded list comes before what a live source suggests."""
MOST: Final = 5


class Embedded(Protocol):
    """A list that comes with Bob."""

    def search(self, text: str, /) -> Found | Match[Any]: ...

    def by_code(self, code: str | None, /) -> Entry | None: ...


class Suggestion(Protocol):
    """What a live source suggests."""

    @property
    def code(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def sure(self) -> bool: ...


S = TypeVar("S", bound=Suggestion)


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
        standing = standing_of(self._embedded.search(text))
        if standing.settled:
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
            self._merged(standing, live),
            sure=len(words) == 1 and not standing.codes and _one_is_sure(live),
            credits=tuple(f"{answer.credit}, {answer.at:%d/%m/%Y}" for answer in answers),
        )

    def _parts(self, words: str) -> tuple[str, ...]:
        return (words,) if len(words) > 1 else ()

    def _known(self, answer: Suggested[S]) -> list[tuple[str, bool]]:
        """The codes that the embedded list has, each with whether the source is sure of it."""
        found = ((self._code(one), one.sure) for one in answer.items)
        return [(code, sure) for code, sure in found if code is not None]

    def _code(self, suggestion: S) -> str | None:
        entry = self._embedded.by_code(suggestion.code)
        return entry.code if entry is not None else None

    def _merged(self, standing: Standing, live: list[list[tuple[str, bool]]]) -> tuple[str, ...]:
        local = standing.codes
        lists: list[Sequence[str]] = [[code for code, _ in one] for one in live]
        order = [local, *lists] if standing.best >= STRONG else [*lists, local]
        return tuple(in_turn(order, lambda code: code)[:MOST])


def _one_is_sure(live: list[list[tuple[str, bool]]]) -> bool:
    """Whether what comes first is the only code that any source is sure of."""
    sure = {code for one in live for code, is_sure in one if is_sure}
    return len(sure) == 1 and next(one for one in live if one)[0][0] in sure


class LiveOccupations(Live[JobSuggestion]):
    """Occupations. A code that the embedded list does not have leads to its own entry for the same title."""

    def _parts(self, words: str) -> tuple[str, ...]:
        return parts(words)

    def _code(self, suggestion: JobSuggestion) -> str | None:
        return super()._code(suggestion) or standing_of(self._embedded.search(suggestion.label)).taken


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
