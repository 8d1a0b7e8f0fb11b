"""When a live source may be called: its pace, the silence that it asked for, and a pause after failures in a row."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from bot.sources.live.faults import Fault, SourceError
from bot.sources.live.web import BUSY_SECONDS

log = logging.getLogger(__name__)

Time = Callable[[], float]
"""Unix seconds."""

IN_A_ROW: Final = 3
"""Failures in a row after which a source is left alone for a while."""
PAUSE_SECONDS: Final = 60.0
DISABLED_SECONDS: Final = 3600.0
"""How long an API that the account may not use is left alone: somebody has to subscribe to it."""
NEED_SOMEBODY: Final = frozenset((Fault.CREDENTIALS, Fault.SCOPE))


@dataclass(frozen=True, slots=True)
class SourceState:
    """How a source has been doing in this process. `closed_until`: no call before that, None when it may be called."""

    name: str
    last_success: datetime | None
    last_failure: datetime | None
    fault: Fault | None
    closed_until: datetime | None


class Gate:
    """Lets calls of one source through, or not; is told how each one ended."""

    def __init__(self, name: str, *, per_second: float, time: Time) -> None:
        """`per_second`: calls that the source allows on the average; as many may come at once, one at least."""
        self._name = name
        self._rate = per_second
        self._burst = max(per_second, 1.0)
        self._time = time
        self._room = self._burst
        self._counted_at = time()
        self._failures = 0
        self._closed_until = 0.0
        self._last_success: float | None = None
        self._last_failure: float | None = None
        self._fault: Fault | None = None

    def passes(self) -> bool:
        """Whether a call may be made now; one that may is counted."""
        now = self._time()
        if now < self._closed_until:
            return False
        self._room = min(self._burst, self._room + max(now - self._counted_at, 0.0) * self._rate)
        self._counted_at = now
        if self._room < 1.0:
            return False
        self._room -= 1.0
        if self._failures >= IN_A_ROW:
            self._closed_until = now + PAUSE_SECONDS  # this one call tells whether it is well again
        return True

    def succeeded(self) -> None:
        if self._failures >= IN_A_ROW:
            log.info("source=%s answers again", self._name)
        self._failures = 0
        self._closed_until = 0.0
        self._last_success = self._time()

    def failed(self, error: SourceError) -> None:
        """Note a failure, and how long the source is to be left alone for it."""
        now = self._time()
        self._last_failure, self._fault = now, error.fault
        silence = self._silence(error)
        if silence:
            self._closed_until = max(self._closed_until, now + silence)
        log.warning("source=%s failed fault=%s closed_seconds=%.0f", self._name, error.fault, silence)

    def _silence(self, error: SourceError) -> float:
        if error.fault in NEED_SOMEBODY:
            return DISABLED_SECONDS
        if error.fault is Fault.BUSY:
            return BUSY_SECONDS if error.retry_after is None else error.retry_after
        if error.fault is Fault.REJECTED:
            return 0.0  # these words were at fault, not the source
        self._failures += 1
        return PAUSE_SECONDS if self._failures >= IN_A_ROW else 0.0

    @property
    def state(self) -> SourceState:
        closed = self._closed_until if self._closed_until > self._time() else None
        return SourceState(
            self._name,
            _instant(self._last_success),
            _instant(self._last_failure),
            self._fault,
            _instant(closed),
        )


def _instant(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
