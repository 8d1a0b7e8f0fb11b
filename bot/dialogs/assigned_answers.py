"""Answers that only an action chosen by a counsellor has: a hand with it, and a refusal without a reason."""

from __future__ import annotations

from typing import Final

from bot.dialogs import action_message, standing
from bot.dialogs.action_message import BUTTON
from bot.dialogs.effects import AskHelp
from bot.dialogs.machine import Step
from bot.dialogs.replies import Reply, Rows
from bot.dialogs.turn import ActionView, Turn

UNSAID: Final = "unsaid"
"""A refusal without a reason."""
HELP: Final = "help"


def is_assigned(step: Step) -> bool:
    """Open, and chosen by a counsellor."""
    action = step.turn.pressed_action
    return standing.is_open(action) and action is not None and action.author is not None


def help_row(turn: Turn, view: ActionView) -> Rows:
    """The counsellor can be asked for a hand; that somebody is stuck is not told without this tap."""
    if view.author is None:
        return ()
    return ((BUTTON(turn.voice("assigned.button.help"), HELP, str(view.id)),),)


def unsaid_row(turn: Turn, asked: str) -> Rows:
    """The way past the reasons; one's own person of trust need not be given any."""
    view = turn.pressed_action
    if view is None or view.author is None:
        return ()
    return ((BUTTON(turn.voice("assigned.button.unsaid"), UNSAID, asked),),)


def ask_help(step: Step) -> None:
    turn, view = step.turn, step.turn.pressed_action
    if view is not None:
        turn.do(AskHelp(view.id))
        turn.say(Reply(turn.voice("assigned.help_asked", who=view.author), replace=turn.on_message))


def stuck_on_words(turn: Turn, view: ActionView) -> None:
    """Stuck on an action in the counsellor's words."""
    row = action_message.answer_row(turn.voice, view.id, "done", "refuse")
    text = turn.voice("assigned.stuck", who=view.author)
    turn.say(Reply(text, buttons=(row, *help_row(turn, view))))
