"""The action of the day and its answers: which are possible when, by button or by typed words.

A button names its action by id; what it may do depends on how that action stands. An action can be answered while it
is open, and yesterday's until noon.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.advice.facts import Refusal
from bot.dialogs import action_message, asked_for, distress, offering, plan, research
from bot.dialogs import assigned_answers as extra
from bot.dialogs import daily_answers as does
from bot.dialogs.action_message import BUTTON
from bot.dialogs.daily_answers import FELT, LATER
from bot.dialogs.effects import MarkAction, ReopenAction
from bot.dialogs.machine import Dialogue, Row
from bot.dialogs.next_action import next_words
from bot.dialogs.offering import offer, push, show
from bot.dialogs.replies import Toast
from bot.dialogs.standing import can_still_be_done, is_open
from bot.dialogs.turn import OpenDialogue, Turn
from bot.sources.plain import plain
from bot.understanding import choices, dates, hours, intents, words
from bot.understanding.intents import Intent
from bot.understanding.text import LONGEST, any_of

__all__ = [
    "DIALOGUE",
    "can_still_be_done",
    "is_open",
    "next_words",
    "offer",
    "press",
    "push",
    "recall",
    "show",
    "typed",
    "went_well",
]

FEW_WORDS = 5
"""A longer sentence that happens to hold "ok" is about something else."""
TWICE = timedelta(seconds=10)
"""The same button pressed again so soon is one press."""

STATES = {
    "quiet": (),
    "how_was_it": (does.ask_how,),
    "why_not": (does.ask_reason,),
    "when_later": (does.ask_when,),
    "not_yet": (does.ask_not_yet,),
    "recalled": (),
}
_ANY = tuple(STATES)
DIALOGUE = Dialogue(
    BUTTON.dialogue,
    version=BUTTON.version,
    states=STATES,
    rows=(
        Row("done", _ANY, "how_was_it", (does.may_be_done,), (does.done,)),
        Row("done", _ANY, None, (does.was_done,), (does.already,)),
        Row("undo", _ANY, "quiet", (does.may_be_undone,), (does.undo,)),
        Row("felt", _ANY, "quiet", (does.is_unfelt,), (does.felt,)),
        Row("felt", _ANY, None, (does.was_done,), (does.already,)),
        Row("easier", _ANY, "quiet", (does.has_no_variant,), (does.stuck,)),
        Row("easier", _ANY, "quiet", (does.is_long,), (does.easier,)),
        Row("easier", _ANY, None, (does.may_be_answered,), (does.already_easier,)),
        Row("stuck", _ANY, "quiet", (does.may_be_answered,), (does.stuck,)),
        Row("refuse", _ANY, "quiet", (does.is_own,), (does.change,)),
        Row("refuse", _ANY, "why_not", (does.may_be_answered,), (does.note_asked,)),
        Row("reason", _ANY, "quiet", (does.may_be_answered,), (does.refuse,)),
        Row("unsaid", _ANY, "quiet", (extra.is_assigned,), (does.refuse,)),
        Row("help", _ANY, None, (extra.is_assigned,), (extra.ask_help,)),
        Row("later", _ANY, "when_later", (does.may_be_answered,), (does.note_asked,)),
        Row("at", _ANY, "quiet", (does.may_be_answered,), (does.later,)),
        Row("not_yet", _ANY, "not_yet", (does.may_be_answered,), (does.note_asked,)),
        Row("keep", _ANY, "quiet", (does.may_be_answered,), (does.keep,)),
        Row("change", _ANY, "quiet", (does.may_be_answered,), (does.change,)),
        Row("another", _ANY, "quiet", (does.nothing_open,), (does.another,)),
    ),
    initial="quiet",
)

_VERBS = frozenset(
    ("done", "undo", "easier", "stuck", "refuse", "later", "keep", "not_yet", "change", "another", "help")
)
_TYPED = {
    Intent.DONE: "done",
    Intent.EASIER: "easier",
    Intent.STUCK: "stuck",
    Intent.REFUSE: "refuse",
    Intent.LATER: "later",
    Intent.NO: "not_yet",
    Intent.YES: "keep",
}
"""What typed words mean while an action is open; after a recall's "is it done?", a yes is a "done"."""


# Buttons


def press(turn: Turn, value: str) -> bool:
    """A button under an action; False when it fits nothing (stale, somebody else's, forged)."""
    view = turn.pressed_action
    if view is None:
        return False
    place = DIALOGUE.open(turn)
    if _is_twice(turn, place, f"{value} {view.id}"):
        turn.toast = Toast(turn.voice("day.already_done"))
        return True
    if value == "plan":
        return is_open(view) and research.accept(turn, view)
    if value in FELT:
        return DIALOGUE.fire(turn, "felt", value)
    if value in set(Refusal):
        return DIALOGUE.fire(turn, "reason", value)
    if value == extra.UNSAID:
        return DIALOGUE.fire(turn, extra.UNSAID, value)
    if value in LATER:
        return DIALOGUE.fire(turn, "at", value)
    return value in _VERBS and DIALOGUE.fire(turn, value)


def _is_twice(turn: Turn, place: OpenDialogue, press: str) -> bool:
    """Whether this is the second tap of a double one; notes the press otherwise."""
    former, at = place.data.get("press"), place.data.get("press_at")
    if former == press and at and turn.now - datetime.fromisoformat(at) < TWICE:
        return True
    place.data["press"], place.data["press_at"] = press, turn.now.isoformat()
    return False


