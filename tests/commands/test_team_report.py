"""`bob report team NAME`: the team's last week, no count under five, nobody named."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from bot.commands import team_report
from bot.commands.team_report import as_text
from storage import links, teams
from storage.engine import Store
from tests.commands.running import Bob
from tests.storage.making import Room

NOW = datetime.now(UTC)


def a_team(url: str, people: int) -> None:
    """A team that follows so many people, of whom all wait for an answer."""
    store = Store(url)
    room = Room(store)
    try:
        team, _ = room(teams.create_team, "Élan", NOW, language="fr", time_zone="Europe/Paris")
        nadia, code = room(teams.add_counsellor, team, "Nadia")
        room(teams.join, code, 501, NOW)
        for number in range(people):
            person = room.person(2000 + number)
            link = room(
                links.create, person, team, nadia, NOW, shown=["rhythm"], initial="M", words_to="topic"
            )
            if number < people // 2:
                room(links.save, link.id, waiting_since=NOW)
    finally:
        store.close()


def test_counts_are_printed_and_small_ones_hidden(bob: Bob, sqlite_url: str) -> None:
    a_team(sqlite_url, 12)
    ran = bob("report", "team", "Élan", "--json", DATABASE_URL=sqlite_url)
    assert ran.code == 0, ran.err
    values = json.loads(ran.out)
    assert values["people"]["followed"] == {"by_counsellor": [12], "all": 12}
    assert values["people"]["waiting"] == {"by_counsellor": [6], "all": 6}
    assert values["people"]["wrote"] == {"by_counsellor": [None], "all": None}
    assert values["answers"]["count"] is None
    told = bob("report", "team", "Élan", DATABASE_URL=sqlite_url).out
    assert "people followed: 12" in told
    assert "wait for an answer now: 6 (Nadia 6)" in told
    assert "wrote to the team: - (Nadia -)" in told


def test_a_small_team_shows_nothing(bob: Bob, sqlite_url: str) -> None:
    a_team(sqlite_url, 4)
    values = json.loads(bob("report", "team", "Élan", "--json", DATABASE_URL=sqlite_url).out)
    assert all(row["all"] is None and row["by_counsellor"] == [None] for row in values["people"].values())


def test_a_team_that_there_is_not_is_told(bob: Bob, sqlite_url: str) -> None:
    ran = bob("report", "team", "Nulle part", DATABASE_URL=sqlite_url)
    assert (ran.code, ran.err.strip()) == (1, "There is no team Nulle part: `bob team list` shows them.")


def test_it_says_what_its_dashes_mean() -> None:
    empty = {"by_counsellor": [], "all": None}
    values = {
        "team": "Élan",
        "week": "2026-11-16",
        "counsellors": [],
        "people": {"followed": empty, **dict.fromkeys(team_report.NAMED, empty)},
        "answers": {"count": None, "median_hours": None, "nine_of_ten_hours": None},
        "weeks": [],
    }
    assert "nothing of fewer than 5 people is shown (-)" in as_text(values)
