"""Why an item: the conditions that held, the strategy that it serves, the obstacle that it works on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.advice.compiled import Compiled, is_telling
from bot.advice.conditions.parsing import Literal
from bot.advice.diagnosis import Diagnosis
from bot.advice.facts import Facts
from bot.advice.items import Action, Catalogue, Strategy


class ReasonKind(StrEnum):
    """What `Reason.value` names."""

    CONDITION = "condition"  # a condition with its argument: "long_search(6)", "not driver"
    STRATEGY = "strategy"  # the id of a strategy that the person accepted
    PUT_FIRST = "put_first"  # the id of a strategy that the counsellor who follows the person puts first
    GOAL = "goal"  # the family that the goal of the week asks for
    OBSTACLE = "obstacle"  # the id of the main obstacle


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, by name; its words are in conditions.toml, the strategy's title or diagnosis.toml."""

    kind: ReasonKind
    value: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}"


def action_reasons(
    made: Compiled, index: int, facts: Facts, diagnosis: Diagnosis, bits: int
) -> tuple[Reason, ...]:
    """For an action that fits: the goal that the person set, then the most personal condition, strategy, obstacle."""
    reasons: list[Reason] = []
    if facts.preferred is made.catalogue.daily[index].family:
        reasons.append(Reason(ReasonKind.GOAL, facts.preferred))
    for line in made.tells[index]:
        for bit, said in line:
            if bits >> bit & 1:
                reasons.append(Reason(ReasonKind.CONDITION, said))
                break
    action = made.catalogue.daily[index]
    reasons.extend(_directions(action, facts))
    reasons.extend(_obstacle(action, diagnosis))
    return tuple(reasons)


def strategy_reasons(
    made: Compiled, strategy: Strategy, facts: Facts, diagnosis: Diagnosis
) -> tuple[Reason, ...]:
    """The conditions of `when`, then those of `boost`, that hold and can be said; then the obstacle."""
    reasons: list[Reason] = []
    for line in (*strategy.when, *strategy.boost):
        for literal in line.literals:
            if literal.test(facts) and is_telling(literal, made.catalogue):
                reasons.append(Reason(ReasonKind.CONDITION, str(literal)))
                break
    reasons.extend(_obstacle(strategy, diagnosis))
    return tuple(dict.fromkeys(reasons))


def can_change(literal: Literal, catalogue: Catalogue) -> bool:
    """True when a person can make it true, and there are words for it ("with a driving licence")."""
    if literal.negated or literal.condition.change is None:
        return False
    text = catalogue.sentences.get(literal.name)
    if text is not None and literal.args:
        text = text.for_variant(str(literal.args[0]))
    return text is not None and text.instead is not None


def _directions(action: Action, facts: Facts) -> list[Reason]:
    """The strategies that the action carries forward, where the counsellor or the person chose them."""
    first, answers = facts.history.priorities, facts.history.strategies
    reasons = [Reason(ReasonKind.PUT_FIRST, served) for served in action.serves if served in first]
    for served in action.serves:
        answer = answers.get(served) if served not in first else None
        if answer is not None and answer.state == "accepted":
            reasons.append(Reason(ReasonKind.STRATEGY, served))
    return reasons


def _obstacle(item: Action | Strategy, diagnosis: Diagnosis) -> list[Reason]:
    if diagnosis.main is not None and diagnosis.main in item.obstacles:
        return [Reason(ReasonKind.OBSTACLE, diagnosis.main)]
    return []
