"""The process dies while messages go to and fro: none is lost, each comes twice at most."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app import SANDBOX_TOKEN
from bot.sandbox.client import text_of
from bot.sandbox.clock import SandboxClock
from bot.sandbox.server import SandboxServer
from storage.engine import Store
from storage.migrations import upgrade
from tests.e2e.bots import Zygote
from tests.e2e.team_room import TeamRoom


class _RealTime:
    """The clock of the other process."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def set_at_least(self, at: datetime) -> None:
        """Nobody moves it."""


class _Elsewhere:
    """What a room needs of a bot that runs in another process: its database."""

    def __init__(self, store: Store, server: SandboxServer) -> None:
        self.server, self.clock = server, _RealTime()
        self.bob = self
        self.courier = self
        self.store = store

    def wake(self) -> None:
        """The other process looks by itself."""


@pytest.mark.timeout(240)
async def test_messages_on_their_way_survive_kills(bots: Zygote, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'bob.sqlite'}"
    upgrade(url)
    telegram = SandboxServer(tmp_path / "telegram.sqlite", SANDBOX_TOKEN, SandboxClock())
    await telegram.start()
    store = Store(url)
    process = bots.start(telegram.url, tmp_path)
    try:
        room = TeamRoom(_Elsewhere(store, telegram))  # type: ignore[arg-type]
        await room.open()
        sofia = await room.follow()
        copy = await room.writes(sofia, "début")
        room.reply(room.nadia, copy, "bonjour")
        shown = await room.comes(sofia.id, "bonjour", within=30)
        for number in range(4):
            telegram.people.send_text(sofia.id, f"question {number}", reply_to=shown.message_id)
            room.reply(room.nadia, copy, f"réponse {number}")
            await asyncio.sleep(0.05 * number)  # each time at another instant of the way
            process.kill()
            process = bots.start(telegram.url, tmp_path)
        for number in range(4):
            await room.comes(room.group, f"question {number}", within=40)
            await room.comes(sofia.id, f"réponse {number}", within=40)
        await asyncio.sleep(1)
        for number in range(4):
            assert 1 <= _times(room, room.group, f"question {number}") <= 2
            assert 1 <= _times(room, sofia.id, f"réponse {number}") <= 2
    finally:
        await process.stop()
        store.close()
        await telegram.stop()


def _times(room: TeamRoom, chat: int, words: str) -> int:
    """Among what Bob said."""
    bot = room.server.world.bot_id
    return sum(words in text_of(m.content) for m in room.seen(chat) if m.sender_id == bot)
