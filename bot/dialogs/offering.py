"""Choosing an action and saying it: the daily push, the one that the person asks for, the open one again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.advice.facts import Outcome
from bot.advice.selection import Choice, choose, choose_many
from bot.dialogs import action_message, distress, silence, standing
from bot.dialogs.action_message import BUTTON
from bot.dialogs.effects import NEW_ACTION, CloseAction, OpenAction
from bot.dialogs.turn import ActionView, OpenDialogue, Turn

NOTHING_AGAIN = timedelta(days=7)
HARD_DAY = "hard day"
"""Reason kept until the next push after words of discouragement: its action is a short one."""
SOFT_MINUTES = 5
"""Longest action after a hard day, or after messages without an answer."""


def show(turn: Turn) -> None:
    """`/action`: the open action, or another one."""
    if turn.open_action is not None and standing.is_open(turn.open_action):
        again(turn, turn.open_action)
    else:
        offer(turn)


def again(turn: Turn, view: ActionView) -> None:
    """Say an action that the person has; one that has left the catalogue is withdrawn for another."""
    shown = action_message.of_view(turn, view)
    if shown is None:
        turn.do(CloseAction(view.id, Outcome.WITHDRAWN))
        turn.open_action = None
        offer(turn)
        return
    turn.say(action_message.with_buttons(shown, action_message.answers_to(turn.voice, view)))


def offer(turn: Turn, *, softly: bool = False) -> None:
    """Choose an action that the person asks for, open it and say it. `softly`: a short one."""
    choice = choose(
        turn.facts,
        turn.diagnosed(),
        turn.world.catalogue,
        max_minutes=SOFT_MINUTES if softly else None,
        policy=turn.world.learning.policy,
    )
    _open(turn, choice, "asked", Outcome.REPLACED)


def push(turn: Turn) -> None:
    """The daily push of one person."""
    push_many([turn])


def push_many(turns: Sequence[Turn]) -> None:
    """The daily push: choose, open and say the day's action of each; the choice is much faster for many at once."""
    if not turns:
        return
    choices = choose_many(
        [turn.facts for turn in turns],
        [turn.diagnosed() for turn in turns],
        turns[0].world.catalogue,
        max_minutes=[SOFT_MINUTES if _is_soft(turn) else None for turn in turns],
        policy=turns[0].world.learning.policy,
    )
    for turn, choice in zip(turns, choices, strict=True):
        before = turn.voice("day.softly") if _after_distress(turn) else None
        turn.person.pause_reason = None
        if choice.action is None:
            _say_nothing_fits(turn)
            continue
        _open(turn, choice, "push", Outcome.EXPIRED, before=before)


def _is_soft(turn: Turn) -> bool:
    """Whether the action is to be a short one: after a hard day, or messages without an answer."""
    hard = turn.person.pause_reason in (distress.REASON, HARD_DAY)
    return hard or silence.rung(turn.person.unanswered) >= silence.Rung.SMALLER


def _after_distress(turn: Turn) -> bool:
    return turn.person.pause_reason == distress.REASON


def _say_nothing_fits(turn: Turn) -> None:
    """Once a week at most: a message that offers nothing is no reason to write every day."""
    place = turn.person.dialogues.setdefault(BUTTON.dialogue, OpenDialogue("quiet", BUTTON.version))
    said = place.data.get("nothing_on")
    if said and turn.today - date.fromisoformat(said) < NOTHING_AGAIN:
        return
    place.data["nothing_on"] = turn.today.isoformat()
    turn.tell("day.nothing_fits", operator=turn.world.operator, contact=turn.world.contact)


def _open(turn: Turn, choice: Choice, origin: str, closing: Outcome, *, before: str | None = None) -> None:
    """Open what was chosen and say it, with the line `before` at its head."""
    if choice.action is None:
        turn.tell("day.nothing_fits", operator=turn.world.operator, contact=turn.world.contact)
        return
    action = turn.world.catalogue.action(choice.action)
    because = tuple(map(str, choice.reasons))
    opening = OpenAction(action.id, action.family, action.effort, action.minutes, origin, because)
    turn.do(replace(opening, closing=closing, decision=choice.decision))
    shown = action_message.compose(turn, action, because)
    if before:
        shown = replace(shown, text=f"{before}\n\n{shown.text}")
    turn.say(action_message.with_buttons(shown, action_message.answers(turn.voice, NEW_ACTION)))
