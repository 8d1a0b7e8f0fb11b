"""At full load, the real courier stays within the rates that the server enforces, and answers stay quick."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import Connection

from bot.dialogs.replies import Reply
from bot.sandbox import SandboxClock, SandboxServer
from bot.sandbox.client import Seeker
from scheduler.pacing import Pacing
from storage import outbox
from tests.telegram.conftest import Build, until
from tests.telegram.echo import TOKEN

CROWD = 70


@pytest.fixture
async def server(clock: SandboxClock) -> AsyncIterator[SandboxServer]:
    server = SandboxServer(":memory:", TOKEN, clock, enforce_rates=True)
    await server.start()
    yield server
    await server.stop()


async def test_pushes_to_a_crowd_meet_no_refusal_and_an_answer_does_not_wait_behind_them(
    build: Build, server: SandboxServer, ana: Seeker
) -> None:
    echo = await build(pacing=Pacing())
    crowd = [server.people.create(f"P{number}").id for number in range(CROWD)]
    for person in crowd:
        server.people.start(person)
    server.world.queue.confirm(10**9)

    def add_pushes(conn: Connection) -> None:
        for person in crowd:
            body = Reply("L'action du jour").to_json()
            outbox.add(
                conn, echo.clock.now(), person_id=None, chat_id=person, lane="bulk", method="send", body=body
            )

    await echo.store.run(add_pushes)
    loop = asyncio.get_running_loop()
    async with echo.polling():
        await asyncio.sleep(1)
        asked = loop.time()
        await ana.say("bonjour")
        assert (await ana.one_message())["text"] == "bonjour"
        assert loop.time() - asked < 1.5
        assert len(server.calls.of("sendMessage")) < CROWD, "the pushes were still going out"
        await until(lambda: len(server.calls.of("sendMessage")) == CROWD + 1, within=20)
    assert [refusal.code for refusal in server.refused] == []


async def test_a_talkative_turn_is_spread_over_time_without_a_refusal(build: Build, ana: Seeker) -> None:
    echo = await build(pacing=Pacing())
    async with echo.polling():
        for number in range(6):
            await ana.say(str(number))
        await until(lambda: len(ana.server.calls.of("sendMessage")) == 6, within=20)
    bot = ana.server.world.bot_id
    assert [m.content["text"] for m in ana.messages() if m.sender_id == bot] == [str(n) for n in range(6)]
    assert [refusal.code for refusal in ana.server.refused] == []
