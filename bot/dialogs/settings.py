"""Language and form, less often, pause, stop, resume."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bot.dialogs import daily
from bot.dialogs.machine import Dialogue, Row, Step
from bot.dialogs.replies import Button, Reply
from bot.dialogs.turn import Turn

LANGUAGES = {"fr-vous": ("fr", "vous"), "fr-tu": ("fr", "tu"), "en-vous": ("en", "vous")}
RHYTHMS = {"daily": frozenset(range(1, 7)), "three": frozenset({1, 3, 5}), "weekly": frozenset({1})}
PAUSES = {"pause3": 3, "pause7": 7, "pause30": 30}


def _language(step: Step) -> None:
    turn = step.turn
    labels = (("Français, vous", "fr-vous"), ("Français, tu", "fr-tu"), ("English", "en-vous"))
    row = tuple(DIALOGUE.button(label, value, "language") for label, value in labels)
    turn.say(Reply(turn.voice("settings.language"), buttons=(row,)))


def _speak(step: Step) -> None:
    turn = step.turn
    turn.person.language, turn.person.form = LANGUAGES[step.answer]
    turn.say(Reply(turn.voice("settings.language_set"), replace=True))


def _less(step: Step) -> None:
    turn, voice = step.turn, step.turn.voice

    def row(*values: str) -> tuple[Button, ...]:
        return tuple(DIALOGUE.button(voice(f"settings.{value}"), value, "less") for value in values)

    turn.say(
        Reply(
            voice("settings.less"),
            buttons=(row("three", "weekly", "daily"), row("pause3", "pause7", "pause30")),
        )
    )


def _rhythm(step: Step) -> None:
    turn = step.turn
    turn.profile = turn.profile.with_answers(days=RHYTHMS[step.answer])
    _wake(turn)
    turn.say(
        Reply(
            turn.voice(
                "settings.rhythm_set",
                rhythm=turn.voice(f"settings.{step.answer}"),
                next=daily.next_words(turn),
            ),
            replace=True,
        )
    )


def _pause(step: Step) -> None:
    turn = step.turn
    until = _start_of_day(turn, PAUSES[step.answer])
    turn.person.status, turn.person.paused_until, turn.person.pause_reason = "paused", until, "asked"
    day = turn.voice.date(until.astimezone(turn.local_now.tzinfo).date())
    turn.say(Reply(turn.voice("settings.paused", day=day), replace=True))


def _start_of_day(turn: Turn, days: int) -> datetime:
    """Midnight, local, that many days ahead: the first day on which messages may come again."""
    day = turn.today + timedelta(days=days)
    return datetime.combine(day, time(), turn.local_now.tzinfo).astimezone(turn.now.tzinfo)


def _stop(step: Step) -> None:
    turn, voice = step.turn, step.turn.voice
    turn.person.status, turn.person.paused_until = "stopped", None
    keep = DIALOGUE.button(voice("settings.keep"), "keep", "stopped")
    resume = DIALOGUE.button(voice("settings.resume"), "resume", "stopped")
    delete = DIALOGUE.button(voice("settings.delete"), "delete", "stopped")
    turn.say(Reply(voice("settings.stopped"), buttons=((keep, resume), (delete,))))


def _kept(step: Step) -> None:
    step.turn.say(Reply(step.turn.voice("settings.stopped_kept"), replace=True))


def _resume(step: Step) -> None:
    resume(step.turn)


def _delete(step: Step) -> None:
    from bot.dialogs import mydata

    mydata.ask_delete(step.turn)


def _wake(turn: Turn) -> None:
    turn.person.status, turn.person.paused_until, turn.person.pause_reason = "active", None, None


def resume(turn: Turn) -> None:
    """`/reprendre`: the daily actions come again."""
    was = turn.person.status
    _wake(turn)
    turn.tell(
        "settings.resumed" if was != "active" else "settings.already_active", next=daily.next_words(turn)
    )


DIALOGUE = Dialogue(
    "settings",
    states={"language": (_language,), "less": (_less,), "stopped": (_stop,), "set": ()},
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


def show(turn: Turn, state: str) -> None:
    """Open one of the settings; typed words go on belonging to the conversation that had them."""
    focus = turn.person.focus
    DIALOGUE.enter(turn, state)
    turn.person.focus = focus


def press(turn: Turn, value: str) -> bool:
    """A button of the settings; False when it fits nothing."""
    if value in LANGUAGES:
        return DIALOGUE.fire(turn, "speak", value)
    if value in RHYTHMS:
        return DIALOGUE.fire(turn, "rhythm", value)
    if value in PAUSES:
        return DIALOGUE.fire(turn, "pause", value)
    return value in ("keep", "resume", "delete") and DIALOGUE.fire(turn, value)
