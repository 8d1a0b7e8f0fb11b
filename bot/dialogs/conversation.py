"""Where an event goes: distress first, then consent, commands, buttons, typed words, and everything else.

Nothing is silently ignored: every kind of message gets a useful answer in every state.
"""

from __future__ import annotations

from bot.dialogs import (
    answers,
    daily,
    diagnosis,
    distress,
    mydata,
    onboarding,
    plan,
    profile,
    settings,
    strategies,
    welcome,
    why,
)
from bot.dialogs.answers import Intent
from bot.dialogs.incoming import Incoming, Kind, Press
from bot.dialogs.machine import Dialogue
from bot.dialogs.replies import Toast
from bot.dialogs.turn import Turn

DIALOGUES: dict[str, Dialogue] = {
    module.DIALOGUE.name: module.DIALOGUE
    for module in (welcome, onboarding, diagnosis, strategies, daily, plan, profile, settings, mydata)
}
_PRESSES = {
    "welcome": welcome.press,
    "onboarding": onboarding.press,
    "diagnosis": diagnosis.press,
    "strategies": strategies.press,
    "day": daily.press,
    "plan": plan.press,
    "profile": profile.press,
    "settings": settings.press,
    "mydata": mydata.press,
}
_TYPED = {
    "onboarding": onboarding.typed,
    "diagnosis": diagnosis.typed,
    "plan": plan.typed,
    "profile": profile.typed,
}
COMMANDS = {
    "start": "start",
    "profil": "profil",
    "profile": "profil",
    "action": "action",
    "pourquoi": "pourquoi",
    "why": "pourquoi",
    "strategies": "strategies",
    "moins": "moins",
    "less": "moins",
    "pause": "moins",
    "reprendre": "reprendre",
    "resume": "reprendre",
    "stop": "stop",
    "langue": "langue",
    "language": "langue",
    "aide": "aide",
    "help": "aide",
    "mesdonnees": "mesdonnees",
    "mydata": "mesdonnees",
    "supprimer": "supprimer",
    "delete": "supprimer",
}
"""Every name that is understood -> the command. Underscores and case are ignored."""
MENU = (
    "action",
    "profil",
    "pourquoi",
    "strategies",
    "moins",
    "reprendre",
    "stop",
    "langue",
    "aide",
    "mesdonnees",
    "start",
)
"""Commands of the menu, in its order; their names and descriptions are `commands.*` in the locales."""


def visit(turn: Turn, incoming: Incoming) -> None:
    """An event of somebody who has not agreed yet."""
    if distress.heard(incoming.text):
        distress.answer(turn, keep_pause=False)
        return
    if incoming.kind is Kind.BUTTON:
        if not _press(turn, incoming.press, only="welcome"):
            _stale(turn, "welcome")
        return
    if incoming.kind is Kind.COMMAND and incoming.text and incoming.command == "start":
        turn.tell("welcome.unknown_code")
    elif incoming.kind is not Kind.COMMAND and "welcome" in turn.person.dialogues:
        turn.tell("welcome.please_choose")
    welcome.DIALOGUE.repeat(turn)


def converse(turn: Turn, incoming: Incoming) -> None:
    """An event of somebody who has a profile."""
    person = turn.person
    if person.status == "unreachable":
        person.status = "active"
    if incoming.kind is Kind.BLOCKED:
        person.status = "unreachable"
    if incoming.kind in (Kind.BLOCKED, Kind.UNBLOCKED):
        return
    if distress.heard(incoming.text):
        distress.answer(turn)
        return
    if not _agreed(turn) and not _allowed_without_consent(incoming):
        _ask_consent_again(turn, incoming)
        return
    if incoming.kind is Kind.COMMAND:
        _command(turn, incoming)
    elif incoming.kind is Kind.BUTTON:
        if not _press(turn, incoming.press):
            _stale(turn, incoming.press.dialogue if incoming.press else "")
    elif incoming.kind is Kind.TEXT:
        _typed(turn, incoming.text)
    else:
        _other(turn, incoming.kind)


def is_ready(turn: Turn) -> bool:
    """Whether the daily actions can come: the questions were gone through, and the consent holds."""
    return onboarding.is_done(turn) and "use" in turn.person.consents


PLAIN_QUESTIONS = frozenset(onboarding.NUMBERS) - {"months", "hour", "barriers", "applications", "interviews"}
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
    """One's data and their deletion stay within reach; so do the buttons of the consent itself."""
    if incoming.kind is Kind.COMMAND:
        return COMMANDS.get(_name(incoming.command)) in ("mesdonnees", "supprimer", "stop", "langue")
    if incoming.kind is Kind.TEXT:
        return answers.intent(incoming.text) is Intent.DELETE
    return (
        incoming.kind is Kind.BUTTON
        and incoming.press is not None
        and incoming.press.dialogue in ("mydata", "settings")
    )


def _ask_consent_again(turn: Turn, incoming: Incoming) -> None:
    if incoming.kind is Kind.BUTTON and _press(turn, incoming.press, only="welcome"):
        return
    focus = turn.person.focus
    welcome.DIALOGUE.enter(turn, "again")
    turn.person.focus = focus


