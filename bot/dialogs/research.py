"""What is counted of those who agreed to research, and the weeks in which chance leaves the plan prompt out.

Whether planning an action helps is told by comparing weeks: for each person and each week, chance decides whether
accepting an action asks for a plan. Who does not agree is always asked, and is counted nowhere.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.advice.facts import Outcome
from bot.advice.learning.rewards import GOOD_FEELINGS
from bot.advice.learning.situations import SITUATIONS, situation
from bot.dialogs import plan
from bot.dialogs.effects import (
    CloseAction,
    CountForResearch,
    Effect,
    EndJob,
    MarkAction,
    NoteJob,
    OpenAction,
    ReopenAction,
    SavePlan,
)
from bot.dialogs.turn import ActionView, Turn

CONSENT: Final = "research"
PROMPT: Final = "prompt"
NO_PROMPT: Final = "no_prompt"


@dataclass(frozen=True, slots=True)
class Counted:
    """One event. `action`: its id in the catalogue. `amount`: how many; below zero, the last one is taken back."""

    kind: str
    action: str | None = None
    amount: int = 1


def arm(seed: str, day: date, percent: float) -> str:
    """What chance decided for that person's week (Monday to Sunday): always the same for the same week."""
    year, week, _ = day.isocalendar()
    drawn = hashlib.sha256(f"plan {seed} {year} {week}".encode()).digest()
    return NO_PROMPT if int.from_bytes(drawn[:8], "big") / 2**64 < percent / 100 else PROMPT


def arm_of(turn: Turn) -> str:
    return arm(turn.seed, turn.today, turn.world.planless_percent)


def accept(turn: Turn, view: ActionView) -> bool:
    """ "I'll do it": plan it, unless this is a week without plans.

    One in their own words, or that a counsellor chose, is not counted.
    """
    if view.own_words is not None or view.author is not None:
        return plan.begin(turn, view)
    turn.do(CountForResearch("accepted", action=view.catalogue_id))
    if CONSENT in turn.person.consents and arm_of(turn) == NO_PROMPT:
        turn.tell("plan.accepted")
        return True
    return plan.begin(turn, view)


def situation_of(turn: Turn) -> str:
    """The group that the person is in, by which what helps is told apart."""
    return SITUATIONS[situation(turn.facts, turn.diagnosed())]


def counted(turn: Turn) -> list[Counted]:
    """What this turn is to be counted as."""
    found = [one for effect in turn.effects for one in _of(turn, effect)]
    return list(dict.fromkeys(found))


def _of(turn: Turn, effect: Effect) -> list[Counted]:
    if _is_own(turn, effect):
        return []
    match effect:
        case NoteJob():
            return [Counted("job")]
        case EndJob(_, mistaken=True):
            return [Counted("job", amount=-1)]
        case OpenAction() if effect.origin != "micro":
            return [Counted("delivered", effect.catalogue_id)]
        case CountForResearch(what, amount, action):
            return [Counted(what, action, amount)]
        case SavePlan(action) if _is_first_plan(turn, action):
            return [Counted("planned", _named(turn, action))]
        case CloseAction(action, Outcome.DONE):
            return [Counted("done", _named(turn, action))]
        case CloseAction(action, Outcome.REFUSED):
            return [Counted("refused", _named(turn, action))]
        case ReopenAction(action):
            return [Counted(kind, _named(turn, action), -1) for kind in ("done", "helped")]
        case MarkAction(action, easier, stuck, felt):
            marks = {"easier": easier, "stuck": stuck, "helped": felt in GOOD_FEELINGS}
            return [Counted(kind, _named(turn, action)) for kind, holds in marks.items() if holds]
        case _:
            return []


def _is_own(turn: Turn, effect: Effect) -> bool:
    """Whether it is about an action that Bob did not choose, at which no report looks: one's own, a counsellor's."""
    if isinstance(effect, OpenAction):
        return effect.own_words is not None or effect.author is not None
    views = (turn.pressed_action, turn.open_action)
    action = getattr(effect, "action", None)
    return any(
        view is not None and view.id == action and (view.own_words is not None or view.author is not None)
        for view in views
    )


def _is_first_plan(turn: Turn, action: int) -> bool:
    """A plan that was not there before; the moment of a "later" is none."""
    view = turn.open_action
    made = plan.DIALOGUE.name in turn.person.dialogues or any(
        isinstance(effect, SavePlan) and effect.obstacle for effect in turn.effects
    )
    return made and view is not None and view.id == action and view.plan is None


def _named(turn: Turn, action: int) -> str | None:
    views = (turn.pressed_action, turn.open_action)
    return next((view.catalogue_id for view in views if view is not None and view.id == action), None)
