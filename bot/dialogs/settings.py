"""Language and form, less often, pause (by button or in one's own words), stop, resume."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from bot.dialogs import mydata, rhythm
from bot.dialogs.effects import DropPlan
from bot.dialogs.machine import Dialogue, Row, Step
from bot.dialogs.next_action import next_words
from bot.dialogs.replies import Button, Reply
from bot.dialogs.turn import Turn
from bot.understanding.pauses import PauseKind, pause

LANGUAGES = {"fr-vous": ("fr", "vous"), "fr-tu": ("fr", "tu"), "en-vous": ("en", "vous")}
LABELS = (("Français, vous", "fr-vous"), ("Français, tu", "fr-tu"), ("English", "en-vous"))
RHYTHMS = {"daily": frozenset(range(1, 7)), "three": frozenset({1, 3, 5}), "weekly": frozenset({1})}
PAUSES = {"pause3": 3, "pause7": 7, "pause30": 30}
LONGEST_PAUSE = timedelta(days=366)
ANSWERED_WITHIN = timedelta(hours=1)
"""Words typed later than that after "a break?" are no answer to it any more."""
STOPPED = "stopped"
"""Reason of a pause that is none: kept beside the status, so that a blocked bot does not make it forgotten."""


def show(turn: Turn, state: str) -> None:
    """Open one of the settings; typed words go on belonging to the conversation that had them.

    Only the choice of a pause takes them: "jusqu'au 12" answers it.
    """
    DIALOGUE.leave(turn)
    DIALOGUE.enter(turn, state, take_focus=state == "less")


# Language


def _language(step: Step) -> None:
    turn = step.turn
    row = tuple(DIALOGUE.button(label, value, "language") for label, value in LABELS)
    turn.say(Reply(turn.voice("settings.language"), buttons=(row,)))


def _speak(step: Step) -> None:
    turn = step.turn
    turn.person.language, turn.person.form = LANGUAGES[step.answer]
    turn.say(Reply(turn.voice("settings.language_set"), replace=turn.on_message))


# Less often, pauses


def _less(step: Step) -> None:
    turn, voice = step.turn, step.turn.voice

    def row(*values: str) -> tuple[Button, ...]:
        return tuple(DIALOGUE.button(voice(f"settings.{value}"), value, "less") for value in values)

    rows = (row("three", "weekly", "daily"), row("pause3", "pause7", "pause30"))
    turn.say(Reply(voice("settings.less"), buttons=rows))


def _rhythm(step: Step) -> None:
    turn, voice = step.turn, step.turn.voice
    DIALOGUE.leave(turn)
    turn.profile = turn.profile.with_answers(days=RHYTHMS[step.answer])
    wake(turn)
    chosen = voice(f"settings.{step.answer}")
    if voice.language == "fr":
        chosen = chosen[0].lower() + chosen[1:]  # in the middle of a sentence
    text = voice("settings.rhythm_set", rhythm=chosen, next=next_words(turn))
    turn.say(Reply(text, replace=turn.on_message))


def _pause(step: Step) -> None:
    """Pause until the local date that was answered: the first day on which messages may come again."""
    turn = step.turn
    DIALOGUE.leave(turn)
    until = _start_of_day(turn, step.answer)
    turn.person.status, turn.person.paused_until, turn.person.pause_reason = "paused", until, "asked"
    _drop_recall(turn)
    first = rhythm.next_due(turn.profile, until, turn.person.last_push)
    day = turn.voice.date(first.astimezone(turn.local_now.tzinfo).date())
    turn.say(Reply(turn.voice("settings.paused", day=day), replace=turn.on_message))


def _start_of_day(turn: Turn, day: date) -> datetime:
    """Midnight, local, of that day."""
    return datetime.combine(day, time(), turn.local_now.tzinfo).astimezone(turn.now.tzinfo)


def _drop_recall(turn: Turn) -> None:
    """No recall of a plan made before: one that is made after this is asked for, and comes."""
    if turn.open_action is not None:
        turn.do(DropPlan(turn.open_action.id))


# Stop and resume


def stop(turn: Turn) -> None:
    """`/stop`: nothing more is sent, from now on; the profile stays."""
    person = turn.person
    person.status, person.paused_until, person.pause_reason = "stopped", None, STOPPED
    _drop_recall(turn)
    show(turn, "stopped")


def _stopped(step: Step) -> None:
    turn, voice = step.turn, step.turn.voice
    keep = DIALOGUE.button(voice("settings.keep"), "keep", "stopped")
    resume_it = DIALOGUE.button(voice("settings.resume"), "resume", "stopped")
    delete = DIALOGUE.button(voice("settings.delete"), "delete", "stopped")
    turn.say(Reply(voice("settings.stopped"), buttons=((keep, resume_it), (delete,))))


def _kept(step: Step) -> None:
    turn = step.turn
    turn.say(Reply(turn.voice("settings.stopped_kept"), replace=turn.on_message))


def _resume(step: Step) -> None:
    resume(step.turn)


def _delete(step: Step) -> None:
    mydata.ask_delete(step.turn)


def wake(turn: Turn) -> None:
    """Neither paused nor stopped any more."""
    turn.person.status, turn.person.paused_until, turn.person.pause_reason = "active", None, None


def resume(turn: Turn) -> None:
    """`/reprendre`: the daily actions come again."""
    key = "settings.already_active" if turn.person.status == "active" else "settings.resumed"
    wake(turn)
    turn.say(Reply(turn.voice(key, next=next_words(turn)), replace=turn.on_message))


def back_in_touch(turn: Turn) -> None:
    """They write again after the bot was blocked: as it was before, a stop or a pause included."""
    person = turn.person
    if person.status != "unreachable":
        return
    if person.pause_reason == STOPPED:
        person.status = "stopped"
    elif person.paused_until is not None and person.paused_until > turn.now:
        person.status = "paused"
    else:
        person.status = "active"


DIALOGUE = Dialogue(
    "settings",
    states={"language": (_language,), "less": (_less,), "stopped": (_stopped,), "set": ()},
    rows=(
        Row("speak", ("language", "set"), "set", (), (_speak,)),
        Row("rhythm", ("less", "set"), "set", (), (_rhythm,)),
        Row("pause", ("less", "set"), "set", (), (_pause,)),
        Row("keep", "stopped", "set", (), (_kept,)),
        Row("resume", "stopped", "set", (), (_resume,)),
        Row("delete", ("stopped", "set"), "set", (), (_delete,)),
    ),
    initial="set",
)


def press(turn: Turn, value: str) -> bool:
    """A button of the settings; False when it fits nothing."""
    if value in LANGUAGES:
        return DIALOGUE.fire(turn, "speak", value)
    if value in RHYTHMS:
        return DIALOGUE.fire(turn, "rhythm", value)
    if value in PAUSES:
        return DIALOGUE.fire(turn, "pause", turn.today + timedelta(days=PAUSES[value]))
    return value in ("keep", "resume", "delete") and DIALOGUE.fire(turn, value)


def typed(turn: Turn, text: str) -> bool:
    """A pause in one's own words, where one is offered. False for all others: it gives the focus back."""
    place = DIALOGUE.open(turn)
    late = place.updated_at is not None and turn.now - place.updated_at > ANSWERED_WITHIN
    asked = pause(text, turn.today)
    if place.state != "less" or late or asked.kind is PauseKind.UNCLEAR:
        DIALOGUE.leave(turn)
        return False
    if asked.until is None or not turn.today < asked.until <= turn.today + LONGEST_PAUSE:
        turn.tell("settings.until_when")
        return True
    return DIALOGUE.fire(turn, "pause", asked.until)
