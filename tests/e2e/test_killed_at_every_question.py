"""Kill the process after every question of one conversation: the same question comes back, no answer is lost."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.sandbox.client import Seeker, text_of
from bot.sandbox.server import SandboxServer
from storage import people
from storage.engine import Store
from tests.e2e.bots import Zygote
from tests.e2e.questions import ANSWERS, MICRO, agree, answer, following, until


@pytest.mark.timeout(240)
async def test_the_process_dies_after_every_question_and_nothing_is_lost(
    telegram: SandboxServer, bots: Zygote, tmp_path: Path
) -> None:
    process = bots.start(telegram.url, tmp_path)
    person = Seeker(telegram, "Leïla")
    try:
        await agree(person)
        for number, (_, how, words) in enumerate(ANSWERS):
            process.kill()
            await answer(person, how, words)  # said while nobody listens
            process = bots.start(telegram.url, tmp_path)
            await until(person, following(number))
        await person.say("/start")
        assert "Leïla" in text_of(await until(person, "Leïla"))
        await asyncio.sleep(0.2)
    finally:
        await process.stop()
    _every_answer_is_kept(telegram, tmp_path)
    _each_question_was_asked_once_or_repeated_once(person)


def _every_answer_is_kept(telegram: SandboxServer, folder: Path) -> None:
    store = Store(f"sqlite:///{folder / 'bob.sqlite'}")
    try:
        record = store.run_sync(people.load_by_telegram, telegram.people.all()[0].id)
    finally:
        store.close()
    assert isinstance(record, people.PersonRecord)
    profile = record.profile
    assert (profile.first_name, profile.job, profile.job_code) == ("Leïla", "serveuse", "G1803")
    assert (profile.place, profile.mobility, profile.situation) == ("Nantes", "nearby", "out_of_work")
    assert (profile.months, profile.experience_years, profile.diploma) == (6.0, 3.0, "cap")
    assert profile.barriers == {"no_answers"}
    assert (profile.applications, profile.interviews) == (10, 0)
    assert profile.hour is not None
    assert f"{profile.hour:%H:%M}" == "09:30"


def _each_question_was_asked_once_or_repeated_once(person: Seeker) -> None:
    """A kill between Telegram's acceptance and our record of it may repeat a message, once."""
    said = [text_of(message.content) for message in person.messages() if message.sender_id != person.id]
    for question, _, _ in ANSWERS:
        if question != MICRO:
            times = sum(question in text for text in said)
            assert 1 <= times <= 2, f"{question} was asked {times} times"
