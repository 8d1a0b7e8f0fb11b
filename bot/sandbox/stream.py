"""Live changes for the page: server-sent events."""

from __future__ import annotations

import asyncio
import json

from aiohttp import web

from bot.sandbox.hub import Subscription
from bot.sandbox.world import World

HEARTBEAT_SECONDS = 15.0
RECONNECT_MILLISECONDS = 1000


class Streams:
    """The open streams. A page that reconnects reads the whole state again, so nothing is replayed."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._tasks: set[asyncio.Task[None]] = set()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Cache-Control": "no-store"})
        response.content_type = "text/event-stream"
        await response.prepare(request)
        subscription = self._world.hub.subscribe()
        task = asyncio.create_task(self._pump(response, subscription))
        self._tasks.add(task)
        try:
            await asyncio.gather(task, return_exceptions=True)
        finally:
            self._tasks.discard(task)
            self._world.hub.unsubscribe(subscription)
        return response

    def stop(self) -> None:
        for task in self._tasks:
            task.cancel()

    async def _pump(self, response: web.StreamResponse, subscription: Subscription) -> None:
        hello = {"type": "hello", "now": self._world.clock.now().isoformat()}
        await response.write(f"retry: {RECONNECT_MILLISECONDS}\ndata: {json.dumps(hello)}\n\n".encode())
        while True:
            try:
                async with asyncio.timeout(HEARTBEAT_SECONDS):
                    event = await subscription.next()
                await response.write(f"data: {json.dumps(event)}\n\n".encode())
            except TimeoutError:
                await response.write(b": alive\n\n")
