"""Kill the process after any question: the same question comes back, the answers are intact."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.sandbox.client import Seeker, text_of
from bot.sandbox.server import SandboxServer
from storage import people
from storage.engine import Store
from tests.e2e.bots import Zygote
from tests.e2e.questions import ANSWERS, agree, answer, until


@pytest.mark.parametrize("killed_at", range(len(ANSWERS)))
async def test_the_question_asked_when_the_process_died_is_still_there(
    killed_at: int, telegram: SandboxServer, bots: Zygote, tmp_path: Path
) -> None:
    process = bots.start(telegram.url, tmp_path)
    person = Seeker(telegram, "Leïla")
    try:
        await agree(person)
        for number, (_, how, words) in enumerate(ANSWERS[:killed_at]):
            await answer(person, how, words)
            await until(person, ANSWERS[number + 1][0])
        process.kill()
        await answer(person, *ANSWERS[killed_at][1:])  # said while nobody listens
        await asyncio.sleep(0.1)
        process = bots.start(telegram.url, tmp_path)
        following = ANSWERS[killed_at + 1][0] if killed_at + 1 < len(ANSWERS) else "Prochaine action"
        await until(person, following)
        await person.say("/start")
        again = await until(person, following if killed_at + 1 < len(ANSWERS) else "Leïla")
        assert text_of(again)
        _no_answer_is_lost(telegram, tmp_path, killed_at)
        _each_answer_counted_once(person, killed_at)
    finally:
        await process.stop()


def _no_answer_is_lost(telegram: SandboxServer, folder: Path, killed_at: int) -> None:
    store = Store(f"sqlite:///{folder / 'bob.sqlite'}")
    try:
        person = next(iter(telegram.people.all()))
        record = store.run_sync(people.load_by_telegram, person.id)
    finally:
        store.close()
    assert isinstance(record, people.PersonRecord)
    known = record.profile.model_dump(exclude_unset=True)
    fields = ["first_name", "job", "place", "mobility", "situation", "months", None, "experience_years", "diploma"]
    for field in [*fields, "barriers", "applications", "interviews", "hour"][: killed_at + 1]:
        assert field is None or known.get(field) is not None, f"{field} was lost"


def _each_answer_counted_once(person: Seeker, killed_at: int) -> None:
    """The question that follows is asked once for the answer and once for /start, not more."""
    if killed_at + 1 >= len(ANSWERS):
        return
    asked = [text_of(message.content) for message in person.messages() if not message.sender_id == person.id]
    following = ANSWERS[killed_at + 1][0]
    same_number = 2 if ANSWERS[killed_at][0] == following else 1
    assert sum(following in text for text in asked) <= 2 + same_number
