"""Some weeks of a crowd under one policy: an action a day, chosen by the same rules of rotation and mix for all."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum

import numpy as np

from bot.advice.batch import Batch
from bot.advice.compiled import Compiled, Floats
from bot.advice.evaluation import Bools
from bot.advice.factors import EFFORT_CHANCE, NEAR_TIE, action_scores
from bot.advice.facts import Facts, History
from bot.advice.learning.estimate import Counts, decay, estimate
from bot.advice.learning.exploring import CANDIDATES, candidates, pick
from bot.advice.learning.learnt import NOTHING_LEARNT, Learnt
from bot.advice.ordering import order
from bot.advice.selection import CHUNK
from bot.commands.evaluate.policy.crowd import REWARD_IF_DONE, Crowd, answers, rewarded


class Way(StrEnum):
    """A way of scoring actions."""

    RANDOM = "random"  # each alike
    EDITORS = "editors"  # the score with nothing learnt
    POPULARITY = "popularity"  # the share of all deliveries of the action that were done
    BOB = "bob"  # the score with what was learnt so far, and its share of exploration


@dataclass(slots=True)
class Logged:
    """One explored or explorable decision: what was got, with what probability, and what could have been.

    place, chance: of the action chosen among the candidates, best first. truth: the mean reward of each.
    """

    place: int
    chance: float
    reward: float
    truth: list[float]


@dataclass(slots=True)
class Life:
    """rewards: days x people, 0 where an answer says nothing. log: the decisions of Bob, in order."""

    rewards: Floats
    log: list[Logged] = field(default_factory=list)


class _Memory:
    """The outcomes so far, as the database would count them."""

    def __init__(self, made: Compiled, crowd: Crowd) -> None:
        self.counts = Counts.none(len(made.actions.ids))
        self.done = np.zeros(len(made.actions.ids))
        self.given = np.zeros(len(made.actions.ids))
        self._seen: Bools = np.zeros(crowd.tastes.shape, bool)
        self._groups = crowd.situations

    def age(self) -> None:
        """A day goes by."""
        self.counts.delivered[:] *= decay(1)
        self.counts.reward[:] *= decay(1)

    def add(self, row: int, action: int, got: float) -> None:
        group = self._groups[row]
        self.counts.delivered[group, action] += 1
        self.counts.reward[group, action] += got
        self.given[action] += 1
        self.done[action] += got > 0
        if not self._seen[row, action]:
            self._seen[row, action] = True
            self.counts.people[group, action] += 1
            self.counts.people_of[action] += 1

    def learnt(self, made: Compiled) -> Learnt:
        return Learnt.of(estimate(self.counts, made, EFFORT_CHANCE), made)


def live(way: Way, made: Compiled, crowd: Crowd, days: int, seed: int, share: float) -> Life:
    """So many days of everybody. `share`: of Bob's decisions that are explored; the others explore nothing."""
    people, memory = list(crowd.people), _Memory(made, crowd)
    life = Life(np.zeros((days, len(people))))
    rng = np.random.default_rng((seed, 7))
    for day in range(days):
        people = [_on(facts, day, crowd) for facts in people]
        learnt = memory.learnt(made) if way is Way.BOB else NOTHING_LEARNT
        offers: list[_Offer] = []
        for start in range(0, len(people), CHUNK):
            part = slice(start, start + CHUNK)
            batch = Batch.of(made, people[part], crowd.diagnoses[part])
            editors = action_scores(batch)
            scores = _scores(way, batch, editors, memory, learnt, rng)
            chances = crowd.chances(part, editors, batch.fits)
            offers += _offers(batch, scores, chances, share if way is Way.BOB else 0.0)
        past = answers([one.action for one in offers], [one.chance_done for one in offers], made, day, seed)
        memory.age()
        for row, (offer, one) in enumerate(zip(offers, past, strict=True)):
            if one is None:
                continue
            people[row] = replace(people[row], history=History((one, *people[row].history.actions)))
            got = rewarded(one)
            life.rewards[day, row] = got or 0.0
            if got is not None:
                memory.add(row, offer.action, got)
            if offer.truth:
                life.log.append(Logged(offer.place, offer.propensity, got or 0.0, offer.truth))
    return life


@dataclass(slots=True)
class _Offer:
    """The action of one person (-1: none fits), the probability that it is done, and how it was chosen.

    truth: the mean reward of each candidate, empty where nothing is explored.
    """

    action: int
    chance_done: float = 0.0
    place: int = 0
    propensity: float = 1.0
    truth: list[float] = field(default_factory=list)


def _on(facts: Facts, day: int, crowd: Crowd) -> Facts:
    return replace(facts, today=crowd.people[0].today + timedelta(day))


def _scores(
    way: Way, batch: Batch, editors: Floats, memory: _Memory, learnt: Learnt, rng: np.random.Generator
) -> Floats:
    if way is Way.RANDOM:
        return 1 + rng.random(batch.fits.shape)
    if way is Way.POPULARITY:
        return (memory.done + 1) / (memory.given + 2) * (1 + NEAR_TIE * rng.random(batch.fits.shape))
    return editors if learnt.is_empty else action_scores(batch, learnt)


def _offers(batch: Batch, scores: Floats, chances: Floats, share: float) -> list[_Offer]:
    ordered = order(batch, scores, [None] * len(batch.people))
    offers = []
    for row, facts in enumerate(batch.people):
        keys = ordered.keys[row]
        best = int(np.argmax(keys))
        if keys[best] == -np.inf:
            offers.append(_Offer(-1))
        elif not share:
            offers.append(_Offer(best, float(chances[row, best])))
        else:
            ranking = [one for one in _best(keys) if keys[one] != -np.inf]
            choices = candidates(ranking, scores[row], ordered.classes[row], ordered.permitted[row])
            place, propensity, _ = pick(facts, choices, share)
            truth = (chances[row, choices] * REWARD_IF_DONE).tolist()
            action = choices[place]
            offers.append(_Offer(action, float(chances[row, action]), place, propensity, truth))
    return offers


def _best(keys: Floats) -> list[int]:
    few = np.argpartition(-keys, CANDIDATES)[:CANDIDATES] if len(keys) > CANDIDATES else np.arange(len(keys))
    few.sort()
    best: list[int] = few[np.argsort(-keys[few], kind="stable")].tolist()
    return best
