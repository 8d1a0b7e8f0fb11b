"""What another way of choosing would have brought, told from the decisions that were left to chance.

Each target says with what probability it would have taken each candidate. An answer counts as many times as the target
is likelier than Bob was to give that action (inverse propensity); the self-normalised estimate divides by the sum of
these weights instead of their number, which is steadier and hardly biased. In the simulation the truth is known: the
mean reward that the target's actions would have had in the same decisions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from bot.advice.compiled import Floats
from bot.commands.evaluate.policy.life import Logged
from bot.commands.intervals import Z95

Target = Callable[[int], Floats]
"""From the number of candidates to the probability of each, best first."""


def _best(count: int) -> Floats:
    chances: Floats = np.eye(1, count)[0]
    return chances


def _second(count: int) -> Floats:
    chances: Floats = np.eye(1, count, min(1, count - 1))[0]
    return chances


def _any(count: int) -> Floats:
    return np.full(count, 1 / count)


TARGETS: Final[dict[str, Target]] = {"best": _best, "second": _second, "any": _any}
"""Always the best candidate; always the second; any of them alike."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """The value of a target by each estimator, half the width of its 95 % interval, and the truth."""

    target: str
    ips: float
    ips_half: float
    normalised: float
    normalised_half: float
    truth: float

    @property
    def ips_covers(self) -> bool:
        return abs(self.ips - self.truth) <= self.ips_half

    @property
    def normalised_covers(self) -> bool:
        return abs(self.normalised - self.truth) <= self.normalised_half


def estimates(log: Sequence[Logged]) -> list[Estimate]:
    """The value of each target, from one log. ValueError for an empty one."""
    if not log:
        raise ValueError("nothing was logged")
    rewards = np.array([one.reward for one in log])
    found = []
    for name, target in TARGETS.items():
        by_count = {count: target(count) for count in {len(one.truth) for one in log}}
        weights = np.array([by_count[len(one.truth)][one.place] / one.chance for one in log])
        truth = np.array([by_count[len(one.truth)] @ np.array(one.truth) for one in log])
        root = np.sqrt(len(log))
        normalised, half = 0.5, 0.5  # nothing of what the target does was seen: anything from 0 to 1
        if weights.any():
            normalised = float((weights * rewards).sum() / weights.sum())
            half = float(Z95 * (weights * (rewards - normalised)).std() / root / weights.mean())
        ips, ips_half = (weights * rewards).mean(), Z95 * (weights * rewards).std() / root
        found.append(Estimate(name, float(ips), float(ips_half), normalised, half, float(truth.mean())))
    return found
