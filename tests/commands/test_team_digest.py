"""`bob team digest`: where a team's morning digest goes."""

from __future__ import annotations

from storage import teams
from storage.engine import Store
from tests.commands.running import Bob
from tests.counsellors.following import TUESDAY


def test_a_team_chooses_where_its_digest_goes(bob: Bob, sqlite_url: str) -> None:
    store = Store(sqlite_url)
    team_id, _ = store.run_sync(teams.create_team, "Élan", TUESDAY, language="fr", time_zone="Europe/Paris")
    ran = bob("team", "digest", "Élan", "private", DATABASE_URL=sqlite_url)
    assert (ran.code, "private" in ran.out) == (0, True)
    found = store.run_sync(teams.team_of, team_id)
    store.close()
    assert found is not None
    assert found.digest_place == "private"


def test_a_team_that_is_none_is_named(bob: Bob, sqlite_url: str) -> None:
    ran = bob("team", "digest", "Élan", "none", DATABASE_URL=sqlite_url)
    assert ran.code != 0
    assert "no team Élan" in ran.sentence
