"""Choosing an action and saying it: the daily push, the one that the person asks for, the open one again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.advice.facts import Outcome
from bot.advice.items import Action
from bot.advice.selection import Choice, choose, choose_many
from bot.dialogs import action_message, distress, standing
from bot.dialogs.action_message import BUTTON
from bot.dialogs.effects import NEW_ACTION, CloseAction, OpenAction
from bot.dialogs.turn import ActionView, OpenDialogue, Turn

NOTHING_AGAIN = timedelta(days=7)
SOFT_MINUTES = 5
"""Longest action after a hard day."""


def show(turn: Turn) -> None:
    """`/action`: the open action, or another one."""
    if turn.open_action is not None and standing.is_open(turn.open_action):
        again(turn, turn.open_action)
    else:
        offer(turn)


def again(turn: Turn, view: ActionView) -> None:
    """Say an action that the person has; one that has left the catalogue is withdrawn for another."""
    item = standing.item_of(turn, view)
    if item is None:
        turn.do(CloseAction(view.id, Outcome.WITHDRAWN))
        turn.open_action = None
        offer(turn)
        return
    say(turn, item, view.id, view.reasons, easier=view.easier)


def offer(turn: Turn) -> None:
    """Choose an action that the person asks for, open it and say it."""
    policy = turn.world.learning.policy
    choice = choose(turn.facts, turn.diagnosed(), turn.world.catalogue, policy=policy)
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
        max_minutes=[SOFT_MINUTES if _after_distress(turn) else None for turn in turns],
        policy=turns[0].world.learning.policy,
    )
    for turn, choice in zip(turns, choices, strict=True):
        softly, turn.person.pause_reason = _after_distress(turn), None
        if choice.action is None:
            _say_nothing_fits(turn)
            continue
        if softly:
            turn.tell("day.softly")
        _open(turn, choice, "push", Outcome.EXPIRED)


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


def _open(turn: Turn, choice: Choice, origin: str, closing: Outcome) -> None:
    if choice.action is None:
        turn.tell("day.nothing_fits", operator=turn.world.operator, contact=turn.world.contact)
        return
    action = turn.world.catalogue.action(choice.action)
    because = tuple(map(str, choice.reasons))
    opening = OpenAction(action.id, action.family, action.effort, action.minutes, origin, because)
    turn.do(replace(opening, closing=closing, decision=choice.decision))
    say(turn, action, NEW_ACTION, because)


def say(
    turn: Turn, item: Action, action_id: int | str, because: tuple[str, ...], *, easier: bool = False
) -> None:
    """An action with the answers to it."""
    shown = action_message.compose(turn, item, because, easier=easier)
    turn.say(action_message.with_buttons(shown, action_message.answers(turn.voice, action_id, easier=easier)))