def went_well(turn: Turn) -> bool:
    """Whether this turn said that an action went well: the moment at which one more question is welcome."""
    felt = {effect.felt for effect in turn.effects if isinstance(effect, MarkAction)}
    return bool(felt & {"easy", "fine"})


# A plan's moment


def recall(turn: Turn) -> bool:
    """Quote the plan of `pressed_action` back; False when that is not welcome: ended, too many, a hard day, blocked."""
    view, person = turn.pressed_action, turn.person
    if view is None or view.plan is None or not is_open(view):
        return False
    if person.status == "unreachable" or person.pause_reason == distress.REASON:
        return False
    place, said = DIALOGUE.open(turn), action_message.recall(turn, view, view.plan)
    if said is None or not asked_for.may_recall(turn):
        return False
    place.data["asked"] = view.id
    asked_for.note(turn)
    place.state = "recalled"
    plan.drop(turn, view.id)  # what was not said of the plan by now is not asked any more
    turn.say(said)
    return True


# Typed words


def typed(turn: Turn, text: str) -> bool:
    """Typed words about an action ("c'est fait", "demain 10h"); False when they are about something else."""
    said, place = intents.intent(text), DIALOGUE.open(turn)
    if (
        place.state == "how_was_it"
        and not is_open(turn.open_action)
        and _typed_after(turn, place, text, said)
    ):
        return True
    if said is Intent.ANOTHER:
        return _typed_another(turn)
    view = turn.open_action
    if view is None or not is_open(view):
        return _nothing_to_answer(turn, said)
    turn.pressed_action = view
    if place.state == "why_not" and place.data.get("asked") == view.id:
        return _typed_reason(turn, text, said)
    if said is Intent.PLAN:
        return plan.begin(turn, view)
    if _typed_moment(turn, place, text, said):
        return True
    if place.state == "recalled" and said is Intent.YES and place.data.get("asked") == view.id:
        said = Intent.DONE
    if said is None and any_of(words.group("not_done")["phrases"], text[:LONGEST]):
        said = Intent.NO
    return said in _TYPED and DIALOGUE.fire(turn, _TYPED[said])


def _typed_after(turn: Turn, place: OpenDialogue, text: str, said: Intent | None) -> bool:
    """How it was, or that it was not: typed words after a "done"."""
    asked = place.data.get("asked")
    if not isinstance(asked, int):
        return False
    if said is Intent.BACK:
        turn.do(ReopenAction(asked))
        turn.tell("day.undone_typed")
        place.state = "quiet"
        return True
    labels = {code: turn.voice(f"day.felt.{code}") for code in FELT}
    felt = choices.choice(text, labels, choices.keywords_of("felt"))
    if felt is None or len(text.split()) > FEW_WORDS:
        return False
    turn.do(MarkAction(asked, felt=felt))
    turn.tell(f"day.thanks.{felt}", next=next_words(turn))
    place.state = "quiet"
    return True


def _typed_another(turn: Turn) -> bool:
    if is_open(turn.open_action):
        turn.pressed_action = turn.open_action
        return DIALOGUE.fire(turn, "change")
    offering.offer(turn)
    return True


def _nothing_to_answer(turn: Turn, said: Intent | None) -> bool:
    if said not in (Intent.DONE, Intent.EASIER, Intent.STUCK, Intent.REFUSE, Intent.LATER, Intent.PLAN):
        return False
    turn.tell("day.nothing_open", next=next_words(turn))
    return True


def _typed_reason(turn: Turn, text: str, said: Intent | None) -> bool:
    labels = {reason.value: turn.voice(f"day.refusal.{reason.value}") for reason in Refusal}
    reason = choices.choice(text, labels)
    if reason is None and said is Intent.EASIER:
        reason = Refusal.TOO_HARD.value
    if reason is not None:
        return DIALOGUE.fire(turn, "reason", reason)
    if said in _TYPED:
        return DIALOGUE.fire(turn, _TYPED[said])
    turn.lead.append(turn.voice("questions.unclear"))
    DIALOGUE.repeat(turn)
    return True


def _typed_moment(turn: Turn, place: OpenDialogue, text: str, said: Intent | None) -> bool:
    """ "Demain", "ce soir", "demain 10 h": when to say the action again; False when no moment is named."""
    asked = place.state == "when_later" and turn.open_action is not None
    if not asked and said is not Intent.LATER and not hours.only_moment(text):
        return False
    code = choices.choice(text, {code: turn.voice(f"day.later.{code}") for code in does.later_codes(turn)})
    if code is None and dates.day_in(plain(text), turn.today) == turn.today + timedelta(days=1):
        code = "tomorrow"
    when = hours.moment(text, turn.local_now)
    if when is not None and when <= turn.local_now:
        return DIALOGUE.fire(turn, "keep")  # "now"
    if when is not None:
        return DIALOGUE.fire(turn, "at", when.replace(tzinfo=None))
    if code is not None:
        return DIALOGUE.fire(turn, "at", code)
    if asked and said not in _TYPED:
        turn.lead.append(turn.voice("plan.when.unclear"))
        DIALOGUE.repeat(turn)
        return True
    return False
