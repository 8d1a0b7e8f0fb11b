"""The daily push on both databases: one a date, whatever runs, dies or comes late."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, func, select

from bot.dialogs.turn import World
from scheduler import daily, pauses, recalls
from storage import days, outbox
from storage.engine import Store
from storage.tables.core import action, day
from storage.tables.core import outbox as outbox_table
from tests.databases import *  # noqa: F403
from tests.dialogs.chat import Chat, paris
from tests.dialogs.conftest import known_ids, world

__all__ = ["known_ids", "world"]


@pytest.fixture
def leila(store: Store, world: World) -> Chat:
    """First action due on Friday 27 November 2026 at 9:00 in Paris."""
    chat = Chat(store, world)
    chat.onboard()
    return chat


def _days(conn: Connection) -> dict[str, tuple[str, str | None]]:
    rows = conn.execute(select(day.c.local_date, day.c.origin, day.c.cause).order_by(day.c.local_date))
    return {row.local_date.isoformat(): (row.origin, row.cause) for row in rows}


def test_ten_ticks_in_the_same_minute_send_one_action(leila: Chat, store: Store, world: World) -> None:
    now = paris("2026-11-27 09:00").astimezone(UTC)
    for _ in range(10):
        store.run_sync(daily.push_due, world, now, 100)
    assert store.run_sync(_bulk_messages) == 1


def _bulk_messages(conn: Connection) -> int:
    waiting = select(func.count()).where(outbox_table.c.lane == "bulk")
    return int(conn.execute(waiting).scalar_one())


def test_ticks_in_several_processes_send_one_action_each(
    store: Store, world: World, database_url: str
) -> None:
    people = 12
    for _ in range(people):
        Chat(store, world).onboard()
    now = paris("2026-11-27 09:00").astimezone(UTC)
    others = [Store(database_url) for _ in range(3)]
    try:
        with ThreadPoolExecutor(3) as pool:
            list(
                pool.map(
                    lambda other: [other.run_sync(daily.push_due, world, now, 5) for _ in range(6)], others
                )
            )
    finally:
        for other in others:
            other.close()
    assert store.run_sync(_bulk_messages) == people
    opened = store.run_sync(
        lambda conn: conn.execute(select(action.c.person_id).where(action.c.origin == "push")).all()
    )
    assert len(opened) == len({row.person_id for row in opened}) == people


def test_after_an_outage_of_three_days_one_action_comes_and_the_days_are_closed_as_missed(
    leila: Chat, store: Store, world: World
) -> None:
    now = paris("2026-12-02 11:00").astimezone(UTC)  # Wednesday; Friday to Tuesday nothing ran
    store.run_sync(daily.push_due, world, now, 100)
    store.run_sync(daily.push_due, world, now + timedelta(minutes=1), 100)
    known = store.run_sync(_days)
    assert known["2026-12-02"] == ("push", None)
    assert {date for date, (origin, _) in known.items() if origin == "missed"} == {
        "2026-11-27",
        "2026-11-28",
        "2026-11-30",
        "2026-12-01",
    }
    assert store.run_sync(_bulk_messages) == 1


def test_past_twenty_hours_the_day_is_over_without_its_action(
    leila: Chat, store: Store, world: World
) -> None:
    store.run_sync(daily.push_due, world, paris("2026-11-27 20:01").astimezone(UTC), 100)
    assert store.run_sync(_days)["2026-11-27"] == ("missed", "too late")
    assert store.run_sync(_bulk_messages) == 0
    assert leila.record.next_due_at == paris("2026-11-28 09:00")


def test_a_push_that_could_not_leave_by_twenty_hours_is_taken_back(
    leila: Chat, store: Store, world: World
) -> None:
    store.run_sync(daily.push_due, world, paris("2026-11-27 09:00").astimezone(UTC), 100)
    late = paris("2026-11-27 20:02").astimezone(UTC)
    claimed: list[Any] = store.run_sync(
        outbox.claim, late, {"interactive": 9, "bulk": 9}, 9, timedelta(seconds=30)
    )
    assert [row for row in claimed if row.purpose == "daily"] == []
    store.run_sync(daily.close_unsent, world, late, 100)
    assert store.run_sync(_days)["2026-11-27"] == ("missed", "not sent in time")
    assert leila.open_action is None


def test_a_pause_that_ends_brings_the_next_chosen_day(leila: Chat, store: Store, world: World) -> None:
    leila.command("/moins")
    leila.tap("settings.pause3")
    assert leila.record.next_due_at is None
    store.run_sync(pauses.resume_due, world, paris("2026-11-29 00:00").astimezone(UTC), 100)
    assert leila.record.status == "active"
    assert leila.record.next_due_at == paris("2026-11-30 09:00")


def test_a_recall_that_is_hours_late_has_lost_its_moment(leila: Chat, store: Store, world: World) -> None:
    leila.tick_to(paris("2026-11-27 09:00"))
    opened = leila.open_action
    assert opened is not None
    at = datetime(2026, 11, 27, 14, 0)
    store.run_sync(
        days.save_plan,
        opened.id,
        local_when=at,
        time_zone="Europe/Paris",
        recall_at=paris("2026-11-27 14:00"),
    )
    store.run_sync(recalls.recall_due, world, paris("2026-11-27 18:00").astimezone(UTC), 100)
    plan = store.run_sync(days.plan_of, opened.id)
    assert plan is not None
    assert plan.recall_state == "dropped"
