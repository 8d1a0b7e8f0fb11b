"""What a person's history means for today's choice: what was used, what to keep away, what comes easily."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.advice.compiled import FAMILY_INDEX, Compiled
from bot.advice.facts import Facts, Family, Outcome, PastAction, Refusal

SHORT_DAYS, SHORT_MINUTES = 7, 10
"""After "too long": at most so many minutes, for so many days."""

GENTLE_DAYS = 3
"""After "too hard", a request for the easier variant or being stuck: small efforts, for so many days."""

SETBACK_DAYS = 14
"""After an employer's refusal, the next action is a small one, if it comes within so many days."""

DONE_ALREADY_DAYS = 60
"""After "already done", the item is away for so many days, or for its own repeat time if that is longer."""

DISLIKED_DAYS = 14
"""After "not this kind of thing", the family is away for so many days."""

REFUSED_STRATEGY_DAYS = 28
"""After a strategy is refused, its family is away for so many days (StrategyAnswer.until holds the date)."""

RESTED_DAYS = 7
"""Nothing comes back sooner, unless there is nothing else."""

HARD_DAYS = 30
"""How long something found hard weighs on the effort asked for."""

MIX_WINDOW = 7
"""In any so many actions, each of the four kinds of MIX comes once at least."""

MIX: Mapping[Family, int] = {
    Family.SKILL: 0,
    Family.MOTIVATION: 1,
    Family.WELLBEING: 1,
    Family.NETWORK: 2,
    Family.APPLICATION: 3,
}
KINDS = 4

UNUSED, DUE, OLD, ONCE, RECENT = range(5)
"""How available an item is: never received; may repeat by its own rule; received long enough ago; meant for
once; received in the last days. A later class serves only when the earlier ones are empty.
"""


@dataclass(slots=True)
class Past:
    """The history of one person, summed up. Numbers of actions, families and strategies are those of the
    compiled catalogue; -1 stands for one that it does not have.

    actions, days, done: by action received, newest first: its number, the days since, whether it was done.
    recent_families: of the last six actions, newest first. deadlines: by kind of MIX, within how many actions
    it must come, 1 = today. done_elsewhere: actions done that the catalogue no longer has, and declined: by
    family (last place: unknown). hard: things found hard lately.
    most_minutes: 0 = no bound. gentle: small efforts only.
    """

    actions: list[int]
    days: list[int]
    done: list[bool]
    recent_families: list[int]
    deadlines: list[int]
    last_effort: int = -1
    away: set[int] = field(default_factory=set)
    families_away: set[int] = field(default_factory=set)
    done_elsewhere: list[int] = field(default_factory=lambda: [0] * (len(FAMILY_INDEX) + 1))
    declined: list[int] = field(default_factory=lambda: [0] * (len(FAMILY_INDEX) + 1))
    hard: int = 0
    most_minutes: int = 0
    gentle: bool = False
    accepted: list[int] = field(default_factory=list)
    put_first: list[int] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)


def sum_up(facts: Facts, made: Compiled) -> Past:
    """What the history says. It is read in a few short loops: it is the longest thing that a
    choice looks at.
    """
    received = facts.history.actions
    today, number_of = facts.today.toordinal(), made.action_index
    numbers = [number_of.get(one.action_id, -1) for one in received]
    recent = [_family(one, made) for one in received[: MIX_WINDOW - 1]]
    past = Past(
        actions=numbers,
        days=[today - one.day.toordinal() for one in received],
        done=[one.outcome is _DONE for one in received],
        recent_families=recent,
        deadlines=_deadlines([_KIND_OF_FAMILY[family] for family in recent]),
    )
    if numbers and numbers[0] >= 0:
        past.last_effort = int(made.effort[numbers[0]])
    for one in received:
        if one.refusal is not None or one.stuck or one.easier or one.felt == "hard":
            _remark(one, made, today - one.day.toordinal(), past)
    if -1 in numbers:
        for one in received:
            if one.outcome is _DONE and one.action_id not in number_of:
                past.done_elsewhere[_family(one, made)] += 1
    if facts.history.strategies:
        _strategies(facts, made, past)
    if facts.history.priorities:
        index = made.strategy_index
        past.put_first = [index[one] for one in facts.history.priorities if one in index]
    if facts.history.refusals and _hurts(facts):
        past.gentle = True
    return past


def _hurts(facts: Facts) -> bool:
    """An employer's refusal has just been told: the next day with an action has a small one."""
    told, received = facts.history.refusals[0], facts.history.actions
    if (facts.today - told).days > SETBACK_DAYS:
        return False
    return not any(told < past.day < facts.today for past in received)


def _remark(received: PastAction, made: Compiled, days: int, past: Past) -> None:
    """An action that was refused, found hard or made easier."""
    if received.refusal is not None:
        number = made.action_index.get(received.action_id, -1)
        _refusal(received.refusal, number, _family(received, made), days, made, past)
    if (received.easier or received.stuck) and days < GENTLE_DAYS:
        past.gentle = True
    if received.stuck:
        past.declined[_family(received, made)] += 1
    found_hard = received.stuck or received.felt == "hard" or received.refusal is Refusal.TOO_HARD
    if found_hard and days < HARD_DAYS:
        past.hard += 1


def _refusal(refusal: Refusal, number: int, family: int, days: int, made: Compiled, past: Past) -> None:
    past.declined[family] += 1
    if refusal is Refusal.NOT_MY_SITUATION and number >= 0:
        past.away.add(number)
    elif refusal is Refusal.ALREADY_DONE and number >= 0:
        if days < max(DONE_ALREADY_DAYS, int(made.repeat[number])):
            past.away.add(number)
    elif refusal is Refusal.DISLIKE and family >= 0:
        if days < DISLIKED_DAYS:
            past.families_away.add(family)
    elif refusal is Refusal.TOO_LONG and days < SHORT_DAYS:
        past.most_minutes = SHORT_MINUTES
    elif refusal is Refusal.TOO_HARD and days < GENTLE_DAYS:
        past.gentle = True


def _strategies(facts: Facts, made: Compiled, past: Past) -> None:
    for strategy_id, answer in facts.history.strategies.items():
        number = made.strategy_index.get(strategy_id)
        if number is None:
            continue
        if answer.state == "accepted":
            past.accepted.append(number)
        elif answer.state == "refused" and (answer.until is None or facts.today < answer.until):
            past.refused.append(number)
            past.families_away.add(int(made.strategies.family[number]))


def _deadlines(kinds: list[int]) -> list[int]:
    """Within how many actions, today's included, each kind must come so that no window of seven lacks it.

    `kinds`: those of the last six actions, newest first.
    """
    furthest = MIX_WINDOW - len(kinds)
    return [MIX_WINDOW - kinds.index(kind) if kind in kinds else furthest for kind in range(KINDS)]


def _family(received: PastAction, made: Compiled) -> int:
    """An action that has left the catalogue tells its family by its id; -1 for ids of another make."""
    number = made.action_index.get(received.action_id)
    if number is not None:
        return made.family_of[number]
    return _FAMILY_OF_PREFIX.get(received.action_id.partition("-")[0], -1)


_DONE = Outcome.DONE
_FAMILY_OF_PREFIX = {family.value: index for family, index in FAMILY_INDEX.items()}
_KIND_OF_FAMILY = [MIX.get(family, -1) for family in FAMILY_INDEX] + [-1]
"""By family index; the last place is that of an unknown family, -1."""
