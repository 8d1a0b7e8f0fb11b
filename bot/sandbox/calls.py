"""The record of what the bot called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, overload

KEPT = 100_000


@dataclass(frozen=True)
class Call:
    """One call: parameters as plain values, the `result` it was given, the sandbox's time."""

    method: str
    params: dict[str, Any]
    result: Any
    at: datetime


@dataclass(frozen=True)
class Refusal:
    """One call that was refused."""

    method: str
    params: dict[str, Any]
    code: int
    description: str
    at: datetime


class CallLog(Sequence[Call]):
    """Accepted calls in order, without getUpdates; the oldest are forgotten beyond 100,000."""

    def __init__(self) -> None:
        self._calls: list[Call] = []

    def record(self, call: Call) -> None:
        self._calls.append(call)
        if len(self._calls) > KEPT + KEPT // 10:
            del self._calls[:-KEPT]

    def of(self, method: str) -> list[Call]:
        """The calls of one method."""
        return [call for call in self._calls if call.method == method]

    def clear(self) -> None:
        self._calls.clear()

    @overload
    def __getitem__(self, index: int) -> Call: ...
    @overload
    def __getitem__(self, index: slice) -> list[Call]: ...
    def __getitem__(self, index: int | slice) -> Call | list[Call]:
        return self._calls[index]

    def __len__(self) -> int:
        return len(self._calls)

    def __iter__(self) -> Iterator[Call]:
        return iter(self._calls)
