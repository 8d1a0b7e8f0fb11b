"""Telegram and the network misbehave: nothing lost, nothing doubled beyond what cannot be known."""

from __future__ import annotations

import asyncio

import pytest

from bot.sandbox.client import Seeker, text_of
from storage import counters
from tests.e2e.conftest import Home
from tests.e2e.questions import ANSWERS, SAY, agree, following, until


def times_said(person: Seeker, words: str) -> int:
    return sum(words in text_of(m.content) for m in person.messages() if m.sender_id != person.id)


@pytest.mark.parametrize(("kind", "times"), [("429", 2), ("500", 2), ("drop_before", 1)])
async def test_a_message_that_telegram_did_not_take_comes_once_all_the_same(
    kind: str, times: int, home: Home
) -> None:
    person = Seeker(home.server, "Leïla")
    await agree(person)
    home.server.faults.add("sendMessage", kind, times=times, **({"retry_after": 1} if kind == "429" else {}))
    await person.say("Leïla")
    await until(person, following(0), within=30)
    await asyncio.sleep(1.5)
    assert times_said(person, following(0)) == 1


async def test_an_answer_lost_on_its_way_back_repeats_the_message_at_most_once_and_counts_it(
    home: Home,
) -> None:
    person = Seeker(home.server, "Leïla")
    await agree(person)
    home.server.faults.add("sendMessage", "drop_after", times=1)
    await person.say("Leïla")
    await until(person, following(0), within=30)
    async with asyncio.timeout(60):
        while times_said(person, following(0)) < 2:
            await asyncio.sleep(0.2)
    await asyncio.sleep(2)
    assert times_said(person, following(0)) == 2
    assert home.bob.store.run_sync(counters.counters)["repeats"] == 1


async def test_updates_delivered_again_have_no_second_effect(home: Home) -> None:
    person = Seeker(home.server, "Leïla")
    await agree(person)
    home.server.faults.add("getUpdates", "drop_after", times=2)
    await person.say("Leïla")
    await until(person, following(0), within=30)
    await asyncio.sleep(1)
    assert times_said(person, following(0)) == 1


async def test_everything_said_in_a_burst_is_answered_in_order(home: Home) -> None:
    person = Seeker(home.server, "Leïla")
    await agree(person)
    for words in ("Leïla", "serveuse", "Nantes"):
        home.server.people.send_text(person.id, words)
    await until(person, following(2), within=30)
    said = [text_of(m.content) for m in person.messages() if m.sender_id != person.id]
    order = [next(i for i, text in enumerate(said) if ANSWERS[number][0] in text) for number in (1, 2, 3)]
    assert order == sorted(order)


async def test_a_person_who_blocks_bob_gets_nothing_more_and_comes_back_to_their_answers(home: Home) -> None:
    person = Seeker(home.server, "Leïla")
    await agree(person)
    await person.say("Leïla")
    await until(person, following(0))
    home.server.people.block(person.id)
    await asyncio.sleep(0.5)
    home.server.people.unblock(person.id)
    await person.say("/start")
    await until(person, SAY("questions.job.ask"))
