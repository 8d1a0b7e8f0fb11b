"""`bob report alerts`: the share of useful ones by kind, with its interval; small counts stay hidden."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Connection

from storage import counters
from storage.engine import Store
from tests.commands.running import Bob


def counted(conn: Connection) -> None:
    for name, count in (
        ("stuck.raised", 40),
        ("stuck.useful", 18),
        ("stuck.not_useful", 6),
        ("nothing_done.raised", 30),
        ("nothing_done.useful", 1),
        ("nothing_done.not_useful", 19),
        ("human.raised", 4),
        ("human.useful", 4),
    ):
        counters.bump(conn, f"alerts.{name}", count)


@pytest.fixture
def rows(bob: Bob, sqlite_url: str) -> dict[str, dict[str, Any]]:
    store = Store(sqlite_url)
    store.run_sync(counted)
    store.close()
    ran = bob("report", "alerts", "--json", DATABASE_URL=sqlite_url)
    assert ran.code == 0
    return {row["kind"]: row for row in ran.json["alerts"]}


def test_each_kind_has_its_share_with_an_interval(rows: dict[str, dict[str, Any]]) -> None:
    row = rows["stuck"]
    assert (row["raised"], row["answered"], row["share"], row["a_day"]) == (40, 24, 0.75, 5)
    assert row["low"] == pytest.approx(0.55, abs=0.01)
    assert row["high"] == pytest.approx(0.88, abs=0.01)


def test_a_kind_of_little_use_is_held_back(rows: dict[str, dict[str, Any]]) -> None:
    assert (rows["nothing_done"]["share"], rows["nothing_done"]["a_day"]) == (0.05, 1)


def test_counts_under_five_are_hidden(rows: dict[str, dict[str, Any]]) -> None:
    for kind in ("human", "call"):
        assert [rows[kind][name] for name in ("raised", "answered", "share", "low", "high")] == [None] * 5


def test_the_report_can_be_read(bob: Bob, sqlite_url: str) -> None:
    store = Store(sqlite_url)
    store.run_sync(counted)
    store.close()
    told = bob("report", "alerts", DATABASE_URL=sqlite_url).out
    assert "stuck: raised 40, useful 75% (55% to 88%) of 24 answered" in told
    assert "nothing_done: raised 30, useful 5% (1% to 24%) of 20 answered; held to 1 a day" in told
    assert "human: raised under 5, useful too few answers" in told
