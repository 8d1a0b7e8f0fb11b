"""The whole bot on PostgreSQL, in a process of its own, killed on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.sandbox.client import Seeker
from bot.sandbox.server import SandboxServer
from storage import people
from storage.engine import Store
from tests.databases import *  # noqa: F403
from tests.e2e.bots import Zygote
from tests.e2e.questions import ANSWERS, agree, answer, following, until

KILLED_AFTER = (2, 6, 10)


@pytest.mark.postgres
@pytest.mark.timeout(180)
async def test_the_questions_on_postgresql_with_kills_on_the_way(
    telegram: SandboxServer, bots: Zygote, tmp_path: Path, postgres_store_url: str
) -> None:
    process = bots.start(telegram.url, tmp_path, postgres_store_url)
    person = Seeker(telegram, "Leïla")
    try:
        await agree(person)
        for number, (_, how, words) in enumerate(ANSWERS):
            if number in KILLED_AFTER:
                process.kill()
                process = bots.start(telegram.url, tmp_path, postgres_store_url)
            await answer(person, how, words)
            await until(person, following(number))
    finally:
        await process.stop()
    store = Store(postgres_store_url)
    try:
        record = store.run_sync(people.load_by_telegram, person.id)
    finally:
        store.close()
    assert isinstance(record, people.PersonRecord)
    assert record.profile.first_name == "Leïla"
    assert record.profile.interviews == 0
    assert record.next_due_at is not None
