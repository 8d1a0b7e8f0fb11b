"""Where an event goes: distress first, then consent, commands, buttons, typed words, and everything else.

Nothing is silently ignored: every kind of message gets a useful answer in every state.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.dialogs import (
    appointment_told,
    appointments,
    changes,
    commands,
    daily,
    diagnosis,
    distress,
    later,
    looked_up,
    mydata,
    onboarding,
    plan,
    pressing,
    profile,
    setbacks,
    settings,
    topics,
    waiting,
    welcome,
)
from bot.dialogs.commands import COMMANDS, MENU
from bot.dialogs.effects import DeletePerson
from bot.dialogs.incoming import Incoming, Kind, Press
from bot.dialogs.next_action import next_words
from bot.dialogs.pressing import DIALOGUES
from bot.dialogs.replies import Reply, Toast
from bot.dialogs.turn import Turn
from bot.understanding import intents
from bot.understanding.intents import Intent
from bot.understanding.text import clean

__all__ = ["COMMANDS", "DIALOGUES", "MENU", "converse", "is_ready", "needs_history", "visit"]

_TYPED: dict[str, Callable[[Turn, str], bool]] = {
    room.DIALOGUE.name: room.typed for room in (onboarding, diagnosis, plan, later, profile, appointments)
}


# Somebody who has not agreed yet


def visit(turn: Turn, incoming: Incoming) -> None:
    """An event of somebody who has not agreed yet. Nothing said means that nothing is to be kept of them."""
    if distress.heard(incoming.text):
        distress.answer(turn, keep_pause=False)
        return
    known = "welcome" in turn.person.dialogues
    turn.on_message = incoming.kind is Kind.BUTTON
    if incoming.kind is Kind.BUTTON:
        _visitor_press(turn, incoming.press, known=known)
        return
    if incoming.kind is Kind.COMMAND and incoming.text and incoming.command == "start":
        turn.lead.append(turn.voice("welcome.unknown_code"))
    elif incoming.kind is not Kind.COMMAND and known:
        turn.lead.append(turn.voice("welcome.please_choose"))
    welcome.DIALOGUE.repeat(turn)


def _visitor_press(turn: Turn, press: Press | None, *, known: bool) -> None:
    if known and pressing.run(turn, press, only="welcome"):
        return
    turn.toast = Toast(turn.voice("help.stale"))
    starting = press is not None and press.dialogue == "welcome" and press.value not in welcome.LEAVING
    turn.on_message = False
    if known or starting:  # the screen of another day: a fresh one
        welcome.DIALOGUE.repeat(turn)


# Somebody with a profile


def converse(turn: Turn, incoming: Incoming) -> None:
    """An event of somebody who has a profile."""
    settings.back_in_touch(turn)
    if incoming.kind is Kind.BLOCKED:
        turn.person.status = "unreachable"
    if incoming.kind in (Kind.BLOCKED, Kind.UNBLOCKED):
        return
    turn.on_message = incoming.kind is Kind.BUTTON
    if distress.heard(incoming.text):
        distress.answer(turn)
    else:
        _answer(turn, incoming)
    if daily.went_well(turn):
        later.ask_if_due(turn)
    if turn.lead:  # lines that no message has taken along
        lines, turn.lead = "\n".join(turn.lead), []
        turn.say(Reply(lines))
    if not any(isinstance(effect, DeletePerson) for effect in turn.effects) and not distress.heard(
        incoming.text
    ):
        changes.tell_moved_job(turn)


def _answer(turn: Turn, incoming: Incoming) -> None:
    if not _agreed(turn) and not _allowed_without_consent(incoming):
        _ask_consent_again(turn, incoming)
    elif incoming.kind is Kind.COMMAND:
        _command(turn, incoming)
    elif incoming.kind is Kind.BUTTON:
        _button(turn, incoming.press)
    elif incoming.kind is Kind.TEXT:
        _words(turn, incoming.text)
    elif incoming.location is None or not _shared_place(turn, incoming.location):
        _other(turn, incoming.kind)


def _shared_place(turn: Turn, location: tuple[float, float]) -> bool:
    """A position where a town is asked for; False where it is not, or nothing is near."""
    asked = waiting.question(turn)
    answer = looked_up.shared_place(turn, location) if asked and asked.name == "place" else None
    return asked is not None and answer is not None and asked.dialogue.fire(turn, "answer", answer)


def is_ready(turn: Turn) -> bool:
    """Whether the daily actions can come: the questions were gone through, and the consent holds."""
    return onboarding.is_done(turn) and "use" in turn.person.consents


PLAIN_QUESTIONS = frozenset(
    (
        "first_name",
        "job",
        "jobs",
        "job_pick",
        "place",
        "place_pick",
        "distance",
        "situation",
        "experience",
        "diploma",
    )
)
"""Onboarding steps whose answer looks at no past action; the others may lead to the micro-action or the diagnosis."""


def needs_history(focus: str | None, state: str, incoming: Incoming) -> bool:
    """Whether the turn may look at past actions. The shell loads them only then."""
    plain = focus == "onboarding" and state in PLAIN_QUESTIONS
    if incoming.kind is Kind.BUTTON:
        return not (plain and incoming.press is not None and incoming.press.dialogue == "onboarding")
    return not (plain and incoming.kind is Kind.TEXT)


# Consent


def _agreed(turn: Turn) -> bool:
    return "use" in turn.person.consents and turn.person.consent_version == welcome.CONSENT_VERSION


def _allowed_without_consent(incoming: Incoming) -> bool:
    """One's data, their deletion, the language and the way out stay within reach."""
    if incoming.kind is Kind.COMMAND:
        return commands.named(incoming.command) in commands.WITHOUT_CONSENT
    if incoming.kind is Kind.TEXT:
        return intents.intent(incoming.text) in (Intent.DELETE, Intent.STOP)
    press = incoming.press
    if incoming.kind is not Kind.BUTTON or press is None:
        return False
    harmless = (*settings.LANGUAGES, "keep", "delete")
    return press.dialogue == "mydata" or (press.dialogue == "settings" and press.value in harmless)


