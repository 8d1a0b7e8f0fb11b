"""State outlives a stop, and a kill."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.sandbox import Seeker
from tests.sandbox.conftest import TOKEN, aiogram_bot, serving

ROOT = Path(__file__).parents[2]
SERVER_THAT_NEVER_STOPS = f"""
import asyncio, sys
from bot.sandbox import SandboxClock, SandboxServer

async def main():
    server = SandboxServer(sys.argv[1], {TOKEN!r}, SandboxClock())
    url = await server.start()
    person = server.people.create("Ana")
    for number in range(20):
        server.people.send_text(person.id, f"message {{number}}")
    print(url, person.id, flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


async def test_everything_is_there_after_a_restart(tmp_path: Path) -> None:
    store = tmp_path / "sandbox.sqlite"
    keyboard = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Oui", callback_data="y")]])
    async with serving(store) as server, aiogram_bot(server.url) as bot:
        nadia = server.people.create("Nadia")
        team = server.groups.create("Équipe", nadia.id)
        topic = await bot.create_forum_topic(team, "Ana D.")
        seeker = Seeker(server, "Ana", "en")
        await seeker.say("bonjour")
        sent = await bot.send_message(seeker.id, "Alors ?", reply_markup=keyboard)
        await bot.pin_chat_message(seeker.id, sent.message_id)
        query = await seeker.press("Oui")
        await bot.set_my_description("Un bot")
        transcript, pending = seeker.transcript(), server.world.queue.count()
        last = (await bot.get_updates())[-1].update_id
    async with serving(store) as server, aiogram_bot(server.url) as bot:
        seeker = Seeker(server, "", user_id=seeker.id)
        assert seeker.transcript() == transcript
        assert seeker.name == "Ana"
        assert server.people.get(seeker.id).language_code == "en"
        assert server.world.queue.count() == pending
        assert await bot.answer_callback_query(query, "Noté")
        assert (await bot.get_my_description()).description == "Un bot"
        assert await bot.send_message(team, "a", message_thread_id=topic.message_thread_id)
        assert (await bot.get_chat(seeker.id)).pinned_message is not None
        written = server.people.send_text(seeker.id, "encore")
        assert written.message_id > sent.message_id
        assert (await bot.get_updates(offset=-1))[0].update_id > last


async def test_a_killed_server_has_lost_nothing(tmp_path: Path) -> None:
    store = tmp_path / "sandbox.sqlite"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", SERVER_THAT_NEVER_STOPS, str(store), cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    url, person_id = (await asyncio.wait_for(process.stdout.readline(), 60)).decode().split()
    async with aiogram_bot(url) as bot:
        await bot.send_message(int(person_id), "juste avant")
        process.send_signal(signal.SIGKILL)
        await process.wait()
    async with serving(store) as server, aiogram_bot(server.url) as bot:
        history = [message.content["text"] for message in server.world.messages.history(int(person_id))]
        assert history == [*(f"message {number}" for number in range(20)), "juste avant"]
        assert len(await bot.get_updates()) == 20
