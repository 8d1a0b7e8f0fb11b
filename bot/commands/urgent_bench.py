"""A process of its own for measuring a counsellor's list: `python -m bot.commands.urgent_bench PEOPLE FOLDER`.

Prints {"seconds": CPU seconds of loading and ranking everybody, the median of some runs}.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from bot.advice.facts import Outcome
from bot.advice.profile import Profile
from bot.counsellors.needs import following
from bot.counsellors.needs.urgent import shortlist
from storage import days, links, people, teams
from storage.engine import Store
from storage.migrations import upgrade

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
ACTIONS = 60
RUNS = 9


def main(count: int, folder: Path) -> None:
    """Make `count` people followed by one counsellor, with two months of actions each; rank them, print the figure."""
    url = f"sqlite:///{folder / 'urgent.sqlite'}"
    upgrade(url)
    store = Store(url)
    team_id, counsellor_id = store.run_sync(_team)
    for first in range(0, count, 100):
        store.run_sync(_follow, team_id, counsellor_id, first, min(first + 100, count))
    store.run_sync(_listed, team_id, counsellor_id)  # warm: what is compiled once
    spent = []
    for _ in range(RUNS):
        start = time.process_time()
        found = store.run_sync(_listed, team_id, counsellor_id)
        spent.append(time.process_time() - start)
        assert found
    print(json.dumps({"seconds": statistics.median(spent)}))
    store.close()


def _team(conn: Connection) -> tuple[str, int]:
    team_id, _ = teams.create_team(conn, "Équipe", NOW, language="fr", time_zone="Europe/Paris")
    counsellor_id, code = teams.add_counsellor(conn, team_id, "Nadia")
    teams.join(conn, code, 1, NOW)
    return team_id, counsellor_id


def _follow(conn: Connection, team_id: str, counsellor_id: int, first: int, last: int) -> None:
    outcomes = (Outcome.EXPIRED, Outcome.DONE, Outcome.REFUSED, Outcome.EXPIRED)
    for number in range(first, last):
        person_id, _ = people.create_person(
            conn,
            NOW,
            telegram_id=number + 10,
            chat_id=number + 10,
            language="fr",
            form="vous",
            profile=Profile(first_name=f"P{number}", job="serveuse", job_code="G1803", place="Nantes"),
        )
        since = NOW - timedelta(days=100)
        link = links.create(
            conn, person_id, team_id, counsellor_id, since, shown=["action"], initial="M", words_to="topic"
        )
        if number % 7 == 0:
            links.save(conn, link.id, waiting_since=NOW - timedelta(hours=number % 90))
        for ago in range(ACTIONS, 0, -1):
            then = NOW - timedelta(days=ago)
            action_id = days.open_action(
                conn,
                person_id,
                local_date=then.date(),
                catalogue_id="call-a-friend",
                family="network",
                effort="small",
                minutes=10,
                origin="push",
                now=then,
            )
            if (number + ago) % 5 == 0:
                days.set_action(conn, action_id, stuck=True)
            days.close_action(conn, action_id, outcomes[(number * ago) % len(outcomes)], now=then)


def _listed(conn: Connection, team_id: str, counsellor_id: int) -> int:
    team = teams.team_of(conn, team_id)
    assert team is not None
    known = following.load(conn, team, NOW)
    found = shortlist(known.of(counsellor_id), known.hours[counsellor_id], NOW)
    return len(found)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
