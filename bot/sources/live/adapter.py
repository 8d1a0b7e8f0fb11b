"""What every live source is, and how it is asked: gate, time allowed, cache; a failure is no answer, never an error."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar, Final, Generic, TypeVar

from cachetools import TLRUCache

from bot.sources.live.faults import Fault, SourceError
from bot.sources.live.gate import Gate, SourceState, Time

log = logging.getLogger(__name__)

S = TypeVar("S")
CACHED: Final = 2000
"""Answers kept in memory, for each source."""
KEPT_SECONDS: Final = 24 * 3600.0
EMPTY_KEPT_SECONDS: Final = 600.0


class Adapter(ABC, Generic[S]):
    """One live source. `name`: as in LIVE_SOURCES; `credit`: how the source is named beside its data."""

    name: ClassVar[str]
    credit: ClassVar[str]
    per_second: ClassVar[float]  # calls on the average

    def takes(self, words: Sequence[str]) -> bool:
        """Whether these words can be asked at all."""
        return True

    @abstractmethod
    async def ask(self, words: Sequence[str]) -> tuple[S, ...]:
        """Suggestions, best first. Raises SourceError; may be cancelled at any moment."""

    async def close(self) -> None:
        """Stop what goes on in the background."""


@dataclass(frozen=True, slots=True)
class Suggested(Generic[S]):
    """An answer of a source, with its name and the instant at which it gave it."""

    items: tuple[S, ...]
    credit: str
    at: datetime


class LiveSource(Generic[S]):
    """Asks an adapter, when it may be asked, and remembers what it answered."""

    def __init__(self, adapter: Adapter[S], time: Time) -> None:
        self.adapter = adapter
        self.gate = Gate(adapter.name, per_second=adapter.per_second, time=time)
        self._time = time
        self._cache: TLRUCache[tuple[str, ...], Suggested[S]] = TLRUCache(CACHED, ttu=_until, timer=time)

    async def ask(self, words: tuple[str, ...], deadline: float) -> Suggested[S] | None:
        """The answer for cleaned words (one at least), None when there is none by `deadline` (the loop's time)."""
        key = tuple(" ".join(word.casefold().split()) for word in words)
        known = self._cache.get(key)
        if known is not None:
            return known
        if not self.adapter.takes(words) or not self.gate.passes():
            return None
        try:
            async with asyncio.timeout_at(deadline):
                items = await self.adapter.ask(words)
        except TimeoutError:
            self.gate.failed(SourceError(Fault.SLOW))
        except SourceError as error:
            self.gate.failed(error)
        except Exception as error:  # a fault in an adapter costs its suggestions, not the person's answer
            log.error("source=%s error=%s", self.adapter.name, type(error).__name__)
            self.gate.failed(SourceError(Fault.OURS))
        else:
            self.gate.succeeded()
            at = datetime.fromtimestamp(self._time(), UTC)
            answer = self._cache[key] = Suggested(items, self.adapter.credit, at)
            return answer
        return None

    @property
    def state(self) -> SourceState:
        return self.gate.state


def _until(key: tuple[str, ...], answer: Suggested[S], now: float) -> float:
    return now + (KEPT_SECONDS if answer.items else EMPTY_KEPT_SECONDS)