def _ask_consent_again(turn: Turn, incoming: Incoming) -> None:
    if incoming.kind is Kind.BUTTON:
        if pressing.run(turn, incoming.press, only="welcome"):
            return
        turn.on_message = False  # a button of another message: that one stays as it is
    welcome.DIALOGUE.enter(turn, "again", take_focus=False)


# Commands


def _command(turn: Turn, incoming: Incoming) -> None:
    name = commands.named(incoming.command)
    if name is None:
        command = clean(incoming.command, 32) or "?"
        turn.lead.append(turn.voice("help.unknown_command", command=command))
        _repeat_question(turn)
        return
    commands.run(turn, name, incoming.text)


# Buttons


def _button(turn: Turn, press: Press | None) -> None:
    former = turn.person.language, turn.person.form
    if not pressing.run(turn, press):
        pressing.stale(turn, press)
    elif former != (turn.person.language, turn.person.form):
        _repeat_question(turn)  # in the language that was just chosen


# Typed words


def _words(turn: Turn, text: str) -> None:
    said = intents.intent(text)
    focus = turn.person.focus or ""
    if _anywhere(turn, said):
        return
    if focus == settings.DIALOGUE.name:
        if settings.typed(turn, text):
            return
        focus = turn.person.focus or ""
    if topics.heard(turn, text):
        _repeat_question(turn)
        return
    if onboarding.is_done(turn) and appointment_told.heard(turn, text, busy=focus in _TYPED):
        if turn.person.focus != appointments.DIALOGUE.name:
            _repeat_question(turn)
        return
    if focus == "onboarding" and _onboarding_way(turn, said, text):
        return
    if focus in _TYPED and _TYPED[focus](turn, text):
        return
    if not onboarding.is_done(turn):
        onboarding.resume(turn)
    elif not (setbacks.typed(turn, text) or daily.typed(turn, text)):
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
            _repeat_question(turn)
        case Intent.HUMAN:
            turn.tell("help.human", operator=turn.world.operator, contact=turn.world.contact)
            _repeat_question(turn)
        case _:
            return False
    return True


def _small_talk(turn: Turn, said: Intent | None) -> None:
    if said is Intent.THANKS:
        turn.tell("help.thanks")
    elif said is Intent.HELLO:
        turn.tell("help.hello", next=next_words(turn))
    elif said in (Intent.YES, Intent.NO, Intent.NOTHING):
        turn.say(next_words(turn))
    else:
        turn.tell("help.not_understood", operator=turn.world.operator, contact=turn.world.contact)


def _other(turn: Turn, kind: Kind) -> None:
    """A voice message, a photo, a sticker...: what Bob can and cannot do with it, then the question again."""
    turn.lead.append(turn.voice(f"kinds.{kind.value}"))
    _repeat_question(turn)


def _repeat_question(turn: Turn) -> None:
    """The question that waits, if one does."""
    focus = turn.person.focus
    turn.on_message = False
    if focus in _TYPED and focus in turn.person.dialogues:
        DIALOGUES[focus].repeat(turn)
    elif not onboarding.is_done(turn):
        onboarding.resume(turn)
