"""The person's own action: told in their words, the action of their day like any other, and nobody else's business."""

from __future__ import annotations

from bot.advice.facts import Outcome
from bot.dialogs import action_message, asking, plan
from bot.dialogs.effects import NEW_ACTION, OpenAction
from bot.dialogs.machine import Dialogue, Row, Step
from bot.dialogs.offering import show as show_action
from bot.dialogs.replies import Reply
from bot.dialogs.turn import Turn
from bot.understanding import intents, own_actions
from bot.understanding.intents import Intent
from bot.understanding.text import clean

LONGEST_WORDS = 200
NAME = "own"
"""What stands in the place of a catalogue's id and of a family."""
EFFORT = "medium"
MINUTES = 15
"""Of an action that nobody measured: neither small nor big."""


def show(turn: Turn, words: str) -> None:
    """`/monaction`, with or without the words of it."""
    if not clean(words, LONGEST_WORDS):
        DIALOGUE.leave(turn)
        DIALOGUE.enter(turn, "asking")
        return
    DIALOGUE.fire(turn, "told", words)


def heard(turn: Turn, text: str) -> bool:
    """ "Aujourd'hui je vais plutôt appeler la mairie": an action of their own; False when the words tell of none."""
    told = own_actions.own_action(text)
    if told is None:
        return False
    show(turn, told)
    return True


def _ask(step: Step) -> None:
    skip = DIALOGUE.button(step.turn.voice("own.rather_yours"), asking.SKIP, "asking")
    step.turn.say(Reply(step.turn.voice("own.ask"), buttons=((skip,),)))


def _open(step: Step) -> None:
    """Open it in the place of the open one, and say it."""
    turn = step.turn
    words = clean(step.answer, LONGEST_WORDS)
    words = words[0].upper() + words[1:]
    if turn.open_action is not None and turn.open_action.own_words is not None:
        turn.lead.append(turn.voice("own.replaces", former=turn.open_action.own_words))
    if turn.open_action is not None:
        plan.drop(turn, turn.open_action.id)
    turn.do(OpenAction(NAME, NAME, EFFORT, MINUTES, "asked", closing=Outcome.REPLACED, own_words=words))
    shown = Reply(turn.voice("own.yours"), title=words)
    turn.say(action_message.with_buttons(shown, action_message.own_answers(turn.voice, NEW_ACTION)))
    DIALOGUE.leave(turn)


def _rather_yours(step: Step) -> None:
    DIALOGUE.leave(step.turn)
    show_action(step.turn)


DIALOGUE = Dialogue(
    "own",
    states={"quiet": (), "asking": (_ask,)},
    rows=(
        Row("told", ("quiet", "asking"), "quiet", (), (_open,)),
        Row("skip", "asking", "quiet", (), (_rather_yours,)),
    ),
    initial="quiet",
)


def press(turn: Turn, value: str) -> bool:
    """The button under the question; False when it fits nothing."""
    if value != asking.SKIP or DIALOGUE.open(turn).state != "asking":
        return False
    asking.answered(turn, turn.voice("own.ask"), turn.voice("own.rather_yours"))
    return DIALOGUE.fire(turn, "skip")


def typed(turn: Turn, text: str) -> bool:
    """The words of the action; False for words that are no action ("annuler", "c'est fait")."""
    if DIALOGUE.open(turn).state != "asking":
        DIALOGUE.leave(turn)
        return False
    said = intents.intent(text)
    if said in (Intent.SKIP, Intent.BACK, Intent.NOTHING, Intent.NO, Intent.ANOTHER):
        return DIALOGUE.fire(turn, "skip")
    words = own_actions.own_action(text) or text
    if said is not None or not clean(words, LONGEST_WORDS):
        DIALOGUE.leave(turn)
        return False
    return DIALOGUE.fire(turn, "told", words)
