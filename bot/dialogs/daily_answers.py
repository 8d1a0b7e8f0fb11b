"""What each answer to an action does: done and how it was, undo, easier, stuck, not for me, later, another."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from bot.advice.facts import Outcome, Refusal
from bot.dialogs import action_message, assigned_answers, offering, plan, rhythm, standing
from bot.dialogs.action_message import BUTTON
from bot.dialogs.asking import rows_of
from bot.dialogs.effects import CloseAction, MarkAction, ReopenAction, SavePlan
from bot.dialogs.machine import Step
from bot.dialogs.next_action import next_words
from bot.dialogs.replies import Button, Reply, Toast
from bot.dialogs.turn import ActionView, Turn, words_known

EVENING = time(18)
LAST_IN_TWO_HOURS = 21
"""Hour from which "in 2 hours" is too late to be offered."""
UNDO_WITHIN = timedelta(days=7)
FELT = ("easy", "fine", "hard")
LATER = ("in2h", "evening", "tomorrow", "nothing")


# Conditions


def may_be_answered(step: Step) -> bool:
    return standing.is_open(step.turn.pressed_action)


def may_be_done(step: Step) -> bool:
    return standing.can_still_be_done(step.turn.pressed_action, step.turn.local_now)


def was_done(step: Step) -> bool:
    action = step.turn.pressed_action
    return action is not None and action.outcome is Outcome.DONE


def is_unfelt(step: Step) -> bool:
    action = step.turn.pressed_action
    return was_done(step) and action is not None and action.felt is None


def may_be_undone(step: Step) -> bool:
    """The last one that was done, not long ago, with nothing begun since."""
    action, turn = step.turn.pressed_action, step.turn
    if action is None or not was_done(step) or not nothing_open(step):
        return False
    return step.data.get("asked") == action.id and turn.today - action.day <= UNDO_WITHIN


def nothing_open(step: Step) -> bool:
    return not standing.is_open(step.turn.open_action)


def is_long(step: Step) -> bool:
    """Open, and not in its easier variant yet."""
    action = step.turn.pressed_action
    return may_be_answered(step) and action is not None and not action.easier


def is_own(step: Step) -> bool:
    """Open, and the person's own."""
    action = step.turn.pressed_action
    return has_no_variant(step) and action is not None and action.author is None


def has_no_variant(step: Step) -> bool:
    """Open, and in somebody's own words: the person's, or a counsellor's."""
    action = step.turn.pressed_action
    return may_be_answered(step) and action is not None and action.own_words is not None


# Helpers


def _pressed(step: Step) -> ActionView:
    action = step.turn.pressed_action
    if action is None:
        raise LookupError("the table lets nothing through without an action")
    return action


def note_asked(step: Step) -> None:
    """Remember which action the question that follows is about."""
    step.data["asked"] = _pressed(step).id


def _settle(
    step: Step, question: str, label: str, text: str, buttons: tuple[tuple[Button, ...], ...] = ()
) -> None:
    """The answer to one of Bob's questions: in the place of the pressed question, or as a message of its own."""
    turn = step.turn
    if turn.on_message:
        text = f"{turn.voice(question)}\n→ {label}\n\n{text}"
    turn.say(Reply(text, buttons=buttons, replace=turn.on_message))


def _another_row(step: Step) -> tuple[tuple[Button, ...], ...]:
    return (action_message.answer_row(step.turn.voice, _pressed(step).id, "another"),)


# Done


def done(step: Step) -> None:
    turn, view = step.turn, _pressed(step)
    action_message.close_pressed(turn, view, turn.voice("day.note.done"))
    plan.drop(turn, view.id)
    turn.do(CloseAction(view.id, Outcome.DONE, late=not standing.is_open(view)))
    note_asked(step)


