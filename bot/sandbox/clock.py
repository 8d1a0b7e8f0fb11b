"""The sandbox's time: real time plus an offset that only grows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def real_now() -> datetime:
    return datetime.now(UTC)


class SandboxClock:
    """A clock that can be moved forward, never back.

    The server binds it to its store when it is built, so that the offset survives a restart; before that the
    clock shows real time. `real` is the source of real time: a test may give a fixed one.
    """

    def __init__(self, real: Callable[[], datetime] = real_now) -> None:
        self._real = real
        self._offset = timedelta(0)
        self._latest: datetime | None = None
        self._listeners: list[Callable[[], None]] = []

    @property
    def offset(self) -> timedelta:
        return self._offset

    def now(self) -> datetime:
        """Aware, UTC; never earlier than an answer given before, even if the machine's clock steps back."""
        instant = self._real() + self._offset
        if self._latest is None or instant > self._latest:
            self._latest = instant
        return self._latest

    def set_at_least(self, instant: datetime) -> None:
        """Move forward to `instant` (aware); nothing happens if it is already past."""
        if instant > self.now():
            self._grow(instant.astimezone(UTC) - self._real())

    def restore(self, offset: timedelta) -> None:
        """Take up an offset that was stored by an earlier process, unless this one is already further."""
        if offset > self._offset:
            self._grow(offset)

    def on_move(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` after each move (not for the mere passing of time); gives the way to end that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _grow(self, offset: timedelta) -> None:
        self._offset = offset
        for listener in self._listeners:
            listener()
