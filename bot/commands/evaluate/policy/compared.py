"""Ways of choosing side by side, over several seeds: means, paired differences, intervals, and the margins to meet."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from statistics import fmean, stdev
from typing import Final

from bot.advice.compiled import compiled
from bot.advice.loading import load_catalogue
from bot.commands.evaluate.policy.crowd import EDITORS_RIGHT, Crowd
from bot.commands.evaluate.policy.life import Way, live
from bot.commands.evaluate.policy.offline import Estimate, estimates
from bot.commands.intervals import student

MARGINS: Final[Mapping[Way, float]] = {Way.RANDOM: 0.06, Way.EDITORS: 0.025, Way.POPULARITY: 0.005}
"""Rewards per person and day by which Bob must be ahead: the lower end of the interval of the difference."""

COVERAGE: Final = 0.85
"""Share of the estimates' 95 % intervals that must hold the truth, over all seeds and targets: of 60 that are right, 3
miss it on average, and more than 9 hardly ever.
"""

MOST_PROCESSES: Final = 2


@dataclass(frozen=True, slots=True)
class OneSeed:
    """means: rewards per person and day, by way."""

    seed: int
    means: dict[Way, float]
    estimates: list[Estimate]


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean over seeds with its 95 % interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Compared:
    """What `bob evaluate policy` tells."""

    people: int
    days: int
    share: float
    means: dict[Way, Interval]
    ahead: dict[Way, Interval]  # of Bob, paired by seed
    seeds: list[OneSeed]

    @property
    def coverage(self) -> dict[str, float]:
        """By estimator, the share of intervals that hold the truth."""
        found = [one for seed in self.seeds for one in seed.estimates]
        return {
            "ips": fmean(one.ips_covers for one in found),
            "normalised": fmean(one.normalised_covers for one in found),
        }

    @property
    def ok(self) -> bool:
        """Whether every margin is met and the estimates can be trusted."""
        ahead = all(self.ahead[way].low >= margin for way, margin in MARGINS.items())
        return ahead and min(self.coverage.values()) >= COVERAGE


def one_seed(
    seed: int, *, people: int, days: int, share: float, flat: bool = False, right: float = EDITORS_RIGHT
) -> OneSeed:
    """Every way on the same crowd."""
    made = compiled(load_catalogue())
    crowd = Crowd.of(made, people, seed, flat=flat, right=right)
    lives = {way: live(way, made, crowd, days, seed, share) for way in Way}
    means = {way: float(life.rewards.mean()) for way, life in lives.items()}
    return OneSeed(seed, means, estimates(lives[Way.BOB].log))


def compare(
    seeds: Sequence[int],
    *,
    people: int,
    days: int,
    share: float,
    flat: bool = False,
    right: float = EDITORS_RIGHT,
    processes: int | None = None,
) -> Compared:
    """Every seed, in a few processes. Two seeds at least: ValueError for fewer."""
    if len(seeds) < 2:
        raise ValueError("an interval needs two seeds at least")
    run = partial(one_seed, people=people, days=days, share=share, flat=flat, right=right)
    count = processes or min(MOST_PROCESSES, os.cpu_count() or 1)
    if count == 1:
        found = list(map(run, seeds))
    else:
        with ProcessPoolExecutor(count) as pool:
            found = list(pool.map(run, seeds))
    bob = [one.means[Way.BOB] for one in found]
    means = {way: interval([one.means[way] for one in found]) for way in Way}
    ahead: dict[Way, Interval] = {
        way: interval([ours - one.means[way] for ours, one in zip(bob, found, strict=True)])
        for way in Way
        if way is not Way.BOB
    }
    return Compared(people, days, share, means, ahead, found)


def interval(values: Sequence[float]) -> Interval:
    """Student's interval of a mean: 95 %."""
    mean, half = fmean(values), student(len(values) - 1) * stdev(values) / len(values) ** 0.5
    return Interval(mean, mean - half, mean + half)