def ask_how(step: Step) -> None:
    """ "How was it?", with a way to undo while that can be done."""
    turn, asked = step.turn, str(step.data.get("asked", ""))
    rows = [tuple(BUTTON(turn.voice(f"day.felt.{code}"), code, asked) for code in FELT)]
    view = turn.pressed_action
    if view is None or standing.is_open(view):
        rows.append(action_message.answer_row(turn.voice, asked, "undo"))
    turn.say(Reply(turn.voice("day.done"), buttons=tuple(rows)))


def already(step: Step) -> None:
    step.turn.toast = Toast(step.turn.voice("day.already_done"))


def undo(step: Step) -> None:
    turn, view = step.turn, _pressed(step)
    turn.do(ReopenAction(view.id))
    shown = action_message.of_view(turn, view)
    if shown is None:
        turn.say(Reply(turn.voice("day.undone_gone"), replace=turn.on_message))
        return
    shown = action_message.with_buttons(shown, action_message.answers_to(turn.voice, view))
    text = f"{turn.voice('day.undone')}\n{shown.text}"
    turn.say(replace(shown, text=text, replace=turn.on_message))


def felt(step: Step) -> None:
    turn = step.turn
    turn.do(MarkAction(_pressed(step).id, felt=step.answer))
    text = turn.voice(f"day.thanks.{step.answer}", next=next_words(turn))
    _settle(step, "day.done", turn.voice(f"day.felt.{step.answer}"), text, _another_row(step))


# Easier, stuck, another


def easier(step: Step) -> None:
    turn, view = step.turn, _pressed(step)
    item = standing.item_of(turn, view)
    turn.do(MarkAction(view.id, easier=True))
    if item is None:
        offering.again(turn, view)
        return
    shown = action_message.compose(turn, item, view.reasons, easier=True, author=view.author)
    shown = action_message.with_buttons(shown, action_message.answers(turn.voice, view.id, easier=True))
    text = f"{turn.voice('day.easier_lead')}\n{shown.text}"
    turn.say(replace(shown, text=text, replace=turn.on_message))


def already_easier(step: Step) -> None:
    turn = step.turn
    if turn.on_message:
        turn.toast = Toast(turn.voice("day.already_easier"))
    else:
        offering.again(turn, _pressed(step))


def stuck(step: Step) -> None:
    turn, view = step.turn, _pressed(step)
    turn.do(MarkAction(view.id, stuck=True))
    if view.own_words is not None:
        _stuck_on_own(turn, view)
        return
    item = standing.item_of(turn, view)
    if item is None:
        offering.again(turn, view)
        return
    blanks = view.author is not None
    wording, known = item.wording(turn.person.language), words_known(turn.profile, turn.voice, blanks=blanks)
    text = turn.voice(
        "day.stuck",
        first=turn.voice.render(wording.first, **known),
        easier=turn.voice.render(wording.easier, **known),
        contact=turn.world.contact,
        operator=turn.world.operator,
    )
    verbs = ("done", "refuse") if view.easier else ("done", "easier", "refuse")
    rows = (action_message.answer_row(turn.voice, view.id, *verbs), *assigned_answers.help_row(turn, view))
    turn.say(Reply(text, buttons=rows))


def _stuck_on_own(turn: Turn, view: ActionView) -> None:
    if view.author is not None:
        assigned_answers.stuck_on_words(turn, view)
        return
    text = turn.voice("own.stuck", contact=turn.world.contact, operator=turn.world.operator)
    turn.say(Reply(text, buttons=(action_message.answer_row(turn.voice, view.id, "done", "change"),)))


def another(step: Step) -> None:
    offering.offer(step.turn)


def change(step: Step) -> None:
    """Another in the place of the open one."""
    turn, view = step.turn, _pressed(step)
    if turn.on_message:
        turn.say(Reply(f"→ {turn.voice('day.button.change')}", replace=True))
    plan.drop(turn, view.id)
    turn.do(CloseAction(view.id, Outcome.REPLACED))
    turn.open_action = None
    offering.offer(turn)


