"""`bob report actions`: what nobody does, what is declined and why, what helps whom; never a cell under five people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, update

from bot.advice.facts import Outcome, Refusal
from bot.advice.learning.exploring import Decision
from bot.advice.loading import load_catalogue
from bot.advice.profile import Profile
from storage import days, people
from storage.engine import Store
from storage.tables.core import action
from tests.commands.running import Bob

IDS = [one.id for one in load_catalogue().actions[:5]]
DONE, LEFT, REFUSED, RARE, MIXED = IDS


def answer(
    conn: Connection,
    telegram_id: int,
    name: str,
    outcome: Outcome,
    situation: str = "bravo",
    refusal: Refusal | None = None,
) -> None:
    """One answer of one person, yesterday."""
    now = datetime.now(UTC)
    found = people.load_by_telegram(conn, telegram_id)
    person = found.id if isinstance(found, people.PersonRecord) else None
    if person is None:
        person, _ = people.create_person(
            conn,
            now,
            telegram_id=telegram_id,
            chat_id=telegram_id,
            language="fr",
            form="vous",
            profile=Profile(first_name="Aminata"),
        )
    opened = days.open_action(
        conn,
        person,
        local_date=(now - timedelta(days=1)).date(),
        catalogue_id=name,
        family="skill",
        effort="small",
        minutes=5,
        origin="push",
        now=now,
        decision=Decision(situation, 1.0, False, ""),
    )
    ended = {"outcome": outcome.value, "refusal": refusal and refusal.value}
    conn.execute(update(action).where(action.c.id == opened).values(**ended))


def many(conn: Connection) -> None:
    """Six people; what the fifth action says comes from four of them in one situation."""
    for number in range(1, 7):
        answer(conn, number, DONE, Outcome.DONE)
        answer(conn, number, LEFT, Outcome.EXPIRED)
        answer(conn, number, REFUSED, Outcome.REFUSED, refusal=Refusal.TOO_LONG)
        answer(conn, number, MIXED, Outcome.DONE, "none:long" if number <= 4 else "bravo")
    answer(conn, 1, REFUSED, Outcome.REFUSED, refusal=Refusal.TOO_HARD)
    for number in range(1, 5):
        answer(conn, number, RARE, Outcome.EXPIRED)


@pytest.fixture
def told(bob: Bob, sqlite_url: str) -> dict[str, Any]:
    store = Store(sqlite_url)
    store.run_sync(many)
    store.close()
    ran = bob("report", "actions", "--json", DATABASE_URL=sqlite_url)
    assert ran.code == 0
    found: dict[str, Any] = ran.json
    return found


def test_what_nobody_does_is_named_with_how_often_it_was_given(told: dict[str, Any]) -> None:
    assert {"id": LEFT, "given": 6, "people": 6} in told["never_done"]
    assert DONE not in [row["id"] for row in told["never_done"]]


def test_what_was_never_given_is_named(told: dict[str, Any]) -> None:
    assert not set(IDS) & set(told["never_given"])
    assert len(told["never_given"]) == len(load_catalogue().actions) - len(IDS)


def test_refusals_come_with_the_reasons_that_enough_people_gave(told: dict[str, Any]) -> None:
    (row,) = told["declined"]
    assert row["id"] == REFUSED
    assert row["reasons"] == {"too_long": 6}
    assert row["given"] == 7


def test_what_helps_whom_comes_with_its_interval(told: dict[str, Any]) -> None:
    rows = {row["id"]: row for row in told["helps"]["bravo"]}
    assert rows[DONE]["share"] == 1
    assert rows[DONE]["low"] == pytest.approx(0.61, abs=0.01)
    assert rows[LEFT]["share"] == 0
    assert rows[LEFT]["high"] == pytest.approx(0.39, abs=0.01)


def test_nothing_of_fewer_than_five_people_is_told(told: dict[str, Any]) -> None:
    assert RARE not in [row["id"] for row in told["never_done"]]
    assert set(told["helps"]) == {"bravo"}
    assert {row["id"] for row in told["helps"]["bravo"]} == {DONE, LEFT, REFUSED}


def test_the_report_can_be_read(bob: Bob, sqlite_url: str) -> None:
    store = Store(sqlite_url)
    store.run_sync(many)
    store.close()
    ran = bob("report", "actions", DATABASE_URL=sqlite_url)
    assert f"{LEFT}: given 6 times, 6 people" in ran.out
    assert "100% (61% to 100%) of 6" in ran.out
    assert "Aminata" not in ran.out
    assert RARE not in ran.out


def test_an_empty_database_has_nothing_to_report(bob: Bob, sqlite_url: str) -> None:
    ran = bob("report", "actions", DATABASE_URL=sqlite_url)
    assert ran.code == 0
    assert "none" in ran.out


def test_without_a_database_one_sentence_says_so(bob: Bob) -> None:
    ran = bob("report", "actions")
    assert ran.code == 1
    assert "no database" in ran.sentence
