"""Language and form, less often, pause (by button or in one's own words), stop, resume, the end of a long silence."""

from __future__ import annotations

from datetime import timedelta

from bot.dialogs import asked_for, mydata, pausing
from bot.dialogs.effects import DropPlan
from bot.dialogs.machine import Dialogue, Row, Step
from bot.dialogs.next_action import next_words
from bot.dialogs.pausing import Asked
from bot.dialogs.replies import Button, Reply
from bot.dialogs.turn import Turn
from bot.understanding import intents, pause_days
from bot.understanding.intents import Intent
from bot.understanding.pauses import Pause, PauseKind, pause, told

LANGUAGES = {"fr-vous": ("fr", "vous"), "fr-tu": ("fr", "tu"), "en-vous": ("en", "vous")}
LABELS = (("Français, vous", "fr-vous"), ("Français, tu", "fr-tu"), ("English", "en-vous"))
RHYTHMS = {"daily": frozenset(range(1, 7)), "three": frozenset({1, 3, 5}), "weekly": frozenset({1})}
PAUSES = {"pause3": 3, "pause7": 7, "pause30": 30}
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


def rest(turn: Turn) -> None:
    """A day without anything: today, or tomorrow when today's message is there already."""
    had_todays = turn.person.last_push is not None and turn.person.last_push >= turn.today
    until = turn.today + timedelta(days=2 if had_todays else 1)
    DIALOGUE.fire(turn, "pause", Asked(until, "settings.rest"))


def _pause(step: Step) -> None:
    """Pause as asked, say until when, and offer to undo it; other lengths too where the person named none."""
    turn, voice, asked = step.turn, step.turn.voice, step.answer
    another_end = step.state == "paused" and _just_begun(turn) and "former" in step.data
    first = asked.first
    if another_end and "away" in step.data["former"] and first is None and asked.key != "settings.rest":
        first = pausing.coming(turn)  # another end of the same absence
    if another_end and (first is None) == ("away" in step.data["former"]):
        pausing.undo(turn, step.data["former"])  # one of the other kind takes its place
        another_end = False
    DIALOGUE.leave(turn)
    former, key = pausing.begin(turn, asked.until, first), asked.key
    if another_end:  # of the same pause: what it is for, and what it is undone to, stay
        former, key = step.data["former"], step.data.get("key", key)
    step.data["former"], step.data["key"] = former, key
    rows: list[tuple[Button, ...]] = [(DIALOGUE.button(voice("settings.undo_pause"), "undo", "paused"),)]
    if asked.open_ended:
        others = ("pause3", "pause30")
        rows.insert(
            0, tuple(DIALOGUE.button(voice(f"settings.{value}"), value, "paused") for value in others)
        )
    text = pausing.confirmed(turn, asked, first, key)
    footer = asked_for.while_off(turn, "appointments.while_paused")
    turn.say(Reply(text, buttons=tuple(rows), footer=footer, replace=turn.on_message))


def _is_paused(step: Step) -> bool:
    return "former" in step.data and pausing.stands(step.turn, step.data)


def _undo(step: Step) -> None:
    """As it was before the pause."""
    turn = step.turn
    pausing.undo(turn, step.data.pop("former"))
    turn.say(Reply(turn.voice("settings.pause_undone", next=next_words(turn)), replace=turn.on_message))


def hears_pause(turn: Turn, text: str) -> bool:
    """Whether these words tell of a pause, or take back the one that was just begun."""
    if _is_undone(turn, text) or _pause_in(turn, text).kind is not PauseKind.UNCLEAR:
        return True
    return pause_days.asks_impossibly(text, turn.today)


def _just_begun(turn: Turn) -> bool:
    """Whether words typed now may be about the pause that Bob has just confirmed."""
    place = turn.person.dialogues.get(DIALOGUE.name)
    return (
        place is not None
        and place.state == "paused"
        and pausing.stands(turn, place.data)
        and not _is_late(turn)
    )


def _is_undone(turn: Turn, text: str) -> bool:
    return _just_begun(turn) and intents.intent(text) is Intent.BACK


def _pause_in(turn: Turn, text: str) -> Pause:
    """Right after a pause, another end of it is one too ("jusqu'au 12")."""
    if _just_begun(turn) and turn.person.focus is None:
        return pause(text, turn.today)
    return told(text, turn.today)


def pause_told(turn: Turn, text: str) -> bool:
    """A pause told in passing, and the way back right after it; False when the words are about something else."""
    if _is_undone(turn, text):
        return DIALOGUE.fire(turn, "undo")
    found = _pause_in(turn, text)
    if found.kind is PauseKind.UNCLEAR:
        return _ask_again(turn, text)
    if turn.person.status == "stopped":
        turn.say(next_words(turn))
        return True
    asked = pausing.asked(turn, found, text)
    return asked is not None and DIALOGUE.fire(turn, "pause", asked)


