"""Setbacks told in passing: an employer's refusal, or a low moment. Nothing is kept but that the next step is light.

After a refusal, a routine: it is normal, what it teaches, a script to ask the employer, a day of rest. All of it is
offered, none of it asked.
"""

from __future__ import annotations

from bot.dialogs import action_message, offering, settings
from bot.dialogs.effects import MarkAction, NoteRefusal
from bot.dialogs.machine import Dialogue, Row, Step
from bot.dialogs.replies import Button, Reply
from bot.dialogs.standing import is_open
from bot.dialogs.turn import Turn, words_known
from bot.understanding import intents, own_actions
from bot.understanding.moods import discouraged
from bot.understanding.refusals import refusal_told


def typed(turn: Turn, text: str) -> bool:
    """Words that tell of an employer's refusal, or of a low moment; False when they do not."""
    if refusal_told(text, turn.today):
        DIALOGUE.fire(turn, "refused")
        return True
    if intents.intent(text) is not None or own_actions.own_action(text) is not None:
        return False
    return discouraged(text) and DIALOGUE.fire(turn, "low")


def _row(step: Step, state: str, *values: str) -> tuple[Button, ...]:
    voice = step.turn.voice
    return tuple(DIALOGUE.button(voice(f"setback.button.{value}"), value, state) for value in values)


# An employer's refusal


def _note_refusal(step: Step) -> None:
    step.turn.do(NoteRefusal(step.turn.today))


def _say_refused(step: Step) -> None:
    text = step.turn.voice("help.refusal_told")
    step.turn.say(Reply(text, buttons=(_row(step, "refused", "learn", "write", "rest"),)))


def _learn(step: Step) -> None:
    turn = step.turn
    rows = (_row(step, "refused", "before", "after"), _row(step, "refused", "write", "rest"))
    turn.say(Reply(turn.voice("setback.learn"), buttons=rows))


def _lesson(step: Step) -> None:
    turn = step.turn
    turn.say(
        Reply(turn.voice(f"setback.lesson.{step.answer}"), buttons=(_row(step, "refused", "write", "rest"),))
    )


def _write(step: Step) -> None:
    turn, voice = step.turn, step.turn.voice
    known = words_known(turn.profile, voice, blanks=True)
    payload = voice("setback.script", name=known["first_name"])
    turn.say(Reply(voice("setback.write"), payload=payload, buttons=(_row(step, "refused", "rest"),)))


# A low moment


def _note_low(step: Step) -> None:
    """The next action is a short one; what pauses or stops it says already counts more."""
    person = step.turn.person
    if person.status == "active" and person.pause_reason is None:
        person.pause_reason = offering.HARD_DAY


def _say_low(step: Step) -> None:
    text = step.turn.voice("setback.low")
    step.turn.say(Reply(text, buttons=(_row(step, "low", "small", "rest", "human"),)))


def _small(step: Step) -> None:
    """The open action in its easier variant, or a short one."""
    turn, view = step.turn, step.turn.open_action
    turn.on_message = False
    if view is None or not is_open(view) or view.own_words is not None:
        offering.offer(turn, softly=True)
        return
    if not view.easier:
        turn.do(MarkAction(view.id, easier=True))
    offering.again(turn, action_message.easier_of(view))


def _human(step: Step) -> None:
    step.turn.tell("help.human", operator=step.turn.world.operator, contact=step.turn.world.contact)


# Both


def _rest(step: Step) -> None:
    step.turn.on_message = False
    settings.rest(step.turn)


_ANY = ("quiet", "refused", "low")
DIALOGUE = Dialogue(
    "setback",
    states={"quiet": (), "refused": (_say_refused,), "low": (_say_low,)},
    rows=(
        Row("refused", _ANY, "refused", (), (_note_refusal,)),
        Row("low", _ANY, "low", (), (_note_low,)),
        Row("learn", "refused", None, (), (_learn,)),
        Row("lesson", "refused", None, (), (_lesson,)),
        Row("write", "refused", None, (), (_write,)),
        Row("small", "low", "quiet", (), (_small,)),
        Row("human", "low", None, (), (_human,)),
        Row("rest", ("refused", "low"), "quiet", (), (_rest,)),
    ),
    initial="quiet",
)


def press(turn: Turn, value: str) -> bool:
    """A button of these messages; False when it fits nothing."""
    if value in ("before", "after"):
        return DIALOGUE.fire(turn, "lesson", value)
    return value in ("learn", "write", "rest", "small", "human") and DIALOGUE.fire(turn, value)
