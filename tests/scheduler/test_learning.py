"""Learning once a day, from the database to the choice of running processes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection, update

from bot.advice.facts import Outcome
from bot.advice.learning.exploring import Decision, InUse, Policy
from bot.advice.profile import Profile
from bot.dialogs.turn import World
from scheduler import learning as work
from scheduler.clock import ManualClock
from scheduler.ticks import Ticks
from storage import days, learning, people
from storage.engine import Store
from storage.tables.core import action
from tests.databases import *  # noqa: F403
from tests.dialogs.conftest import world as world  # noqa: PLC0414

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)


@pytest.fixture
def own(world: World) -> World:
    """A world whose policy is the test's own."""
    return replace(world, learning=InUse(Policy(share=0.04)))


def two_of(world: World) -> tuple[str, str]:
    """Two actions of one family and grade: one that people will do, one that they will not."""
    first = world.catalogue.actions[0]
    other = next(
        one
        for one in world.catalogue.actions[1:]
        if (one.family, one.grade, one.effort) == (first.family, first.grade, first.effort)
    )
    return first.id, other.id


def answers(conn: Connection, world: World, everybody: int) -> None:
    """Everybody did the first action and left the second."""
    loved, left = two_of(world)
    for number in range(1, everybody + 1):
        person, _ = people.create_person(
            conn, NOW, telegram_id=number, chat_id=number, language="fr", form="vous", profile=Profile()
        )
        for name, outcome in ((loved, Outcome.DONE), (left, Outcome.EXPIRED)):
            opened = days.open_action(
                conn,
                person,
                local_date=date(2026, 11, 20),
                catalogue_id=name,
                family="application",
                effort="small",
                minutes=5,
                origin="push",
                now=NOW,
                decision=Decision("none", 1.0, False, ""),
            )
            conn.execute(update(action).where(action.c.id == opened).values(outcome=outcome.value))


async def test_what_everybody_does_is_learnt_and_taken_up(
    store: Store, own: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "BREATH_SECONDS", 0)
    await store.run(answers, own, 30)
    ticks = Ticks(store, ManualClock(NOW), own, lambda _: None)
    await ticks.renew()
    assert own.learning.policy.learnt.is_empty
    await ticks.learn()
    await ticks.renew()
    policy = own.learning.policy
    loved, left = two_of(own)
    assert policy.share == 0.04
    assert policy.learnt.everybody[loved] > 1.2
    assert policy.learnt.everybody[left] < 0.8
    assert await store.run(learning.version) == (policy.learnt.version, NOW)


async def test_learning_again_on_the_same_answers_gives_the_same_version(store: Store, own: World) -> None:
    await store.run(answers, own, 6)
    assert await work.learn(store, own, NOW)
    first = await store.run(learning.version)
    assert await work.learn(store, own, NOW + work.AGAIN)
    second = await store.run(learning.version)
    assert first is not None
    assert second is not None
    assert first[0] == second[0]
    assert second[1] > first[1]


async def test_it_is_learnt_once_a_day(store: Store, own: World) -> None:
    assert await work.learn(store, own, NOW)
    assert not await work.learn(store, own, NOW + timedelta(hours=22))
    assert await work.learn(store, own, NOW + timedelta(hours=23))


async def test_a_few_people_teach_nothing(store: Store, own: World) -> None:
    await store.run(answers, own, 4)
    await work.learn(store, own, NOW)
    await work.take_up(store, own)
    found = await store.run(learning.load)
    assert found is not None
    assert found.is_empty
    assert own.learning.policy.learnt.is_empty


async def test_what_is_in_use_is_not_loaded_again(
    store: Store, own: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store.run(answers, own, 10)
    await work.learn(store, own, NOW)
    await work.take_up(store, own)
    used = own.learning.policy.learnt
    await work.take_up(store, own)
    assert own.learning.policy.learnt is used
