"""Where an event goes: distress first, then consent, commands, buttons, typed words, and everything else.

Nothing is silently ignored: every kind of message gets a useful answer in every state.
"""

from __future__ import annotations

from bot.dialogs import (
    board_told,
    changes,
    commands,
    counsellor,
    daily,
    distress,
    follow_up,
    later,
    looked_up,
    onboarding,
    pressing,
    reach,
    settings,
    typed_words,
    waiting,
    weekly,
    welcome,
    welcome_back,
)
from bot.dialogs.commands import COMMANDS, MENU
from bot.dialogs.effects import DeletePerson, OfferCall
from bot.dialogs.incoming import Incoming, Kind, Press
from bot.dialogs.pressing import DIALOGUES
from bot.dialogs.replies import Reply, Toast
from bot.dialogs.turn import Turn
from bot.understanding import intents
from bot.understanding.intents import Intent
from bot.understanding.text import clean

__all__ = ["COMMANDS", "DIALOGUES", "MENU", "converse", "is_ready", "needs_history", "visit"]

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
        one = turn.invitation
        if one is not None:
            turn.lead.append(turn.voice("counsellor.invited", who=one.counsellor, team=one.team))
        else:
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
    if incoming.kind is Kind.BLOCKED:
        reach.blocked(turn)
        return
    reach.back_in_touch(turn)
    if incoming.kind is Kind.UNBLOCKED:
        return
    turn.on_message = incoming.kind is Kind.BUTTON
    in_distress = distress.heard(incoming.text)
    if in_distress:
        distress.answer(turn)
        counsellor.heard(turn, incoming)  # what was meant for their counsellor reaches them all the same
        turn.do(OfferCall())
    elif _agreed(turn) and welcome_back.is_due(turn):
        _answer_after_months(turn, incoming)
    else:
        _answer(turn, incoming)
    if is_ready(turn):
        counsellor.offer_if_ready(turn)
    follow_up.note_answers(turn)
    weekly.keep_asking(turn)
    if daily.went_well(turn):
        later.ask_if_due(turn)
    if turn.lead:  # lines that no message has taken along
        lines, turn.lead = "\n".join(turn.lead), []
        turn.say(Reply(lines))
    if not in_distress and not any(isinstance(effect, DeletePerson) for effect in turn.effects):
        changes.tell_moved_job(turn)


def _answer_after_months(turn: Turn, incoming: Incoming) -> None:
    """What they ask for, and the welcome; without it for those who want to leave."""
    welcome_back.prepare(turn)
    status, data = turn.person.status, turn.person.dialogues.get("mydata")
    _answer(turn, incoming)
    leaves = turn.person.status != status and turn.person.status in ("stopped", "paused")
    asks_for_data = incoming.press is not None and incoming.press.dialogue in ABOUT_DATA
    if not (leaves or asks_for_data or turn.person.dialogues.get("mydata") is not data):
        turn.on_message = False
        welcome_back.greet(turn)


def _answer(turn: Turn, incoming: Incoming) -> None:
    if not _agreed(turn) and not _allowed_without_consent(incoming):
        _ask_consent_again(turn, incoming)
    elif incoming.kind is Kind.COMMAND:
        _command(turn, incoming)
    elif incoming.kind is Kind.BUTTON:
        _button(turn, incoming.press)
    elif counsellor.heard(turn, incoming):
        return
    elif incoming.kind is Kind.TEXT:
        typed_words.heard(turn, incoming.text)
    elif _is_free(turn, incoming) and board_told.forwarded(turn, incoming.text):
        return
    elif incoming.location is None or not _shared_place(turn, incoming.location):
        _other(turn, incoming.kind)


def _shared_place(turn: Turn, location: tuple[float, float]) -> bool:
    """A position where a town is asked for; False where it is not, or nothing is near."""
    asked = waiting.question(turn)
    answer = looked_up.shared_place(turn, location) if asked and asked.name == "place" else None
    return asked is not None and answer is not None and asked.dialogue.fire(turn, "answer", answer)


def _is_free(turn: Turn, incoming: Incoming) -> bool:
    """Whether a forwarded message answers no question."""
    return (
        incoming.kind is Kind.FORWARDED
        and turn.person.focus not in typed_words.TYPED
        and onboarding.is_done(turn)
    )


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


ABOUT_DATA = frozenset(("mydata", "access"))
"""Conversations about what is kept of oneself."""


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
    return press.dialogue in ABOUT_DATA or (press.dialogue == "settings" and press.value in harmless)


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
        typed_words.repeat_question(turn)
        return
    commands.run(turn, name, incoming.text)


# Buttons


def _button(turn: Turn, press: Press | None) -> None:
    former = turn.person.language, turn.person.form
    if not pressing.run(turn, press):
        pressing.stale(turn, press)
    elif former != (turn.person.language, turn.person.form):
        typed_words.repeat_question(turn)  # in the language that was just chosen


def _other(turn: Turn, kind: Kind) -> None:
    """A voice message, a photo, a sticker...: what Bob can and cannot do with it, then the question again."""
    turn.lead.append(turn.voice(f"kinds.{kind.value}"))
    typed_words.repeat_question(turn)
