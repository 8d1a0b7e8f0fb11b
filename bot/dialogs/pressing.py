"""A pressed button: whether it still fits where things stand, and the one line for those that do not."""

from __future__ import annotations

from collections.abc import Callable

from bot.dialogs import (
    access,
    appointments,
    board,
    call_me,
    counsellor,
    daily,
    diagnosis,
    found,
    later,
    mydata,
    offering,
    onboarding,
    own,
    plan,
    profile,
    proposed,
    setbacks,
    settings,
    strategies,
    topics,
    weekly,
    welcome,
    welcome_back,
    workshop,
)
from bot.dialogs.incoming import Press
from bot.dialogs.machine import Dialogue
from bot.dialogs.replies import Toast
from bot.dialogs.standing import is_open
from bot.dialogs.turn import OpenDialogue, Turn

_ROOMS = {
    "welcome": welcome,
    "onboarding": onboarding,
    "diagnosis": diagnosis,
    "strategies": strategies,
    "day": daily,
    "plan": plan,
    "own": own,
    "setback": setbacks,
    "back": welcome_back,
    "later": later,
    "found": found,
    "profile": profile,
    "settings": settings,
    "board": board,
    "weekly": weekly,
    "mydata": mydata,
    "counsellor": counsellor,
}
DIALOGUES: dict[str, Dialogue] = {name: room.DIALOGUE for name, room in _ROOMS.items()} | {
    appointments.DIALOGUE.name: appointments.DIALOGUE
}
_PRESSES: dict[str, Callable[[Turn, str], bool]] = {name: room.press for name, room in _ROOMS.items()}


def run(turn: Turn, press: Press | None, only: str | None = None) -> bool:
    """Do what a button asks; False when it fits nothing: stale, forged, of other code. `only`: of this dialogue."""
    if press is None or (only and press.dialogue != only):
        return False
    if press.dialogue == topics.BUTTON.dialogue:  # keeps no place
        return press.version == topics.BUTTON.version and topics.press(turn, press.value)
    if press.dialogue == access.BUTTON.dialogue:  # nor does this one
        return press.version == access.BUTTON.version and access.press(turn, press.value)
    if press.dialogue == workshop.BUTTON.dialogue:  # names what it is about
        return press.version == workshop.BUTTON.version and workshop.press(turn, press.value)
    if press.dialogue == proposed.BUTTON.dialogue:
        return press.version == proposed.BUTTON.version and proposed.press(turn, press.value)
    if press.dialogue == call_me.BUTTON.dialogue:
        return press.version == call_me.BUTTON.version and call_me.press(turn, press.value)
    dialogue = DIALOGUES.get(press.dialogue)
    if dialogue is None or press.version != dialogue.version:
        return False
    if dialogue is appointments.DIALOGUE:  # most of its buttons name an appointment, not a step
        return appointments.press(turn, press.step, press.value)
    if press.dialogue == "day":
        if press.value == "done" and onboarding.at_micro(turn) and is_open(turn.pressed_action):
            return onboarding.micro_done(turn)
        return daily.press(turn, press.value)
    if press.dialogue in _ANYWHERE:
        return _PRESSES[press.dialogue](turn, press.value)
    place = turn.person.dialogues.get(press.dialogue)
    if place is None or press.step not in (place.state, *_ALSO_FROM.get(place.state, ())):
        return False
    return _PRESSES[press.dialogue](turn, press.value)


_ANYWHERE = frozenset((board.DIALOGUE.name, weekly.DIALOGUE.name, counsellor.DIALOGUE.name))
"""Dialogues whose buttons name what they are about, and are checked against that: they work in every state."""

_ALSO_FROM = {
    "set": ("menu", "language", "less"),
    "paused": ("language", "less"),
    "exported": ("menu",),
    "settled": ("told",),
    "detail": ("list",),
    "refusing": ("list",),
    "weeks": ("helped",),
    "first_day": ("helped",),
    "surveys": ("helped",),
    "working": ("helped",),
}
"""State -> steps whose buttons still work in it: those of a message that asks nothing anew."""


def stale(turn: Turn, press: Press | None) -> None:
    """A button of another moment: one line, and where things stand now, unless that was only just said."""
    turn.toast = Toast(turn.voice("help.stale"))
    if press is None or press.dialogue not in DIALOGUES:
        return
    turn.on_message = False
    view = turn.open_action
    if press.dialogue == "day":
        if view is not None and is_open(view) and view != turn.pressed_action:
            offering.again(turn, view)
        return
    place = turn.person.dialogues.get(press.dialogue)
    if place is not None and press.dialogue == turn.person.focus and not _just_moved(turn, place):
        DIALOGUES[press.dialogue].repeat(turn)


def _just_moved(turn: Turn, place: OpenDialogue) -> bool:
    """Whether the conversation went on a moment ago: the second tap of a double one needs no message."""
    return place.updated_at is not None and turn.now - place.updated_at < daily.TWICE
