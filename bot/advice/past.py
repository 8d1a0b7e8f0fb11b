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
    """The history of one person, summed up. Indexes are those of the compiled catalogue."""

    used: dict[int, int] = field(default_factory=dict)  # action -> days since, times 2, plus 1 if it was done
    away: set[int] = field(default_factory=set)  # actions that must not come
    families_away: set[int] = field(default_factory=set)
    recent_families: list[int] = field(default_factory=list)  # newest first, six at most; -1 unknown
    last_effort: int = -1
    deadlines: list[int] = field(
        default_factory=list
    )  # per kind: within how many actions it must come, 1 = today
    done: list[int] = field(default_factory=lambda: [0] * (len(FAMILY_INDEX) + 1))  # by family; last: unknown
    declined: list[int] = field(default_factory=lambda: [0] * (len(FAMILY_INDEX) + 1))
    hard: int = 0
    most_minutes: int = 0  # 0 = no bound
    gentle: bool = False
    accepted: list[int] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)


def sum_up(facts: Facts, made: Compiled) -> Past:
    """One pass over the history."""
    past = Past()
    _strategies(facts, made, past)
    actions = facts.history.actions
    today = facts.today.toordinal()
    index_of, used = made.action_index, past.used
    for received in actions:
        days = today - received.day.toordinal()
        index = index_of.get(received.action_id, -1)
        finished = received.outcome is _DONE
        if index >= 0:
            used.setdefault(index, days << 1 | finished)
        if finished:
            past.done[_family(received, made)] += 1
            if received.felt == "hard" and days < HARD_DAYS:
                past.hard += 1
        if received.refusal is not None:
            _refusal(received.refusal, index, _family(received, made), days, made, past)
        if received.easier or received.stuck:
            _difficulty(received.stuck, _family(received, made), days, past)
    past.recent_families = [_family(received, made) for received in actions[: MIX_WINDOW - 1]]
    past.deadlines = _deadlines([_KIND_OF_FAMILY[family] for family in past.recent_families])
    if actions:
        last = index_of.get(actions[0].action_id)
        past.last_effort = -1 if last is None else int(made.effort[last])
    return past


def _difficulty(stuck: bool, family: int, days: int, past: Past) -> None:
    """The easier variant was asked for, or they were stuck."""
    if days < GENTLE_DAYS:
        past.gentle = True
    if stuck:
        past.declined[family] += 1
        if days < HARD_DAYS:
            past.hard += 1


def _refusal(refusal: Refusal, index: int | None, family: int, days: int, made: Compiled, past: Past) -> None:
    if family >= 0:
        past.declined[family] += 1
    if refusal is Refusal.NOT_MY_SITUATION and index is not None:
        past.away.add(index)
    elif refusal is Refusal.ALREADY_DONE and index is not None:
        if days < max(DONE_ALREADY_DAYS, int(made.repeat[index])):
            past.away.add(index)
    elif refusal is Refusal.DISLIKE and family >= 0:
        if days < DISLIKED_DAYS:
            past.families_away.add(family)
    elif refusal is Refusal.TOO_LONG:
        if days < SHORT_DAYS:
            past.most_minutes = SHORT_MINUTES
    elif refusal is Refusal.TOO_HARD:
        if days < GENTLE_DAYS:
            past.gentle = True
        if days < HARD_DAYS:
            past.hard += 1


def _strategies(facts: Facts, made: Compiled, past: Past) -> None:
    for strategy_id, answer in facts.history.strategies.items():
        index = made.strategy_index.get(strategy_id)
        if index is None:
            continue
        if answer.state == "accepted":
            past.accepted.append(index)
        elif answer.state == "refused" and (answer.until is None or facts.today < answer.until):
            past.refused.append(index)
            past.families_away.add(int(made.strategies.family[index]))


def _deadlines(kinds: list[int]) -> list[int]:
    """Within how many actions, today's included, each kind must come so that no window of seven lacks it.

    `kinds`: those of the last six actions, newest first.
    """
    furthest = MIX_WINDOW - len(kinds)
    return [MIX_WINDOW - kinds.index(kind) if kind in kinds else furthest for kind in range(KINDS)]


def _family(received: PastAction, made: Compiled) -> int:
    """Index of the family. An action that has left the catalogue tells it by its id; -1 for
    ids of another make.
    """
    index = made.action_index.get(received.action_id)
    if index is not None:
        return made.family_of[index]
    return _FAMILY_OF_PREFIX.get(received.action_id.partition("-")[0], -1)


_DONE = Outcome.DONE
_FAMILY_OF_PREFIX = {family.value: index for family, index in FAMILY_INDEX.items()}
_KIND_OF_FAMILY = [MIX.get(family, -1) for family in FAMILY_INDEX] + [-1]
"""By family index; the last place is that of an unknown family, -1."""
