"""How fast the advice is on one core: `python -m tests.advice.bench [actions] [people]`.

People have 60 days of history and a catalogue of 600 actions unless told otherwise. Best of some rounds, in CPU time,
so that a busy machine does not count.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random
from time import process_time

from bot.advice.diagnosis import diagnose
from bot.advice.facts import Facts, History, Outcome, PastAction, StrategyAnswer
from bot.advice.items import Catalogue
from bot.advice.loading import load_catalogue
from bot.advice.people import made_up
from bot.advice.scale import scaled
from bot.advice.selection import choose, choose_many
from bot.advice.strategies import rank_strategies

ACTIONS, PEOPLE, DAYS, ROUNDS = 600, 3_000, 60, 5


def with_past(people: Sequence[Facts], catalogue: Catalogue) -> list[Facts]:
    """The same people after 60 days of actions drawn from the catalogue."""
    rng = Random(1)
    outcomes = (Outcome.DONE, Outcome.DONE, Outcome.EXPIRED, Outcome.REFUSED)
    accepted = {catalogue.strategies[0].id: StrategyAnswer("accepted")} if catalogue.strategies else {}
    return [
        replace(
            who,
            history=History(
                tuple(
                    PastAction(
                        rng.choice(catalogue.actions).id, who.today - timedelta(day), rng.choice(outcomes)
                    )
                    for day in range(1, DAYS + 1)
                ),
                accepted,
            ),
        )
        for who in people
    ]


def per_second(work: Callable[[], object], count: int) -> float:
    """Pieces of work per second of CPU, best round."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = process_time()
        work()
        best = min(best, process_time() - start)
    return count / best


def measure(actions: int = ACTIONS, count: int = PEOPLE) -> dict[str, float]:
    """Rates per second by name, and the milliseconds to load the catalogue."""
    start = process_time()
    own = load_catalogue()
    loading = (process_time() - start) * 1000
    catalogue = scaled(own, actions)
    people = with_past(made_up(count), catalogue)
    found = [diagnose(who) for who in people]
    few = list(zip(people[:200], found[:200], strict=True))
    return {
        "catalogue loaded, ms": loading,
        "diagnoses a second": per_second(lambda: [diagnose(who) for who in people], count),
        "choices a second, together": per_second(lambda: choose_many(people, found, catalogue), count),
        "choices a second, one by one": per_second(
            lambda: [choose(who, one, catalogue) for who, one in few], len(few)
        ),
        "rankings of strategies a second": per_second(
            lambda: [rank_strategies(who, one, catalogue) for who, one in few], len(few)
        ),
    }


if __name__ == "__main__":
    for name, value in measure(*map(int, sys.argv[1:])).items():
        sys.stdout.write(f"{name:34}{value:10,.0f}\n")
