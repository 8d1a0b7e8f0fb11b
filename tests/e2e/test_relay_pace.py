"""At the pace that Telegram permits, messages of people go before everything else of their group, in their order."""

from __future__ import annotations

import asyncio
import os
import statistics
import time
from pathlib import Path

import pytest

from bot.sandbox.client import text_of
from bot.sandbox.rates import Rates
from scheduler.pacing import Pacing
from tests.e2e.conftest import Home, running_sandbox
from tests.e2e.team_room import TeamRoom

PEOPLE = 4
"""With 4 messages each: below the 20 a minute that a group bears, with the topics that were made before."""


def _at_telegrams_pace(home: Home) -> None:
    """From now on the sandbox refuses what Telegram would, and Bob keeps to the pace of a live bot."""
    home.server._api._rates = Rates()
    home.bob.courier._pacing = Pacing()


@pytest.mark.timeout(240)
async def test_twenty_messages_of_a_group_below_its_limit_come_in_order(tmp_path: Path) -> None:
    async with running_sandbox(tmp_path) as home:
        room = TeamRoom(home)
        await room.open()
        people = [await room.follow(name) for name in ("Sofia", "Ali", "Inès", "Luc")]
        for person in people:
            await room.answered(person, f"bonjour de {person.name}")
        await room.settled()
        shown = {person.id: room.find(person.id, "Réponse à") for person in people}
        _at_telegrams_pace(home)
        took, sent = [], []
        for number in range(16):
            person = people[number % PEOPLE]
            answered = shown[person.id]
            assert answered is not None
            words = f"message {number:02d}"
            began = time.perf_counter()
            home.server.people.send_text(person.id, words, reply_to=answered.message_id)
            await room.comes(room.group, words)
            took.append(time.perf_counter() - began)
            sent.append(words)
            await asyncio.sleep(0.3)
        back = []
        for number in range(4):
            copy = room.find(room.group, f"message {number:02d}")
            assert copy is not None
            began = time.perf_counter()
            room.reply(room.nadia, copy, f"retour {number}")
            await room.comes(people[number].id, f"retour {number}")
            back.append(time.perf_counter() - began)
        lines = (text_of(m.content).rpartition("\n")[2] for m in room.seen(room.group))
        came = [line for line in lines if line.startswith("message")]
        assert came == sent
        if os.environ.get("SHOW_PACE"):
            for name, times in (("to the team", took), ("to the person", back)):
                middle, worst = statistics.median(times), max(times)
                print(f"{name}: {len(times)} messages, median {middle:.2f} s, worst {worst:.2f} s")
