"""`bob audit`: who did what through Bob, and when, without a word on whom."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection

from bot.advice.profile import Profile
from storage import audit, people, teams
from storage.engine import Store
from tests.commands.running import Bob
from tests.counsellors.making import follow, make_team
from tests.databases import *  # noqa: F403

NOW = datetime.now(UTC)
TELEGRAM_ID = 987654321007


@pytest.fixture
def noted(sqlite_url: str) -> str:
    """The id of Zoé, whose card Nadia opened yesterday, and whom Paul wrote to 40 days ago."""

    def work(conn: Connection) -> str:
        person_id, _ = people.create_person(
            conn,
            NOW,
            telegram_id=TELEGRAM_ID,
            chat_id=TELEGRAM_ID,
            language="fr",
            form="vous",
            profile=Profile(first_name="Zoé"),
        )
        team = make_team(conn, "Mission locale", -1009, {"Nadia": 501, "Paul": 502})
        follow(conn, person_id, team, "Nadia")
        keys = {one.name: one.audit_key for one in teams.members(conn, team.id)}
        audit.note(conn, person_id, "message sent", NOW - timedelta(days=40), actor=keys["Paul"])
        audit.note(conn, person_id, "card opened", NOW - timedelta(days=1), actor=keys["Nadia"])
        return person_id

    store = Store(sqlite_url)
    try:
        return store.run_sync(work)
    finally:
        store.close()


def test_what_counsellors_did_is_listed_without_naming_anybody_followed(
    bob: Bob, sqlite_url: str, noted: str
) -> None:
    ran = bob("audit", DATABASE_URL=sqlite_url)
    (line,) = ran.out.splitlines()
    assert line.endswith("card opened  Nadia (Mission locale)")
    assert line.startswith(f"{NOW - timedelta(days=1):%Y-%m-%d}")
    for secret in (noted, "Zoé", str(TELEGRAM_ID)):
        assert secret not in ran.out


def test_a_counsellor_and_a_time_can_be_asked_for(bob: Bob, sqlite_url: str, noted: str) -> None:
    everything = bob("audit", "--days", "60", DATABASE_URL=sqlite_url).out.splitlines()
    assert [line.split("  ")[2] for line in everything] == ["message sent", "card opened"]
    (of_paul,) = bob(
        "audit", "--days", "60", "--counsellor", "Paul", DATABASE_URL=sqlite_url
    ).out.splitlines()
    assert of_paul.endswith("message sent  Paul (Mission locale)")
    nothing = bob("audit", "--counsellor", "Paul", DATABASE_URL=sqlite_url)
    assert nothing.out == "Nothing of Paul in the last 30 days.\n"


def test_without_a_database_it_says_so(bob: Bob) -> None:
    ran = bob("audit", DATABASE_URL="sqlite:////nowhere/at/all.sqlite")
    assert ran.code == 1
    assert "There is no database" in ran.sentence
