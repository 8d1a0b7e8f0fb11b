"""Queries that run all the time find their rows through an index, however many there are."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection

from storage import agenda, days_sql, inbox, outbox, outbox_sql, people_sql
from storage.engine import Store
from storage.statements import Statement
from tests.storage.making import LEASE, NOW, Room

BUSY: list[Statement] = [
    people_sql.BY_TELEGRAM,
    people_sql.BY_ID,
    people_sql.VISITOR,
    people_sql.EXPIRED,
    people_sql.DUE,
    people_sql.RESUMING,
    people_sql.DROP_DIALOGUE,
    days_sql.ACTION_BY_ID,
    days_sql.OPEN_ACTION,
    days_sql.CLOSE_FORMER,
    days_sql.HISTORY,
    days_sql.PLAN,
    days_sql.DUE_RECALLS,
    days_sql.STRATEGIES,
    *outbox_sql.CLAIMABLE.values(),
    outbox_sql.LEASE,
    outbox_sql.GIVE_UP,
    outbox_sql.EXPIRED,
    outbox_sql.SENT,
    outbox_sql.START,
    outbox_sql.PAUSED,
    inbox._DUE,
    inbox._OF_SENDER,
    agenda._NEXT,
]
TABLES_READ_WHOLE = {"sender_pause"}  # a handful of rows


def steps(conn: Connection, statement: Statement) -> list[str]:
    """SQLite's plan of a statement."""
    compiled = statement._for(conn)
    given: tuple[Any, ...] = (None,) * len(compiled._parameters)
    return [row[3] for row in conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled._sql}", given)]


@pytest.mark.parametrize("statement", BUSY, ids=lambda statement: str(BUSY.index(statement)))
def test_no_busy_query_reads_a_whole_table(sqlite_url: str, statement: Statement) -> None:
    store = Store(sqlite_url)
    try:
        plan = store.run_sync(steps, statement)
    finally:
        store.close()
    read_whole = {
        found.group(1)
        for step in plan
        if (found := re.match(r"SCAN (\w+)(?! USING)", step)) and not step.startswith("SCAN CONSTANT")
    }
    assert read_whole <= TABLES_READ_WHOLE | {"anon_1"}, plan


def test_a_claim_does_not_sort_what_waits(sqlite_url: str) -> None:
    store = Store(sqlite_url)
    plan = store.run_sync(steps, outbox_sql.CLAIMABLE["bulk"])
    store.close()
    assert not any("TEMP B-TREE" in step for step in plan), plan


def fill(conn: Connection, count: int) -> None:
    """Messages to as many chats."""
    for chat in range(count):
        outbox.add(
            conn,
            NOW,
            person_id=None,
            chat_id=chat,
            lane="bulk",
            method="send",
            body={"text": "x"},
            purpose="push",
        )


def counting(room: Room, work: Callable[[], Any]) -> int:
    """How many steps SQLite's machine takes for it, in thousands: the same on every computer."""
    steps_taken = 0

    def tick() -> int:
        nonlocal steps_taken
        steps_taken += 1
        return 0

    driver: Any = room.store._single
    driver.connection.driver_connection.set_progress_handler(tick, 1000)
    driver.rollback()
    work()
    driver.connection.driver_connection.set_progress_handler(None, 0)
    driver.rollback()
    return steps_taken


def test_a_claim_costs_the_same_whether_ten_or_thousands_of_messages_wait(sqlite_url: str) -> None:
    store = Store(sqlite_url)
    room = Room(store)
    room(fill, 20)
    few = counting(room, lambda: room.claim(limit=10))
    room(fill, 5000)
    many = counting(room, lambda: room.claim(NOW + LEASE, limit=10))
    store.close()
    assert many <= few + 5