# Not for me


def ask_reason(step: Step) -> None:
    turn, asked = step.turn, str(step.data.get("asked", ""))
    buttons = [BUTTON(turn.voice(f"day.refusal.{reason.value}"), reason.value, asked) for reason in Refusal]
    keep_it = action_message.answer_row(turn.voice, asked, "keep")
    rows = (tuple(buttons[:2]), tuple(buttons[2:4]), (buttons[4], *keep_it))
    turn.say(Reply(turn.voice("day.why_not"), buttons=(*rows, *assigned_answers.unsaid_row(turn, asked))))


def refuse(step: Step) -> None:
    turn, view = step.turn, _pressed(step)
    plan.drop(turn, view.id)
    if step.answer == assigned_answers.UNSAID:
        turn.do(CloseAction(view.id, Outcome.REFUSED))
        text = turn.voice("assigned.refused", next=next_words(turn))
        _settle(step, "day.why_not", turn.voice("assigned.button.unsaid"), text, _another_row(step))
        return
    reason = Refusal(step.answer)
    turn.do(CloseAction(view.id, Outcome.REFUSED, reason))
    label = turn.voice(f"day.refusal.{reason.value}")
    text = turn.voice(f"day.refused.{reason.value}", next=next_words(turn))
    _settle(step, "day.why_not", label, text, _another_row(step))


def keep(step: Step) -> None:
    turn = step.turn
    label = f"→ {turn.voice('day.button.keep')}\n\n" if turn.on_message else ""
    turn.say(Reply(f"{label}{turn.voice('day.kept')}", replace=turn.on_message))


def ask_not_yet(step: Step) -> None:
    turn, asked = step.turn, str(step.data.get("asked", ""))
    view = turn.pressed_action
    short = view is not None and (view.easier or view.own_words is not None)
    verbs = ("keep", "change") if short else ("keep", "easier", "change")
    row = action_message.answer_row(turn.voice, asked, *verbs)
    turn.say(Reply(turn.voice("day.not_yet_short" if short else "day.not_yet"), buttons=(row,)))


# Later


def later_codes(turn: Turn) -> list[str]:
    """What "later" may mean at this hour."""
    codes = ["in2h"] if turn.local_now.hour < LAST_IN_TWO_HOURS else []
    codes += ["evening"] if turn.local_now.time() < EVENING else []
    return [*codes, "tomorrow", "nothing"]


def ask_when(step: Step) -> None:
    turn, asked = step.turn, str(step.data.get("asked", ""))
    buttons = [BUTTON(turn.voice(f"day.later.{code}"), code, asked) for code in later_codes(turn)]
    turn.say(Reply(turn.voice("day.when_later"), buttons=rows_of(buttons, 2)))


def later(step: Step) -> None:
    """`step.answer`: one of LATER, or the wall clock that was typed."""
    turn, answer = step.turn, step.answer
    if answer == "nothing":
        _settle(step, "day.when_later", turn.voice("day.later.nothing"), turn.voice("day.later_said.nothing"))
        return
    when = answer if isinstance(answer, datetime) else _moment_of(turn, answer)
    turn.do(SavePlan(_pressed(step).id, when, None, None, None))
    said = turn.voice.moment(when, turn.today)
    label = said if isinstance(answer, datetime) else turn.voice(f"day.later.{answer}")
    _settle(step, "day.when_later", label, turn.voice("day.later_said.when", when=said))


def _moment_of(turn: Turn, code: str) -> datetime:
    """The wall clock behind "in 2 hours", "this evening", "tomorrow"."""
    now = turn.local_now.replace(tzinfo=None, second=0, microsecond=0)
    if code == "in2h":
        return now + timedelta(hours=2)
    if code == "evening":
        return datetime.combine(now.date(), EVENING)
    return datetime.combine(now.date() + timedelta(days=1), rhythm.local_hour(turn.profile))
