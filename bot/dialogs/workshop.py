"""A workshop to which somebody was invited, and messages to several people: what is said, and what their buttons do.

A button names the seat (or the link) that it is about, so it works whatever was said meanwhile. What becomes of a
seat is known to the shell alone: others press at the same time. It says the outcome with the words below.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from bot.dialogs.appointment import Appointment
from bot.dialogs.calendar_file import NAME, calendar_file
from bot.dialogs.effects import AnswerSeat, RefuseSeveral
from bot.dialogs.replies import Button, ButtonMaker, Reply, Rows, Toast
from bot.dialogs.texts import Voice
from bot.dialogs.turn import OpenDialogue, Turn

BUTTON = ButtonMaker("workshop")
_VALUE = re.compile(r"(go|no|off|on)-(\d{1,17})")
_BUTTONS: Final = {
    "kept": ("go", "no"),
    "offered": ("go", "no"),
    "waiting": ("drop",),
    "full": ("drop",),
    "lowered": ("drop",),
    "missed": ("tell_me",),
    "accepted": ("no_more",),
    "moved": ("go", "no"),
    "moved_waiting": ("drop",),
    "moved_accepted": ("no_more",),
    "declined": ("after_all",),
    "left_line": ("after_all",),
}
"""What a message can be answered with (`workshop.button.*`)."""
_GOING: Final = frozenset(("go", "tell_me", "after_all"))


@dataclass(frozen=True, slots=True)
class Details:
    """A workshop as one person is told of it. `when`, `until`: their wall clock, naive; `today`: their date.

    who: the name of the member of the team who invites.
    """

    seat: int
    title: str
    place: str
    who: str
    when: datetime
    today: date
    until: datetime | None = None


def message(voice: Voice, key: str, told: Details, *, replace: bool = False) -> Reply:
    """The message for what has become of somebody's seat (`workshop.told.*`), with its buttons."""
    until = voice.moment(told.until, told.today) if told.until is not None else ""
    text = voice(
        f"workshop.told.{key}",
        who=told.who,
        when=voice.moment(told.when, told.today),
        place=told.place,
        until=until,
    )
    return Reply(text, title=told.title, buttons=_rows(voice, key, told.seat), replace=replace)


def _rows(voice: Voice, key: str, seat: int) -> Rows:
    row = tuple(
        BUTTON(voice(f"workshop.button.{name}"), f"{'go' if name in _GOING else 'no'}-{seat}", "")
        for name in _BUTTONS.get(key, ())
    )
    return (row,) if row else ()


def calendar_message(voice: Voice, one: Appointment, title: str, now: datetime) -> Reply:
    """The file for the person's own calendar: the workshop added, moved or taken out."""
    key = "workshop.file_cancelled" if one.cancelled else "workshop.file"
    return Reply(voice(key), document_name=NAME, document=calendar_file(one, title, now))


def several(voice: Voice, words: str, *, who: str, team: str, link: int | None) -> Reply:
    """A message of a counsellor to several people; without a link, as it is shown beforehand."""
    refuse: tuple[tuple[Button, ...], ...] = ()
    if link is not None:
        refuse = ((BUTTON(voice("workshop.button.off"), f"off-{link}", ""),),)
    return Reply(
        words,
        title=voice("workshop.several.head", who=who, team=team),
        footer=voice("workshop.several.foot", who=who),
        buttons=refuse,
    )


# What buttons do


def press(turn: Turn, value: str) -> bool:
    """A button of these messages; False when it fits nothing."""
    found = _VALUE.fullmatch(value)
    if found is None:
        return False
    verb, number = found[1], int(found[2])
    if verb in ("off", "on"):
        turn.do(RefuseSeveral(number, off=verb == "off"))
    else:
        turn.do(AnswerSeat(number, going=verb == "go"))
    return True


def open_appointments(turn: Turn) -> None:
    """From now on the person has appointments to be looked up."""
    turn.person.dialogues.setdefault("appointment", OpenDialogue("quiet", 1))


def say_outcome(turn: Turn, key: str, told: Details) -> None:
    """The pressed message says what has become of the seat."""
    turn.say(message(turn.voice, key, told, replace=turn.on_message))


def say_short(turn: Turn, key: str) -> None:
    """Nothing changes: a line over the button (`workshop.short.*`)."""
    turn.toast = Toast(turn.voice(f"workshop.short.{key}"))


def say_refused(turn: Turn, link: int, team: str, *, off: bool) -> None:
    """Messages to several people stop for a while, or come again; with a way back."""
    verb = "on" if off else "off"
    back = BUTTON(turn.voice(f"workshop.button.{verb}"), f"{verb}-{link}", "")
    key = "workshop.several.is_off" if off else "workshop.several.is_on"
    turn.say(Reply(turn.voice(key, team=team), buttons=((back,),)))
