"""One lock per person, made when wanted and forgotten when nobody holds or awaits it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager


class _Counted:
    __slots__ = ("lock", "users")

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.users = 0


class KeyedLocks:
    """Mutual exclusion by key inside one process; those who wait are served in the order of their coming."""

    def __init__(self) -> None:
        self._locks: dict[Hashable, _Counted] = {}

    @property
    def in_use(self) -> int:
        """How many keys are held or awaited."""
        return len(self._locks)

    @asynccontextmanager
    async def hold(self, key: Hashable) -> AsyncIterator[None]:
        """Hold the lock of `key`. Not reentrant: holding it twice in one task waits for ever."""
        counted = self._locks.setdefault(key, _Counted())
        counted.users += 1
        try:
            async with counted.lock:
                yield
        finally:
            counted.users -= 1
            if not counted.users:
                del self._locks[key]
