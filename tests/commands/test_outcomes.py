"""`bob report outcomes`: honest intervals, nothing of fewer than five people, nobody named."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Connection

from bot.advice.profile import Profile
from bot.commands import outcomes
from storage import events, jobs, people
from storage.engine import Store
from storage.events import EventRow, Sum
from tests.commands.running import Bob

TODAY = date(2026, 11, 26)
SINCE = TODAY - timedelta(days=720)


def subject(
    number: int, *, done: int = 1, delivered: int = 2, arm: str = "prompt", days_ago: int = 200
) -> list[Sum]:
    day = TODAY - timedelta(days=days_ago)
    amounts = {"delivered": delivered, "done": done}
    return [Sum(f"s{number}", day, arm, kind, amount) for kind, amount in amounts.items() if amount]  # type: ignore[arg-type]


def values(sums: list[Sum]) -> dict[str, Any]:
    return outcomes.as_values(outcomes.gather(sums), SINCE, TODAY)


def test_nothing_of_fewer_than_five_people_is_told() -> None:
    four = values([one for number in range(4) for one in subject(number)])
    assert four["people"] is None
    assert set(four["steps"].values()) == {None}
    assert four["difference"] == dict.fromkeys(four["difference"])
    five = values([one for number in range(5) for one in subject(number)])
    assert five["steps"]["done"]["people"] == 5


def test_nor_what_could_be_told_by_subtraction() -> None:
    sums = [one for number in range(10) for one in subject(number, done=number > 1)]
    found = values(sums)  # 8 of 10 did something: the two others are not to be told
    assert found["people"] == 10
    assert found["steps"]["done"] is None


def test_a_job_is_counted_within_its_months_only() -> None:
    sums = [one for number in range(12) for one in subject(number)]
    after_50_days = TODAY - timedelta(days=150)
    sums += [Sum(f"s{number}", after_50_days, "prompt", "job", 1) for number in range(6)]
    followed = values(sums)["followed"]
    assert followed[1]["job"] is None
    assert followed[3]["job"]["value"] == 0.5


def test_who_has_not_been_there_for_that_long_does_not_count() -> None:
    sums = [one for number in range(6) for one in subject(number, days_ago=40)]
    followed = values(sums)["followed"]
    assert followed[1]["people"] == 6
    assert followed[3] is None


def crowd(random: np.random.Generator, effect: float, size: int = 40) -> list[Sum]:
    """People of different zeal, 12 weeks each, half of them without the prompt; planning adds to the chance."""
    found: list[Sum] = []
    for number in range(size):
        zeal = random.uniform(0.1, 0.7)
        for week in range(12):
            arm = "prompt" if random.random() < 0.5 else "no_prompt"
            day = TODAY - timedelta(weeks=week)
            done = int(random.binomial(5, zeal + (effect if arm == "prompt" else 0)))
            found.append(Sum(f"s{number}", day, arm, "delivered", 5))  # type: ignore[arg-type]
            found += [Sum(f"s{number}", day, arm, "done", done)] if done else []  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize("effect", [0.0, 0.15])
def test_the_interval_of_the_difference_holds_the_truth_nineteen_times_in_twenty(effect: float) -> None:
    random, held = np.random.default_rng(7), 0
    for _ in range(200):
        people = outcomes.gather(crowd(random, effect))
        found = outcomes._difference(people, "done", "delivered")
        assert found is not None
        held += found["low"] <= effect <= found["high"]
    assert 180 <= held <= 198


def agree(conn: Connection, number: int, today: date) -> None:
    """Somebody with a name, who did one of two actions last week."""
    person, _ = people.create_person(
        conn,
        datetime.now(UTC),
        telegram_id=5_550_000_000 + number,
        chat_id=5_550_000_000 + number,
        language="fr",
        form="vous",
        profile=Profile(first_name="Aminata", place="Angers"),
    )
    for kind in ("delivered", "delivered", "done"):
        day = today - timedelta(days=7)
        events.add(conn, person, EventRow(kind, day, "network-call", "bravo", "prompt"))  # type: ignore[arg-type]


def test_the_command_prints_sums_and_what_they_do_not_say(bob: Bob, sqlite_url: str) -> None:
    store = Store(sqlite_url)
    for number in range(6):
        store.run_sync(agree, number, datetime.now(UTC).date())
        store.run_sync(jobs.count_answer, "helped", "advert", 2026)
    store.run_sync(jobs.count_answer, "helped", "people", 2026)
    store.close()
    ran = bob("report", "outcomes", "--json", DATABASE_URL=sqlite_url)
    found = json.loads(ran.out)
    assert found["people"] == 6
    assert found["steps"]["done"]["per_delivered"]["value"] == 0.5
    assert len(found["caveats"]) >= 6
    assert found["after_a_job"] == [
        {"question": "helped", "year": 2026, "answers": {"advert": 6, "people": None}}
    ]
    told = bob("report", "outcomes", DATABASE_URL=sqlite_url).out
    assert "What these figures do not say" in told
    assert "helped (2026): advert 6, people -" in told
    for secret in ("Aminata", "Angers", "555000", "network-call"):
        assert secret not in ran.out + told
