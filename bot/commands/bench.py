"""`bob bench`: speed and memory, as ratios against baselines taken in the same run, interleaved.

Absolute rates are scaled to a reference machine: the one on which a loop of a million small steps takes
`REFERENCE_LOOP_SECONDS`. A rate measured on a machine twice as fast counts half.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from bot.commands import turn_bench

REFERENCE_LOOP_SECONDS: Final = 0.055
"""CPU seconds of the reference loop on the quiet two-core server for which the targets are set."""
REFERENCE_STEPS: Final = 1_000_000

TURN_TARGET: Final = 0.25  # of aiogram's plain echo
CHOOSE_TARGET: Final = 10_000  # people/s, scaled
PLAN_TARGET: Final = 1_000  # people/s, scaled
PLAN_MEMORY_TARGET: Final = 60.0  # MiB that planning everybody may add
START_TARGET: Final = 1.0  # CPU seconds
LOAD_TARGET: Final = 0.5  # CPU seconds, scaled
SEARCH_MEMORY_TARGET: Final = 60.0  # MiB of the index of occupations
JOB_TARGET: Final = 5.0  # CPU milliseconds, scaled, of the slowest look-up in a hundred
PLACE_TARGET: Final = 2.0
LIST_TARGET: Final = 0.2  # CPU seconds, scaled
CATALOGUE_SIZE: Final = 640
HISTORY_DAYS: Final = 60


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the bench. `ratio` compares with `baseline`; `ok` says whether the target is met."""

    name: str
    value: float
    unit: str
    baseline: float | None
    ratio: float | None
    target: float
    ok: bool


def bench(*, as_json: bool, quick: bool) -> int:
    """Run everything; exit code 1 when a target is missed."""
    machine = reference_loop()
    results = [
        turn_ratio(rounds=4 if quick else 12),
        choose_rate(machine, people=500 if quick else 3_000),
        *plan_rate(machine, people=4_000 if quick else 100_000),
        start_up(runs=2 if quick else 5),
        *search_speed(machine),
        who_needs_me(machine, people=500),
    ]
    if as_json:
        print(json.dumps([asdict(result) for result in results], indent=2))
    else:
        print(f"reference loop: {machine:.3f} s CPU (targets are set for {REFERENCE_LOOP_SECONDS} s)")
        for result in results:
            ratio = "" if result.ratio is None else f"  ratio {result.ratio:.2f}"
            mark = "ok  " if result.ok else "MISS"
            print(
                f"{mark} {result.name:28} {result.value:12.2f} {result.unit:18}{ratio}  target {result.target:g}"
            )
    return 0 if all(result.ok for result in results) else 1


def reference_loop() -> float:
    """CPU seconds of a million small steps: the median of five runs."""

    def once() -> float:
        start = time.process_time()
        total, names = 0, {"a": 1, "b": 2, "c": 3, "d": 4}
        for step in range(REFERENCE_STEPS):
            total += names["b"] if step % 3 else len(names)
        assert total
        return time.process_time() - start

    return statistics.median(once() for _ in range(5))


# A turn


def turn_ratio(rounds: int) -> Result:
    """A full persisted turn against aiogram's plain echo."""
    costs = asyncio.run(turn_bench.measured(rounds))
    met = costs.ratio >= TURN_TARGET
    return Result(
        "full turn against echo", 1 / costs.turn, "turns/CPU-s", 1 / costs.echo, costs.ratio, TURN_TARGET, met
    )


# Choosing an action


def choose_rate(machine: float, people: int) -> Result:
    """People a second for whom the day's action is chosen, on one core: 600 items, 60 days of history."""
    from bot.advice.diagnosis import diagnose
    from bot.advice.scale import scaled
    from bot.advice.selection import choose_many
    from bot.commands.cases import world

    catalogue = scaled(world().catalogue, CATALOGUE_SIZE)
    everybody = list(_facts(catalogue, people))
    diagnoses = [diagnose(facts) for facts in everybody]
    choose_many(everybody[:50], diagnoses[:50], catalogue)
    gc.collect()
    gc.freeze()  # as the application does once it runs
    start = time.process_time()
    for first in range(0, len(everybody), 500):
        choose_many(everybody[first : first + 500], diagnoses[first : first + 500], catalogue)
    rate = len(everybody) / (time.process_time() - start)
    gc.unfreeze()
    return _scaled("choosing the day's action", rate, "people/CPU-s", machine, CHOOSE_TARGET)


