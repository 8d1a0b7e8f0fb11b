"""Alerts and digests when several processes tick at the same moment: each once."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from bot.counsellors.needs import watching
from storage import agenda, alerts
from storage.engine import Store
from tests.counsellors.following import paris
from tests.counsellors.office import WORLD, Office
from tests.databases import *  # noqa: F403

AT_ONCE = 4


def test_ticks_in_several_processes_raise_each_alert_and_say_each_digest_once(
    store: Store, database_url: str
) -> None:
    office = Office(store)
    links = [office.follow(letter, human_asked_at=paris(23)) for letter in "ABC"]
    others = [Store(database_url) for _ in range(AT_ONCE)]

    def tick(other: Store) -> None:
        for work in (watching.look_due, watching.digest_due):
            for _ in range(3):
                other.run_sync(work, WORLD, paris(24, 9, 30), 100)

    try:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(tick, others))
    finally:
        for other in others:
            other.close()
    told = office.told()
    assert Counter(one.topic for one in told if one.purpose == "group alert") == Counter(links)
    assert [one.purpose for one in told].count("group digest") == 1


def test_a_team_that_fails_is_put_off_and_holds_up_no_other(store: Store) -> None:
    """The tick tries each by itself after a failure, and puts off the one that fails (`storage.agenda`)."""
    office = Office(store)
    office(alerts.watch_new_teams, office.now)
    for work, due in (("look_due", alerts.looks_due), ("digest_due", alerts.digests_due)):
        assert office(agenda.postpone_first, work, office.now, paris(24, 12))
        assert office(due, office.now, 10) == []
        assert len(office(due, paris(24, 12), 10)) == 1
