"""The action of the day and its answers: done, later, easier, not for me, stuck; how it was; undo.

A button names its action by id; what it may do depends on how that action stands. An action can be answered while it
is open, and yesterday's until noon.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from bot.advice.facts import Outcome, Refusal
from bot.advice.items import Action
from bot.advice.selection import Choice, choose, choose_many
from bot.dialogs import action_message, answers, rhythm
from bot.dialogs.answers import Intent
from bot.dialogs.effects import (
    NEW_ACTION,
    CloseAction,
    DropPlan,
    MarkAction,
    OpenAction,
    ReopenAction,
    SavePlan,
)
from bot.dialogs.machine import Callback, Dialogue, Row, Step
from bot.dialogs.replies import Reply, Toast
from bot.dialogs.turn import ActionView, Turn

NOON = time(12)
EVENING = time(18)
FELT = ("easy", "fine", "hard")


# What may be done with an action


def is_open(action: ActionView | None) -> bool:
    return action is not None and action.outcome is Outcome.OPEN


def can_still_be_done(action: ActionView | None, now: datetime) -> bool:
    """Open, or yesterday's that a new day closed, until noon local (`now` is the person's wall clock)."""
    if action is None:
        return False
    yesterday = action.day == now.date() - timedelta(days=1) and now.time() < NOON
    return is_open(action) or (action.outcome is Outcome.EXPIRED and yesterday)


def _open(step: Step) -> bool:
    return is_open(step.turn.pressed_action)


def _doable(step: Step) -> bool:
    return can_still_be_done(step.turn.pressed_action, step.turn.local_now)


def _already_done(step: Step) -> bool:
    action = step.turn.pressed_action
    return action is not None and action.outcome is Outcome.DONE


def _undoable(step: Step) -> bool:
    action, turn = step.turn.pressed_action, step.turn
    return (
        _already_done(step)
        and action is not None
        and action.day == turn.today
        and not is_open(turn.open_action)
    )


def _nothing_open(step: Step) -> bool:
    return not is_open(step.turn.open_action)


# What happens


def _pressed(step: Step) -> ActionView:
    action = step.turn.pressed_action
    if action is None:
        raise LookupError("the table lets nothing through without an action")
    return action


def _item(turn: Turn, view: ActionView) -> Action | None:
    try:
        return turn.world.catalogue.action(view.catalogue_id)
    except KeyError:
        return None  # it has left the catalogue since


def _close_message(step: Step, note_key: str) -> None:
    """The pressed message stays, with what was answered in the place of its buttons."""
    turn, view = step.turn, _pressed(step)
    item = _item(turn, view)
    if item is not None and turn.person.dialogues["day"].data.get("pressed"):
        shown = action_message.compose(turn, item, view.reasons, easier=view.easier)
        turn.say(action_message.closed(shown, turn.voice(note_key)))


def _done(step: Step) -> None:
    turn, view = step.turn, _pressed(step)
    _close_message(step, "day.note.done")
    turn.do(CloseAction(view.id, Outcome.DONE), DropPlan(view.id))
    token = str(view.id)
    felt = tuple(DIALOGUE.button(turn.voice(f"day.felt.{code}"), code, token) for code in FELT)
    undo = (DIALOGUE.button(turn.voice("day.button.undo"), "undo", token),)
    turn.say(Reply(turn.voice("day.done"), buttons=(felt, undo)))


def _already(step: Step) -> None:
    step.turn.toast = Toast(step.turn.voice("day.already_done"))


def _undo(step: Step) -> None:
    turn, view = step.turn, _pressed(step)
    turn.do(ReopenAction(view.id))
    turn.lead.append(turn.voice("day.undone"))
    _say_action(step.turn, view)


def _felt(step: Step) -> None:
    turn = step.turn
    turn.do(MarkAction(_pressed(step).id, felt=step.answer))
    label = turn.voice(f"day.felt.{step.answer}")
    turn.say(Reply(f"{turn.voice('day.done')}\n→ {label}", replace=True))
    more = (DIALOGUE.button(turn.voice("day.button.another"), "another", str(_pressed(step).id)),)
    turn.say(Reply(turn.voice(f"day.thanks.{step.answer}", next=next_words(turn)), buttons=(more,)))


def next_words(turn: Turn) -> str:
    """When the next action comes, in words."""
    if turn.person.status in ("stopped", "unreachable"):
        return turn.voice("day.no_next")
    now = turn.now
    if turn.person.status == "paused" and turn.person.paused_until:
        now = max(now, turn.person.paused_until)
    due = rhythm.next_due(turn.profile, now, turn.person.last_push)
    return turn.voice("day.next", when=turn.voice.moment(due.astimezone(turn.local_now.tzinfo), turn.today))


def _easier(step: Step) -> None:
    turn, view = step.turn, _pressed(step)
    item = _item(turn, view)
    turn.do(MarkAction(view.id, easier=True))
    if item is not None:
        turn.tell("day.easier_lead")
        _say(turn, item, view.id, view.reasons, easier=True)


def _stuck(step: Step) -> None:
    turn, view = step.turn, _pressed(step)
    turn.do(MarkAction(view.id, stuck=True))
    item = _item(turn, view)
    if item is None:
        return
    wording = item.wording(turn.person.language)
    from bot.dialogs.turn import words_known

    known = words_known(turn.profile, turn.voice)
    text = turn.voice(
        "day.stuck",
        first=turn.voice.render(wording.first, **known),
        easier=turn.voice.render(wording.easier, **known),
        contact=turn.world.contact,
        operator=turn.world.operator,
    )
    token = str(view.id)
    row = tuple(
        DIALOGUE.button(turn.voice(f"day.button.{verb}"), verb, token)
        for verb in ("done", "easier", "refuse")
    )
    turn.say(Reply(text, buttons=(row,)))


def _ask_refusal(step: Step) -> None:
    turn, token = step.turn, str(_pressed(step).id)
    buttons = [
        DIALOGUE.button(turn.voice(f"day.refusal.{reason.value}"), reason.value, token) for reason in Refusal
    ]
    keep = DIALOGUE.button(turn.voice("day.button.keep"), "keep", token)
    rows = (tuple(buttons[:2]), tuple(buttons[2:4]), (buttons[4], keep))
    step.data["asked"] = _pressed(step).id
    turn.say(Reply(turn.voice("day.why_not"), buttons=rows))


def _refuse(step: Step) -> None:
    turn, view = step.turn, _pressed(step)
    reason = Refusal(step.answer)
    turn.do(CloseAction(view.id, Outcome.REFUSED, reason), DropPlan(view.id))
    turn.say(
        Reply(f"{turn.voice('day.why_not')}\n→ {turn.voice(f'day.refusal.{reason.value}')}", replace=True)
    )
    another = (DIALOGUE.button(turn.voice("day.button.another"), "another", str(view.id)),)
    turn.say(Reply(turn.voice(f"day.refused.{reason.value}", next=next_words(turn)), buttons=(another,)))


def _keep(step: Step) -> None:
    step.turn.tell("day.kept")


def _ask_later(step: Step) -> None:
    turn, token = step.turn, str(_pressed(step).id)
    codes = ["in2h"] if turn.local_now.hour < 21 else []
    codes += ["evening"] if turn.local_now.time() < EVENING else []
    codes += ["tomorrow", "nothing"]
    buttons = [DIALOGUE.button(turn.voice(f"day.later.{code}"), code, token) for code in codes]
    step.data["asked"] = _pressed(step).id
    turn.say(Reply(turn.voice("day.when_later"), buttons=(tuple(buttons[:2]), tuple(buttons[2:]))))


def _later(step: Step) -> None:
    turn, view, code = step.turn, _pressed(step), step.answer
    if code == "nothing":
        turn.tell("day.later_said.nothing")
        return
    when = _later_moment(turn, code)
    turn.do(SavePlan(view.id, when, None, None, None))
    turn.tell("day.later_said.when", when=turn.voice.moment(when, turn.today))


def _later_moment(turn: Turn, code: str) -> datetime:
    """The wall clock behind "in 2 hours", "this evening", "tomorrow"."""
    now = turn.local_now.replace(tzinfo=None, second=0, microsecond=0)
    if code == "in2h":
        return now + timedelta(hours=2)
    if code == "evening":
        return datetime.combine(now.date(), EVENING)
    return datetime.combine(now.date() + timedelta(days=1), rhythm.local_hour(turn.profile))


def _not_yet(step: Step) -> None:
    turn, token = step.turn, str(_pressed(step).id)
    row = tuple(
        DIALOGUE.button(turn.voice(f"day.button.{verb}"), verb, token)
        for verb in ("keep", "easier", "change")
    )
    turn.say(Reply(turn.voice("day.not_yet"), buttons=(row,)))


def _another(step: Step) -> None:
    offer(step.turn)


def _change(step: Step) -> None:
    turn = step.turn
    turn.do(CloseAction(_pressed(step).id, Outcome.REPLACED), DropPlan(_pressed(step).id))
    turn.open_action = None
    offer(turn)


# Saying an action


def show(turn: Turn) -> None:
    """`/action`: the open action, or another one."""
    if turn.open_action is not None and is_open(turn.open_action):
        _say_action(turn, turn.open_action)
        return
    offer(turn)


def offer(turn: Turn) -> None:
    """Choose an action that the person asks for, open it and say it."""
    choice = choose(turn.facts, turn.diagnosed(), turn.world.catalogue)
    if choice.action is None:
        turn.tell("day.nothing_fits", operator=turn.world.operator, contact=turn.world.contact)
        return
    action = turn.world.catalogue.action(choice.action)
    turn.do(
        OpenAction(
            action.id, action.family, action.effort, action.minutes, "asked", tuple(map(str, choice.reasons))
        )
    )
    _say(turn, action, NEW_ACTION, tuple(map(str, choice.reasons)))


def _say_action(turn: Turn, view: ActionView) -> None:
    item = _item(turn, view)
    if item is None:
        turn.do(CloseAction(view.id, Outcome.WITHDRAWN))
        turn.open_action = None
        offer(turn)
        return
    _say(turn, item, view.id, view.reasons, easier=view.easier)


def _say(
    turn: Turn, item: Action, token: int | str, because: tuple[str, ...], *, easier: bool = False
) -> None:
    shown = action_message.compose(turn, item, because, easier=easier)
    turn.say(action_message.with_buttons(shown, action_message.answers_row(DIALOGUE, turn.voice, str(token))))


def _to(*callbacks: Callback) -> tuple[Callback, ...]:
    return callbacks


STATES = ("quiet", "why_not", "when_later")
DIALOGUE = Dialogue(
    "day",
    states=dict.fromkeys(STATES, ()),
    rows=(
        Row("done", STATES, "quiet", (_doable,), _to(_done)),
        Row("done", STATES, None, (_already_done,), _to(_already)),
        Row("undo", STATES, "quiet", (_undoable,), _to(_undo)),
        Row("felt", STATES, "quiet", (_already_done,), _to(_felt)),
        Row("easier", STATES, "quiet", (_open,), _to(_easier)),
        Row("stuck", STATES, "quiet", (_open,), _to(_stuck)),
        Row("refuse", STATES, "why_not", (_open,), _to(_ask_refusal)),
        Row("reason", "why_not", "quiet", (_open,), _to(_refuse)),
        Row("later", STATES, "when_later", (_open,), _to(_ask_later)),
        Row("at", "when_later", "quiet", (_open,), _to(_later)),
        Row("keep", STATES, "quiet", (_open,), _to(_keep)),
        Row("not_yet", STATES, "quiet", (_open,), _to(_not_yet)),
        Row("change", STATES, "quiet", (_open,), _to(_change)),
        Row("another", STATES, "quiet", (_nothing_open,), _to(_another)),
    ),
    initial="quiet",
)

_VERBS = {"done", "undo", "easier", "stuck", "refuse", "later", "keep", "not_yet", "change", "another"}
_TYPED = {
    Intent.DONE: "done",
    Intent.EASIER: "easier",
    Intent.STUCK: "stuck",
    Intent.REFUSE: "refuse",
    Intent.LATER: "later",
    Intent.NO: "not_yet",
    Intent.YES: "done",
}


def press(turn: Turn, value: str) -> bool:
    """A button under an action; False when it fits nothing (stale, somebody else's, forged)."""
    DIALOGUE.open(turn).data["pressed"] = True
    try:
        return _press(turn, value)
    finally:
        DIALOGUE.open(turn).data.pop("pressed", None)


def _press(turn: Turn, value: str) -> bool:
    if turn.pressed_action is None:
        return False
    if value == "plan":
        from bot.dialogs import plan

        return is_open(turn.pressed_action) and plan.begin(turn, turn.pressed_action)
    if value in FELT:
        return DIALOGUE.fire(turn, "felt", value)
    if value in set(Refusal):
        return DIALOGUE.fire(turn, "reason", value)
    if value in ("in2h", "evening", "tomorrow", "nothing"):
        return DIALOGUE.fire(turn, "at", value)
    return value in _VERBS and DIALOGUE.fire(turn, value)


def typed(turn: Turn, text: str) -> bool:
    """Typed words about the open action ("c'est fait", "trop long", "demain 10h"); False when not understood."""
    said = answers.intent(text)
    place = DIALOGUE.open(turn)
    if said is Intent.ANOTHER:
        if is_open(turn.open_action) and turn.open_action is not None:
            turn.pressed_action = turn.open_action
            return DIALOGUE.fire(turn, "change")
        offer(turn)
        return True
    if not is_open(turn.open_action):
        return False
    turn.pressed_action = turn.open_action
    if place.state == "why_not":
        labels = {reason.value: turn.voice(f"day.refusal.{reason.value}") for reason in Refusal}
        reason = answers.choice(text, labels)
        return bool(reason) and DIALOGUE.fire(turn, "reason", reason)
    if place.state == "when_later":
        return _typed_later(turn, text)
    if said is Intent.PLAN:
        return _press(turn, "plan")
    return said in _TYPED and DIALOGUE.fire(turn, _TYPED[said])


def _typed_later(turn: Turn, text: str) -> bool:
    when = answers.moment(text, turn.local_now)
    if when is None or turn.open_action is None:
        return False
    turn.do(SavePlan(turn.open_action.id, when.replace(tzinfo=None), None, None, None))
    turn.tell("day.later_said.when", when=turn.voice.moment(when, turn.today))
    DIALOGUE.open(turn).state = "quiet"
    return True


SOFT_MINUTES = 5
"""Longest action after a hard day."""


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
    )
    for turn, choice in zip(turns, choices, strict=True):
        _say_push(turn, choice)


def _after_distress(turn: Turn) -> bool:
    return turn.person.pause_reason == "distress"


def _say_push(turn: Turn, choice: Choice) -> None:
    softly, turn.person.pause_reason = _after_distress(turn), None
    if choice.action is None:
        turn.tell("day.nothing_fits", operator=turn.world.operator, contact=turn.world.contact)
        return
    action = turn.world.catalogue.action(choice.action)
    because = tuple(map(str, choice.reasons))
    turn.do(
        OpenAction(
            action.id, action.family, action.effort, action.minutes, "push", because, closing=Outcome.EXPIRED
        )
    )
    if softly:
        turn.tell("day.softly")
    _say(turn, action, NEW_ACTION, because)
