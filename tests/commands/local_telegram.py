"""The sandbox server in a thread of its own, so that commands that start their own event loop can talk to it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from typing import Any, TypeVar

import pytest

from bot.sandbox import SandboxClock, SandboxServer

TOKEN = "700000002:local-telegram-test-token"
WAIT_SECONDS = 30
T = TypeVar("T")


class LocalTelegram:
    """A server that answers as Telegram does, at `url`."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()
        self.server = self.wait_for(self._start())

    @property
    def url(self) -> str:
        return self.server.url

    def environment(self) -> dict[str, str]:
        """The variables of a Bob who is live on this server."""
        return {
            "BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": self.url,
            "OPERATOR_NAME": "Association Rebond",
            "OPERATOR_CONTACT": "contact@example.org",
            "PRIVACY_URL": "https://example.org/privacy",
        }

    def close(self) -> None:
        self.wait_for(self.server.stop())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(WAIT_SECONDS)
        self.loop.close()

    async def _start(self) -> SandboxServer:
        server = SandboxServer(":memory:", TOKEN, SandboxClock())
        await server.start()
        return server

    def wait_for(self, work: Coroutine[Any, Any, T]) -> T:
        """Run `work` in the server's thread; its result."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(WAIT_SECONDS)


@pytest.fixture
def telegram() -> Iterator[LocalTelegram]:
    made = LocalTelegram()
    yield made
    made.close()