def _ask_again(turn: Turn, text: str) -> bool:
    """A pause until a day that does not exist: until when?"""
    if not pause_days.asks_impossibly(text, turn.today):
        return False
    turn.lead.append(turn.voice("settings.no_such_day"))
    show(turn, "less")
    return True


# Stop and resume


def stop(turn: Turn) -> None:
    """`/stop`: nothing more is sent, from now on; the profile stays."""
    person = turn.person
    person.status, person.paused_until, person.pause_reason = "stopped", None, STOPPED
    if turn.open_action is not None:
        turn.do(DropPlan(turn.open_action.id))
    show(turn, "stopped")


def _stopped(step: Step) -> None:
    turn, voice = step.turn, step.turn.voice
    keep = DIALOGUE.button(voice("settings.keep"), "keep", "stopped")
    resume_it = DIALOGUE.button(voice("settings.resume"), "resume", "stopped")
    delete = DIALOGUE.button(voice("settings.delete"), "delete", "stopped")
    rows, footer = ((keep, resume_it), (delete,)), asked_for.while_off(turn, "appointments.while_stopped")
    turn.say(Reply(voice("settings.stopped"), buttons=rows, footer=footer))


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
    if turn.profile.away_from is not None:
        turn.profile = turn.profile.with_answers(away_from=None, away_until=None)


def resume(turn: Turn) -> None:
    """`/reprendre`: the daily actions come again."""
    key = "settings.already_active" if turn.person.status == "active" else "settings.resumed"
    wake(turn)
    turn.say(Reply(turn.voice(key, next=next_words(turn)), replace=turn.on_message))


# The end of a long silence


def close_softly(turn: Turn) -> None:
    """The last message that nobody asked for: Bob falls silent until a sign of life."""
    DIALOGUE.leave(turn)
    DIALOGUE.enter(turn, "closing", take_focus=False)


def _closing(step: Step) -> None:
    turn, voice = step.turn, step.turn.voice
    resume_it = DIALOGUE.button(voice("settings.resume"), "resume", "closing")
    leave_it = DIALOGUE.button(voice("silence.leave_it"), "leave_it", "closing")
    turn.say(Reply(voice("silence.closing"), buttons=((resume_it, leave_it),)))


def _resume_after_silence(step: Step) -> None:
    turn = step.turn
    wake(turn)
    turn.say(Reply(turn.voice("settings.resumed", next=next_words(turn)), replace=turn.on_message))


def _leave_it(step: Step) -> None:
    """Rather nothing any more: a stop, said by themselves."""
    person = step.turn.person
    person.status, person.paused_until, person.pause_reason = "stopped", None, STOPPED
    step.turn.say(Reply(step.turn.voice("settings.stopped_kept"), replace=step.turn.on_message))


DIALOGUE = Dialogue(
    "settings",
    states={
        "language": (_language,),
        "less": (_less,),
        "stopped": (_stopped,),
        "closing": (_closing,),
        "paused": (),
        "set": (),
    },
    rows=(
        Row("speak", ("language", "set", "paused"), "set", (), (_speak,)),
        Row("rhythm", ("less", "set", "paused"), "set", (), (_rhythm,)),
        Row("pause", ("language", "less", "stopped", "closing", "set", "paused"), "paused", (), (_pause,)),
        Row("undo", "paused", "set", (_is_paused,), (_undo,)),
        Row("resume", "closing", "set", (), (_resume_after_silence,)),
        Row("leave_it", "closing", "set", (), (_leave_it,)),
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
        place = DIALOGUE.open(turn)
        begins = pausing.coming(turn) if place.state == "paused" and _just_begun(turn) else None
        until = (begins or turn.today) + timedelta(days=PAUSES[value])
        return DIALOGUE.fire(turn, "pause", Asked(until, first=begins))
    return value in ("keep", "resume", "delete", "undo", "leave_it") and DIALOGUE.fire(turn, value)


def typed(turn: Turn, text: str) -> bool:
    """A pause in one's own words, where one is offered. False for all others: it gives the focus back."""
    place = DIALOGUE.open(turn)
    found = pause(text, turn.today)
    if place.state == "less" and not _is_late(turn) and pause_days.impossible_end(text, turn.today):
        turn.lead.append(turn.voice("settings.no_such_day"))
        turn.tell("settings.until_when")
        return True
    if place.state != "less" or _is_late(turn) or found.kind is PauseKind.UNCLEAR:
        DIALOGUE.leave(turn)
        return False
    asked = pausing.asked(turn, found, text)
    if asked is None or asked.open_ended:
        turn.tell("settings.until_when")
        return True
    return DIALOGUE.fire(turn, "pause", asked)


def _is_late(turn: Turn) -> bool:
    """Whether the last of these messages was longer ago than words typed now can be about."""
    at = DIALOGUE.open(turn).updated_at
    return at is not None and turn.now - at > ANSWERED_WITHIN
