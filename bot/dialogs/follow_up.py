"""Following up on an application: when one is due, it becomes the action of the day, with its script."""

from __future__ import annotations

from dataclasses import replace

from bot.advice import follow_ups
from bot.advice.applications import State
from bot.advice.facts import Outcome
from bot.advice.follow_ups import FollowUp
from bot.dialogs import action_message, board_kept, distress, offering, plan, standing
from bot.dialogs.effects import NEW_ACTION, CloseAction, OpenAction, ReopenAction
from bot.dialogs.follow_up_scripts import REASON, item_of, number_of
from bot.dialogs.turn import ActionView, Turn


def next_of(turn: Turn) -> FollowUp | None:
    """The follow-up to propose today; none on the day after a hard one."""
    if not turn.board or turn.person.pause_reason == distress.REASON:
        return None
    return follow_ups.next_of(turn.board, turn.today)


def is_due(turn: Turn) -> bool:
    """Whether a follow-up is the action of this day."""
    return next_of(turn) is not None


def say(turn: Turn) -> None:
    """Open it as the day's action, and say it."""
    due = next_of(turn)
    if due is None:
        return
    turn.person.pause_reason = None
    one, item = due.application, item_of(turn, due)
    board_kept.keep(turn, replace(one, prompted=turn.today, prompts=one.prompts + 1))
    because = (f"{REASON}:{one.number}",)
    turn.do(
        OpenAction(item.id, item.family, item.effort, item.minutes, "push", because, closing=Outcome.EXPIRED)
    )
    shown = action_message.compose(turn, item, because)
    answers = action_message.answers(turn.voice, NEW_ACTION)
    news = board_kept.BUTTON(turn.voice("follow_up.button.news"), f"see-{one.number}", "any")
    turn.say(action_message.with_buttons(shown, (*answers, (news,))))


def note_answers(turn: Turn) -> None:
    """What the answers of this turn to such an action say of its application: followed up, not any more, not wanted."""
    for effect in tuple(turn.effects):
        if isinstance(effect, CloseAction | ReopenAction):
            _note(turn, effect)
    _withdraw(turn)


def _withdraw(turn: Turn) -> None:
    """The open follow-up of an application that is over, or gone: nobody is to write to that employer any more.

    After a refusal, the next action that comes is a short one.
    """
    view = turn.open_action
    number = number_of(view.reasons) if view is not None else None
    if view is None or number is None or not standing.is_open(view):
        return
    one = board_kept.by_number(turn, number)
    if one is not None and one.state in (State.SENT, State.INTERVIEW):
        return
    if any(isinstance(effect, CloseAction | OpenAction | ReopenAction) for effect in turn.effects):
        return  # it was answered in this very turn
    turn.do(CloseAction(view.id, Outcome.WITHDRAWN))
    plan.drop(turn, view.id)
    turn.open_action = None
    refused = one is not None and one.state is State.REFUSED
    if refused and turn.person.status == "active" and turn.person.pause_reason is None:
        turn.person.pause_reason = offering.HARD_DAY


def _note(turn: Turn, effect: CloseAction | ReopenAction) -> None:
    view = _view(turn, effect.action)
    one = (
        board_kept.by_number(turn, number)
        if view and (number := number_of(view.reasons)) is not None
        else None
    )
    if one is None:
        return
    if isinstance(effect, ReopenAction):
        board_kept.keep(turn, replace(one, followed=None, wanted=True))
    elif effect.outcome is Outcome.DONE:
        board_kept.keep(turn, replace(one, followed=turn.today))
    elif effect.outcome is Outcome.REFUSED:
        board_kept.keep(turn, replace(one, wanted=False))


def _view(turn: Turn, action: int) -> ActionView | None:
    views = (turn.pressed_action, turn.open_action)
    return next((view for view in views if view is not None and view.id == action), None)
