"""Typed words: who hears them, and in what order. What answers no question may be news, or an answer to the action."""

from __future__ import annotations

from collections.abc import Callable

from bot.dialogs import (
    appointment_answers,
    appointment_told,
    appointments,
    board,
    board_asked,
    board_several,
    board_told,
    commands,
    counsellor,
    daily,
    diagnosis,
    found,
    later,
    mydata,
    onboarding,
    own,
    passing,
    plan,
    profile,
    setbacks,
    settings,
    topics,
    weekly,
    welcome_back,
)
from bot.dialogs.next_action import next_words
from bot.dialogs.pressing import DIALOGUES
from bot.dialogs.turn import Turn
from bot.understanding import intents
from bot.understanding.intents import Intent

TYPED: dict[str, Callable[[Turn, str], bool]] = {
    room.DIALOGUE.name: room.typed
    for room in (onboarding, diagnosis, plan, later, profile, own, board, found, counsellor)
} | {appointments.DIALOGUE.name: appointment_answers.typed}


LISTENING: tuple[Callable[[Turn, str], bool], ...] = (
    found.maybe_told,
    board_told.heard,
    found.feels,
    weekly.heard,
    setbacks.typed,
    board_asked.undo,
    board_asked.no_news_of_any,
    own.heard,
    daily.typed,
    board_told.unnamed,
    board_asked.several,
)
"""Who is asked, in turn, what words mean that answer no question."""


def heard(turn: Turn, text: str) -> None:
    said = intents.intent(text)
    focus = turn.person.focus or ""
    if _anywhere(turn, said):
        return
    if focus == settings.DIALOGUE.name:
        if settings.typed(turn, text):
            return
        focus = turn.person.focus or ""
    if topics.heard(turn, text):
        repeat_question(turn)
        return
    if onboarding.is_done(turn) and board_several.heard(turn, text):
        return
    if passing.typed(turn, text):
        return
    if focus == "onboarding" and _onboarding_way(turn, said, text):
        return
    if onboarding.is_done(turn) and found.told(turn, text):
        board_told.note_hired(turn, text)
        return
    if onboarding.is_done(turn) and board_asked.heard(turn, text):
        return
    if onboarding.is_done(turn) and appointment_told.heard(turn, text, busy=focus in TYPED):
        if turn.person.focus != appointments.DIALOGUE.name:
            repeat_question(turn)
        return
    if focus in TYPED and TYPED[focus](turn, text):
        return
    if not onboarding.is_done(turn):
        onboarding.resume(turn)
    elif not any(room(turn, text) for room in LISTENING):
        _small_talk(turn, said)


def _onboarding_way(turn: Turn, said: Intent | None, text: str) -> bool:
    """ "Passer" and "retour" while the questions are asked ("I don't know" is an answer to "which job?")."""
    place = onboarding.DIALOGUE.open(turn)
    if onboarding.is_old(turn) or (place.state == "job" and intents.unsure(text)):
        return False
    if said is Intent.BACK:
        return onboarding.DIALOGUE.fire(turn, "back")
    return said is Intent.SKIP and onboarding.DIALOGUE.fire(turn, "skip")


def _anywhere(turn: Turn, said: Intent | None) -> bool:
    """Words that work in every conversation."""
    match said:
        case Intent.STOP:
            settings.stop(turn)
        case Intent.PAUSE:
            settings.show(turn, "less")
        case Intent.DELETE:
            mydata.ask_delete(turn)
        case Intent.HELP:
            commands.help_message(turn)
            repeat_question(turn)
        case Intent.HUMAN:
            counsellor.human(turn)
            repeat_question(turn)
        case Intent.READERS:
            counsellor.show(turn)
            repeat_question(turn)
        case _:
            return False
    return True


def _small_talk(turn: Turn, said: Intent | None) -> None:
    if welcome_back.is_due(turn):
        welcome_back.greet(turn)
    elif said is Intent.RESUME:
        settings.resume(turn)
    elif said is Intent.THANKS:
        turn.tell("help.thanks")
    elif said is Intent.HELLO:
        turn.tell("help.hello", next=next_words(turn))
    elif said in (Intent.YES, Intent.NO, Intent.NOTHING):
        turn.say(next_words(turn))
    else:
        turn.tell("help.not_understood", operator=turn.world.operator, contact=turn.world.contact)


def repeat_question(turn: Turn) -> None:
    """The question that waits, if one does."""
    focus = turn.person.focus
    turn.on_message = False
    if focus in TYPED and focus in turn.person.dialogues:
        DIALOGUES[focus].repeat(turn)
    elif not onboarding.is_done(turn):
        onboarding.resume(turn)
