"""The first micro-action: three minutes or less, in the middle of the questions, before the profile is complete."""

from __future__ import annotations

from bot.advice.facts import Outcome
from bot.advice.selection import choose
from bot.dialogs import action_message, asking, standing
from bot.dialogs.effects import NEW_ACTION, CloseAction, OpenAction, TakeDay
from bot.dialogs.machine import Step
from bot.dialogs.onboarding_steps import BUTTON
from bot.dialogs.replies import Button, Reply
from bot.dialogs.turn import Turn

MOST_MINUTES = 3


def offer(step: Step) -> None:
    """Say it; it is day 1's action. After an interruption, the one that is open is said again."""
    turn = step.turn
    step.data["micro"] = True
    view = turn.open_action
    action = standing.item_of(turn, view) if view is not None else None
    if view is not None and action is not None:
        token, because = str(view.id), view.reasons
    else:
        choice = choose(
            turn.facts,
            turn.diagnosed(),
            turn.world.catalogue,
            max_minutes=MOST_MINUTES,
            policy=turn.world.learning.policy,
        )
        if choice.action is None:
            turn.say(Reply(turn.voice("onboarding.no_micro"), buttons=((_go_on(turn),),)))
            return
        action, token = turn.world.catalogue.action(choice.action), NEW_ACTION
        because = tuple(map(str, choice.reasons))
        opening = OpenAction(
            action.id,
            action.family,
            action.effort,
            action.minutes,
            "micro",
            because,
            decision=choice.decision,
        )
        turn.do(opening, TakeDay(turn.today, "micro"))
        turn.person.last_push = max(turn.today, turn.person.last_push or turn.today)
    turn.tell("onboarding.micro_lead")
    shown = action_message.compose(turn, action, because)
    turn.say(action_message.with_buttons(shown, (_answers(turn, token),)))


def _answers(turn: Turn, token: str) -> tuple[Button, ...]:
    done = action_message.BUTTON(turn.voice("onboarding.micro_done"), "done", token)
    later = BUTTON(turn.voice("onboarding.micro_later"), asking.SKIP, "micro")
    return (done, later)


def _go_on(turn: Turn) -> Button:
    return BUTTON(turn.voice("onboarding.go_on"), asking.SKIP, "micro")


def unclear(turn: Turn) -> None:
    """Words that are no answer to it: the two buttons again, without the whole action."""
    view = turn.open_action
    buttons = _answers(turn, str(view.id)) if view is not None else (_go_on(turn),)
    turn.say(Reply(turn.voice("onboarding.micro_unclear"), buttons=(buttons,)))


def done(step: Step) -> None:
    turn, view = step.turn, step.turn.open_action
    if view is not None:
        action_message.close_pressed(turn, view, turn.voice("day.note.done"))
        turn.do(CloseAction(view.id, Outcome.DONE))
    turn.lead.append(turn.voice("onboarding.micro_bravo"))


def later(step: Step) -> None:
    turn, view = step.turn, step.turn.open_action
    if view is not None:
        turn.lead.append(turn.voice("onboarding.micro_kept"))