# Commands


def _name(command: str) -> str:
    return command.lower().replace("_", "")


def _command(turn: Turn, incoming: Incoming) -> None:
    name = COMMANDS.get(_name(incoming.command))
    if name is None:
        turn.tell("help.unknown_command", command=answers.clean(incoming.command, 32))
        _repeat_question(turn)
        return
    if not onboarding.is_done(turn) and name in ("action", "pourquoi", "strategies"):
        turn.tell("help.questions_first")
        onboarding.resume(turn)
        return
    match name:
        case "start":
            _start(turn, incoming.text)
        case "profil":
            profile.show(turn)
        case "action":
            turn.person.focus = None
            daily.show(turn)
        case "pourquoi":
            why.show(turn)
        case "strategies":
            strategies.show(turn)
        case "moins":
            settings.show(turn, "less")
        case "reprendre":
            settings.resume(turn)
        case "stop":
            settings.show(turn, "stopped")
        case "langue":
            settings.show(turn, "language")
        case "aide":
            help_message(turn)
        case "mesdonnees":
            mydata.show(turn)
        case "supprimer":
            mydata.ask_delete(turn)


def _start(turn: Turn, code: str) -> None:
    """A second /start never loses an answer."""
    if code:
        turn.tell("welcome.unknown_code")
    if not onboarding.is_done(turn):
        turn.lead.append(turn.voice("onboarding.resumed"))
        onboarding.resume(turn)
        return
    if turn.person.status in ("paused", "stopped"):
        turn.tell("help.back_while_quiet")
        return
    name = turn.profile.first_name
    turn.tell("help.hello_named" if name else "help.hello", name=name or "", next=daily.next_words(turn))


def help_message(turn: Turn) -> None:
    """`/aide`."""
    turn.tell("help.text", operator=turn.world.operator, contact=turn.world.contact)


# Buttons


def _press(turn: Turn, press: Press | None, only: str | None = None) -> bool:
    if press is None or (only and press.dialogue != only):
        return False
    dialogue = DIALOGUES.get(press.dialogue)
    handler = _PRESSES.get(press.dialogue)
    if dialogue is None or handler is None or press.version != dialogue.version:
        return False
    if press.dialogue not in ("day",):
        place = turn.person.dialogues.get(press.dialogue)
        if place is None or not _same_step(press.step, place.state):
            return False
    return handler(turn, press.value)


def _same_step(step: str, state: str) -> bool:
    """A button works in the state that showed it, and in what follows from it without a new question."""
    follows = {
        "menu": ("menu", "remenu", "set"),
        "list": ("list", "relist"),
        "told": ("told", "settled"),
        "language": ("language", "set"),
        "less": ("less", "set"),
    }
    return state in follows.get(step, (step,))


def _stale(turn: Turn, dialogue: str) -> None:
    """A button of another moment: one line, and where things stand now."""
    turn.toast = Toast(turn.voice("help.stale"))
    if dialogue == "day":
        if turn.open_action is not None and daily.is_open(turn.open_action):
            daily.show(turn)
        return
    place = turn.person.dialogues.get(dialogue)
    if place is not None and dialogue == turn.person.focus:
        DIALOGUES[dialogue].repeat(turn)
    elif dialogue == "welcome" and place is not None and not turn.person.consents:
        DIALOGUES["welcome"].repeat(turn)


# Typed words


def _typed(turn: Turn, text: str) -> None:
    said = answers.intent(text)
    if _anywhere(turn, said):
        return
    focus = turn.person.focus
    if focus in ("onboarding", "diagnosis", "profile") and said in (Intent.SKIP, Intent.BACK):
        if DIALOGUES[focus].fire(turn, "skip" if said is Intent.SKIP else "back"):
            return
        if said is Intent.BACK:
            DIALOGUES[focus].repeat(turn)
            return
    if focus in _TYPED:
        _TYPED[focus](turn, text)
        return
    if not onboarding.is_done(turn):
        onboarding.resume(turn)
        return
    if daily.typed(turn, text):
        return
    _small_talk(turn, said)


def _anywhere(turn: Turn, said: Intent | None) -> bool:
    """Words that work in every conversation."""
    match said:
        case Intent.STOP:
            settings.show(turn, "stopped")
        case Intent.PAUSE:
            settings.show(turn, "less")
        case Intent.DELETE:
            mydata.ask_delete(turn)
        case Intent.HELP:
            help_message(turn)
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
        turn.tell("help.hello", next=daily.next_words(turn))
    else:
        turn.tell("help.not_understood", operator=turn.world.operator, contact=turn.world.contact)


def _other(turn: Turn, kind: Kind) -> None:
    """A voice message, a photo, a sticker...: what Bob can and cannot do with it, then the question again."""
    turn.tell(f"kinds.{kind.value}")
    _repeat_question(turn)


def _repeat_question(turn: Turn) -> None:
    focus = turn.person.focus
    if focus in _TYPED and focus in turn.person.dialogues:
        DIALOGUES[focus].repeat(turn)
    elif not onboarding.is_done(turn):
        onboarding.resume(turn)
