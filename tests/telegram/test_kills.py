"""Killed at any instant, the bot loses nothing and doubles nothing but the message it was just sending."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox import SandboxServer
from bot.sandbox.client import Seeker
from storage import counters, outbox
from storage.engine import Store

ROUNDS = 10
PROJECT = Path(__file__).parents[2]


class Copies:
    """Starts and kills copies of the bot, one after the other."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._in, self._out = process.stdin, process.stdout

    async def line(self) -> str:
        return (await asyncio.wait_for(self._out.readline(), 60)).decode().strip()

    async def start(self) -> int:
        self._in.write(b"start\n")
        return int(await self.line())

    async def end(self, pid: int, how: signal.Signals) -> None:
        os.kill(pid, how)
        assert await self.line() == "gone"


@pytest.fixture
async def copies(server: SandboxServer, sqlite_url: str) -> AsyncIterator[Copies]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.telegram.echo_process",
        server.url,
        sqlite_url,
        cwd=PROJECT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    made = Copies(process)
    assert await made.line() == "ready"
    yield made
    assert process.stdin is not None
    process.stdin.close()
    await asyncio.wait_for(process.wait(), 10)


def texts(seeker: Seeker) -> list[str]:
    bot = seeker.server.world.bot_id
    return [str(message.content["text"]) for message in seeker.messages() if message.sender_id == bot]


async def test_kill_9_loses_nothing_and_repeats_only_what_was_in_flight(
    copies: Copies, server: SandboxServer, sqlite_url: str
) -> None:
    chance = random.Random(7)
    people = [Seeker(server, f"P{number}") for number in range(4)]
    said: dict[int, list[str]] = {person.id: [] for person in people}

    async def talk(seconds: float) -> None:
        end = asyncio.get_running_loop().time() + seconds
        while asyncio.get_running_loop().time() < end:
            person = chance.choice(people)
            said[person.id].append(f"{person.name}-{len(said[person.id])}")
            await person.say(said[person.id][-1])
            await asyncio.sleep(chance.uniform(0, 0.04))

    for _ in range(ROUNDS):
        pid = await copies.start()
        await talk(chance.uniform(0.1, 0.6))
        await copies.end(pid, signal.SIGKILL)
    last = await copies.start()
    store = Store(sqlite_url)
    try:
        async with asyncio.timeout(60):
            while server.world.queue.pending(1) or (await store.run(outbox.depth)).interactive:
                await asyncio.sleep(0.1)
        count = await store.run(counters.counters)
    finally:
        store.close()
        await copies.end(last, signal.SIGTERM)

    everything = [text for spoken in said.values() for text in spoken]
    assert count["effects"] == len(everything)
    heard = Counter(text for person in people for text in texts(person))
    missing = [text for text in everything if text not in heard]
    assert len(missing) <= count.get("lost", 0)
    assert max(heard.values()) <= 2, "a repeat is sent once more at most"
    repeated = sum(times - 1 for times in heard.values())
    assert repeated <= count.get("repeats", 0)
    for person in people:
        first_times = list(dict.fromkeys(texts(person)))
        assert first_times == [text for text in said[person.id] if text in heard]
