"""Somebody comes back after months: nothing is assumed, nothing is to be caught up on, what changed is asked."""

from __future__ import annotations

from datetime import timedelta

from bot.dialogs import in_work, onboarding, plan, profile, settings
from bot.dialogs.machine import Dialogue, Row, Step
from bot.dialogs.next_action import next_words
from bot.dialogs.replies import Button, Reply
from bot.dialogs.turn import Turn

AWAY = timedelta(days=60)
"""After so long without a sign of life, somebody is welcomed back."""


def is_due(turn: Turn) -> bool:
    """Whether this event is the first after months, of somebody who had answered the questions.

    Not of people in work: their silence is no absence.
    """
    seen = turn.person.last_seen
    if seen is None or turn.now - seen < AWAY or in_work.is_working(turn.person):
        return False
    return onboarding.is_done(turn)


def prepare(turn: Turn) -> None:
    """Questions of months ago do not get the first words of somebody who comes back."""
    plan.DIALOGUE.close(turn)
    turn.person.focus = None


def greet(turn: Turn) -> None:
    """Welcome back: once an event, however often it is asked for."""
    place = turn.person.dialogues.get(DIALOGUE.name)
    if place is None or place.data.get("at") != turn.now.isoformat():
        DIALOGUE.enter(turn, "asking", take_focus=False, at=turn.now.isoformat())


def _ask(step: Step) -> None:
    turn, voice = step.turn, step.turn.voice
    name = turn.profile.first_name
    hello = voice("back.hello_named", name=name) if name else voice("back.hello")
    values = ["same", "answers"]
    if turn.person.status in ("stopped", "paused"):
        values.append("resume")
    row: tuple[Button, ...] = tuple(
        DIALOGUE.button(voice(f"back.button.{value}"), value, "asking") for value in values
    )
    turn.say(Reply(f"{hello} {voice('back.ask')}", buttons=(row,)))


def _same(step: Step) -> None:
    turn = step.turn
    turn.say(Reply(turn.voice("back.same", next=next_words(turn)), replace=turn.on_message))


def _answers(step: Step) -> None:
    profile.show(step.turn)


def _resume(step: Step) -> None:
    settings.resume(step.turn)


DIALOGUE = Dialogue(
    "back",
    states={"quiet": (), "asking": (_ask,)},
    rows=(
        Row("same", "asking", "quiet", (), (_same,)),
        Row("answers", "asking", "quiet", (), (_answers,)),
        Row("resume", "asking", "quiet", (), (_resume,)),
    ),
    initial="quiet",
)


def press(turn: Turn, value: str) -> bool:
    """A button of the welcome; False when it fits nothing."""
    return value in ("same", "answers", "resume") and DIALOGUE.fire(turn, value)
