"""A process of its own for measuring how fast a morning is planned: `python -m bot.commands.plan_bench PEOPLE FOLDER`.

Prints {"rate": people per CPU second, "grown_mib": memory added while planning}.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from bot.advice.profile import Barrier, Diploma, Profile, Situation
from bot.commands.cases import world
from bot.dialogs.welcome import CONSENT_VERSION
from scheduler import daily
from scheduler.ticks import BATCH
from storage import consents, people
from storage.engine import Store
from storage.migrations import upgrade

MORNING = datetime(2026, 11, 26, 8, tzinfo=UTC)
NIGHT = datetime(2026, 11, 25, 20, tzinfo=UTC)


def main(count: int, folder: Path) -> None:
    """Make `count` people due on the same morning, plan them all, print the figures."""
    url = f"sqlite:///{folder / 'plan.sqlite'}"
    upgrade(url)
    store = Store(url)
    for first in range(0, count, 1_000):
        store.run_sync(_add_people, first, min(first + 1_000, count))
    known = world()
    store.run_sync(daily.push_due, known, MORNING, BATCH)  # warm: what is compiled once
    memory, start, planned = _memory(), time.process_time(), 0
    while done := store.run_sync(daily.push_due, known, MORNING, BATCH):
        planned += done
    spent = time.process_time() - start
    print(json.dumps({"rate": planned / spent, "grown_mib": max(0.0, _memory() - memory)}))
    store.close()


def _add_people(conn: Connection, first: int, last: int) -> None:
    barriers, situations, diplomas = list(Barrier), list(Situation), list(Diploma)
    for number in range(first, last):
        profile = Profile(
            first_name=f"P{number}",
            job="serveuse",
            job_code="G1803",
            place="Nantes",
            situation=situations[number % len(situations)],
            search_started=True,
            months=float(number % 24),
            experience_years=float(number % 10),
            diploma=diplomas[number % len(diplomas)],
            barriers=frozenset({barriers[number % len(barriers)]}),
            applications=number % 20,
            interviews=number % 3,
        )
        person_id, _ = people.create_person(
            conn,
            NIGHT,
            telegram_id=number + 1,
            chat_id=number + 1,
            language="fr",
            form="vous",
            profile=profile,
            next_due_at=MORNING,
        )
        people.save_dialogue(conn, person_id, "onboarding", version=1, state="done", data={}, now=NIGHT)
        consents.give(conn, person_id, "use", text_version=CONSENT_VERSION, language="fr", now=NIGHT)


def _memory() -> float:
    """Resident memory in MiB, now (Linux), else the peak so far."""
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text().split()[1]) * resource.getpagesize() / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