def _facts(catalogue: Any, people: int) -> Iterator[Any]:
    """Varied people, each with a history of 60 days over the catalogue."""
    from dataclasses import replace

    from bot.advice.facts import History, Outcome, PastAction
    from bot.advice.profile import Barrier, Diploma, Mobility, Profile, Situation
    from bot.commands.cases import turn_of

    barriers, situations, diplomas, reach = list(Barrier), list(Situation), list(Diploma), list(Mobility)
    now = datetime(2026, 11, 26, 9, tzinfo=UTC)
    outcomes = (Outcome.DONE, Outcome.EXPIRED, Outcome.REFUSED)
    for number in range(people):
        profile = Profile(
            first_name=f"P{number}",
            job="serveuse",
            job_code=("G1803", "K2204", "M1607", "J1501")[number % 4],
            situation=situations[number % len(situations)],
            search_started=True,
            months=float(number % 30),
            experience_years=float(number % 12),
            diploma=diplomas[number % len(diplomas)],
            mobility=reach[number % len(reach)],
            barriers=frozenset(
                {barriers[number % len(barriers)], barriers[(number * 7 + 3) % len(barriers)]}
            ),
            applications=number % 25,
            interviews=number % 4,
        )
        past = tuple(
            PastAction(
                catalogue.actions[(number * 13 + day * 7) % len(catalogue.actions)].id,
                (now - timedelta(days=day + 1)).date(),
                outcomes[(number + day) % 3],
            )
            for day in range(HISTORY_DAYS)
        )
        facts = turn_of(
            profile, now, person=f"p{number}", language="fr", form="vous", history=History(past)
        ).facts
        yield replace(facts)


# Planning the day


def plan_rate(machine: float, people: int) -> list[Result]:
    """People a second whose day is planned and written to SQLite (action, day, message), and the memory it adds."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bot.commands.plan_bench", str(people), folder]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    measured = json.loads(done.stdout)
    rate = _scaled(f"planning {people} people", measured["rate"], "people/CPU-s", machine, PLAN_TARGET)
    grown = measured["grown_mib"]
    memory = Result(
        "memory added by planning", grown, "MiB", None, None, PLAN_MEMORY_TARGET, grown <= PLAN_MEMORY_TARGET
    )
    return [rate, memory]


# Jobs and places


def search_speed(machine: float) -> list[Result]:
    """Look-ups of mistyped jobs and towns: milliseconds of the slowest in a hundred; loading the index; its memory."""
    done = subprocess.run(
        [sys.executable, "-m", "bot.commands.search_bench"], capture_output=True, text=True, check=True
    )
    measured = json.loads(done.stdout)
    scale = REFERENCE_LOOP_SECONDS / machine

    def slowest(name: str, key: str, target: float, baseline: float | None = None) -> Result:
        value = measured[key] * 1000 * scale
        plain = baseline * 1000 * scale if baseline else None
        return Result(
            name, value, "ms CPU, scaled", plain, value / plain if plain else None, target, value <= target
        )

    load = measured["load"] * scale
    grown = measured["grown_mib"]
    return [
        slowest("a job in 99 of 100 look-ups", "job_p99", JOB_TARGET, baseline=measured["job_scan"]),
        slowest("a town in 99 of 100 look-ups", "place_p99", PLACE_TARGET),
        Result(
            "loading the occupations", load, "CPU-s, scaled", None, None, LOAD_TARGET, load <= LOAD_TARGET
        ),
        Result(
            "memory of the occupations",
            grown,
            "MiB",
            None,
            None,
            SEARCH_MEMORY_TARGET,
            grown <= SEARCH_MEMORY_TARGET,
        ),
    ]


# The counsellors' list


def who_needs_me(machine: float, people: int) -> Result:
    """Seconds until a counsellor with so many people sees who needs them, read from SQLite: `/urgent`."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bot.commands.urgent_bench", str(people), folder]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    spent = json.loads(done.stdout)["seconds"] * REFERENCE_LOOP_SECONDS / machine
    return Result(
        f"who needs me, of {people} people",
        spent,
        "CPU-s, scaled",
        None,
        None,
        LIST_TARGET,
        spent <= LIST_TARGET,
    )


# Start-up

CORE: Final = (
    "import bot.dialogs.conversation; from bot.advice.loading import load_catalogue; load_catalogue();"
    "from bot.dialogs.texts import texts; texts(); from bot.sources.occupations import occupations; occupations();"
    "from bot.sources.places import places; places()"
)


def start_up(runs: int) -> Result:
    """CPU seconds to import the core, and to load the catalogue, the texts, the jobs and the places; no aiogram."""
    times = []
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        check = f"{CORE}; import sys; assert 'aiogram' not in sys.modules"
        subprocess.run(
            [sys.executable, "-c", check], check=True, env=os.environ | {"PYTHONPATH": str(Path.cwd())}
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    best = min(times)
    return Result("start-up of the core", best, "CPU-s", None, None, START_TARGET, best <= START_TARGET)


def _scaled(name: str, rate: float, unit: str, machine: float, target: float) -> Result:
    """A rate scaled to the reference machine; the baseline is what was measured here."""
    value = rate * machine / REFERENCE_LOOP_SECONDS
    return Result(name, value, f"{unit}, scaled", rate, value / target, target, value >= target)
