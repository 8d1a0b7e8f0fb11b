"""Simulated people: made-up profiles, and tastes that no policy sees.

Whether somebody does an action is drawn with a probability whose logit is a sum: how much the person does at all, the
editors' score as far as it is right, the quality of the action, what the situation changes about the action and about
its family, and the person's own taste for families and efforts. The sizes below are assumptions, chosen so that about
four in ten actions get done and that no single cause decides; with `flat`, only the first is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from bot.advice.compiled import EFFORTS, FAMILIES, Compiled, Floats
from bot.advice.diagnosis import Diagnosis, diagnose
from bot.advice.evaluation import Bools, Ints
from bot.advice.facts import Facts, Outcome, PastAction, Refusal
from bot.advice.learning.rewards import DONE, EASIER, HELPED, reward
from bot.advice.learning.situations import SITUATIONS, situation
from bot.advice.people import made_up

FIRST_DAY = date(2026, 11, 26)
BASE = -0.4
"""Logit of an average action for an average person."""

PERSON, QUALITY, QUALITY_HERE, FAMILY_HERE, OWN_FAMILY = 0.8, 0.6, 0.4, 0.35, 0.5
"""Standard deviations on the logit."""

EDITORS_RIGHT = 0.6
"""How far the editors' score of the day is right: what its logarithm counts on the logit. With 0 they know nothing,
with 1 their weights would be the odds.
"""

OWN_EFFORT = (0.0, 0.2, 0.4)
"""Mean and standard deviation of what a small, a medium, a big effort costs a person."""

FELT_GOOD, FELT_HARD, TOOK_EASIER = 0.45, 0.1, 0.1
"""Of actions done: felt easy or fine, felt hard, done in the easier variant."""

REFUSED, STUCK = 0.25, 0.05
"""Of actions not done: refused with a reason, said to be stuck; the rest gets no answer."""

REASONS = tuple(Refusal)
GOLDEN = 0.6180339887498949
"""Steps of this share of 1 spread evenly: the draws of one day for different actions."""

REWARD_IF_DONE = (DONE + (HELPED - DONE) * FELT_GOOD) * (1 - TOOK_EASIER * (1 - EASIER))
"""The mean reward of an action that is done."""


@dataclass(frozen=True, eq=False)
class Crowd:
    """people and diagnoses, without history. situations: by person. tastes: people x actions, the part of the
    logit that stays the same every day. right: how far the editors are.
    """

    people: list[Facts]
    diagnoses: list[Diagnosis]
    situations: Ints
    tastes: Floats
    right: float

    @classmethod
    def of(
        cls, made: Compiled, count: int, seed: int, *, flat: bool = False, right: float = EDITORS_RIGHT
    ) -> Crowd:
        """So many people, the same for the same seed. `flat`: every action is as good as any other."""
        people = made_up(count, seed, today=FIRST_DAY)
        diagnoses = [diagnose(facts) for facts in people]
        groups = np.array(list(map(situation, people, diagnoses)), np.int64)
        rng = np.random.default_rng(seed)
        tastes = BASE + PERSON * rng.standard_normal((count, 1)) + np.zeros((count, len(made.actions.ids)))
        if not flat:
            tastes += _tastes(made, groups, rng)
        return cls(people, diagnoses, groups, tastes, 0.0 if flat else right)

    def chances(self, part: slice, editors: Floats, fits: Bools) -> Floats:
        """People of a part x actions: the probability that each is done today; it means nothing where none fits.
        `editors`: the editors' scores, 0 where the action does not fit.
        """
        logs = np.log(np.where(fits, editors, 1.0))
        usual = np.sum(logs * fits, axis=1, keepdims=True) / np.maximum(fits.sum(axis=1, keepdims=True), 1)
        logit = self.tastes[part] + self.right * (logs - usual)
        chances: Floats = 1 / (1 + np.exp(-logit))
        return chances


def _tastes(made: Compiled, groups: Ints, rng: np.random.Generator) -> Floats:
    """People x actions: what makes one action more likely than another, beside what the editors know."""
    count, actions, family = len(groups), len(made.actions.ids), made.actions.family
    quality = QUALITY * rng.standard_normal(actions)
    quality_here = QUALITY_HERE * rng.standard_normal((len(SITUATIONS), actions))
    family_here = FAMILY_HERE * rng.standard_normal((len(SITUATIONS), len(FAMILIES)))
    own_family = OWN_FAMILY * rng.standard_normal((count, len(FAMILIES)))
    own_effort = -np.array(OWN_EFFORT) * (1 + rng.standard_normal((count, len(EFFORTS))))
    logit: Floats = quality + (quality_here + family_here[:, family])[groups]
    logit += own_family[:, family] + own_effort[:, made.effort]
    return logit


def answers(
    chosen: Sequence[int], chances: Sequence[float], made: Compiled, day: int, seed: int
) -> list[PastAction | None]:
    """What the people do with the actions of a day (-1: none). The draws are the same for every policy that gives
    the same person the same action on the same day, and others for other actions.
    """
    draws = np.random.default_rng((seed, day)).random((len(chosen), 4)).tolist()
    today = FIRST_DAY + timedelta(day)
    found: list[PastAction | None] = []
    for action, chance, (does, how, easier, why) in zip(chosen, chances, draws, strict=True):
        if action < 0:
            found.append(None)
        else:
            own = (does + action * GOLDEN) % 1
            found.append(_answer(made.actions.ids[action], today, chance, (own, how, easier, why)))
    return found


def rewarded(past: PastAction) -> float | None:
    """The reward of an answer."""
    return reward(past.outcome, past.refusal, easier=past.easier, felt=past.felt)


def _answer(
    action_id: str, today: date, chance: float, draws: tuple[float, float, float, float]
) -> PastAction:
    does, how, easier, why = draws
    if does < chance:
        felt = "fine" if how < FELT_GOOD else "hard" if how < FELT_GOOD + FELT_HARD else None
        return PastAction(action_id, today, Outcome.DONE, felt=felt, easier=easier < TOOK_EASIER)
    if how < REFUSED:
        return PastAction(action_id, today, Outcome.REFUSED, REASONS[int(why * len(REASONS))])
    return PastAction(action_id, today, Outcome.EXPIRED, stuck=how < REFUSED + STUCK)
