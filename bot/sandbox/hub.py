"""Who is told when something changes: web pages, clients of the tests."""

from __future__ import annotations

import asyncio
from typing import Any

JSON = dict[str, Any]
QUEUE_LIMIT = 10_000


class Subscription:
    """What happened since the subscription, in order; a reader far behind is told to start over."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[JSON] = asyncio.Queue()

    def push(self, event: JSON) -> None:
        if self._queue.qsize() >= QUEUE_LIMIT:
            while not self._queue.empty():
                self._queue.get_nowait()
            event = {"type": "reload"}
        self._queue.put_nowait(event)

    async def next(self) -> JSON:
        return await self._queue.get()

    def waiting(self) -> list[JSON]:
        """Everything that has already arrived, without waiting."""
        events = []
        while not self._queue.empty():
            events.append(self._queue.get_nowait())
        return events


class Hub:
    """Publishes events (`type` and what belongs to it) to all subscriptions."""

    def __init__(self) -> None:
        self._subscriptions: list[Subscription] = []

    def subscribe(self) -> Subscription:
        subscription = Subscription()
        self._subscriptions.append(subscription)
        return subscription

    def unsubscribe(self, subscription: Subscription) -> None:
        if subscription in self._subscriptions:
            self._subscriptions.remove(subscription)

    def publish(self, event: JSON) -> None:
        for subscription in self._subscriptions:
            subscription.push(event)
