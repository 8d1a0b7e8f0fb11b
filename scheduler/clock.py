"""The one seam for time: everything that needs the time is given a clock, or an instant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time as an aware UTC datetime."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class ManualClock:
    """A clock that moves only when told; for tests, `bob replay` and `bob bench`."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        return self._now

    def advance(self, step: timedelta) -> None:
        """Move forward by `step` (never backward)."""
        self.move_to(self._now + step)

    def move_to(self, instant: datetime) -> None:
        """Move forward to an aware `instant`; an earlier one raises ValueError."""
        if instant < self._now:
            raise ValueError(f"the clock only moves forward: {instant} is before {self._now}")
        self._now = instant.astimezone(UTC)
