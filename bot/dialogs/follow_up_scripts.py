"""A follow-up as an action like those of the catalogue: what to do, the first step, and the words ready to send."""

from __future__ import annotations

from datetime import date

from bot.advice.applications import Application, State
from bot.advice.facts import Family
from bot.advice.follow_ups import FollowUp, Kind
from bot.advice.items import Action, Device, Effort, Grade, Wording
from bot.dialogs.turn import Turn

PREFIX = "application-board-"
"""What an action's id begins with when it follows up on an application; the kind of script follows. No employer is
named there: ids are counted over everybody.
"""
REASON = "follow_up"
"""What names the application, by its number, among an action's reasons."""
MINUTES, EASIER_MINUTES = 5, 2
_SOURCE = "Pratique de conseil"
_REVIEWED = date(2026, 11, 26)


def number_of(reasons: tuple[str, ...]) -> int | None:
    """The number of the application that an action follows up on; None for all other actions."""
    for reason in reasons:
        kind, _, number = reason.partition(":")
        if kind == REASON and number.isdigit():
            return int(number)
    return None


def application_of(turn: Turn, reasons: tuple[str, ...]) -> Application | None:
    """The application behind these reasons, if it is still there."""
    number = number_of(reasons)
    return next((one for one in turn.board if one.number == number), None)


def item(turn: Turn, catalogue_id: str, reasons: tuple[str, ...]) -> Action | None:
    """The action of that id, written for the person; None for an id of the catalogue, or one gone."""
    if not catalogue_id.startswith(PREFIX):
        return None
    name, one = catalogue_id.removeprefix(PREFIX), application_of(turn, reasons)
    return _item(turn, one, Kind(name)) if one is not None and name in set(Kind) else None


def item_of(turn: Turn, due: FollowUp) -> Action:
    """The action for a follow-up that is due."""
    return _item(turn, due.application, due.kind)


def _item(turn: Turn, one: Application, kind: Kind) -> Action:
    voice = turn.voice
    day = one.days.get(_spoken_of(kind))
    values = {
        "employer": one.company or voice("follow_up.the_employer"),
        "of_job": voice("follow_up.of_job", job=one.job) if one.job else "",
        "on_day": voice("follow_up.on_day", day=voice.short_date(day)) if day else "",
    }
    wording = Wording(
        text=voice(f"follow_up.text.{kind}", employer=values["employer"]),
        first=voice(f"follow_up.first.{kind}"),
        easier=voice("follow_up.easier", employer=values["employer"]),
        payload=voice(
            f"follow_up.payload.{kind}",
            of_job=values["of_job"],
            on_day=values["on_day"],
            first_name="{first_name}",  # filled in with the rest, when the action is said
        ),
    )
    return Action(
        id=f"{PREFIX}{kind}",
        family=Family.APPLICATION,
        obstacles=(),
        serves=(),
        minutes=MINUTES,
        effort=Effort.SMALL,
        when=(),
        repeat_days=0,
        grade=Grade.EXPERT,
        source=_SOURCE,
        contributor="Bob",
        reviewed=_REVIEWED,
        device=Device.PHONE,
        easier_minutes=EASIER_MINUTES,
        fr=wording,
        en=wording,
    )


def _spoken_of(kind: Kind) -> State:
    """The state whose date a script names."""
    return State.INTERVIEW if kind in (Kind.THANKS, Kind.INTERVIEW) else State.SENT


def because(turn: Turn, number: str) -> str | None:
    """The clause of "because...": "votre candidature est partie il y a 8 jours"."""
    one = application_of(turn, (f"{REASON}:{number}",))
    state = State.INTERVIEW if one is not None and one.state is State.INTERVIEW else State.SENT
    day = one.days.get(state) if one is not None else None
    if one is None or day is None or day >= turn.today:
        return None
    subject = "interview" if state is State.INTERVIEW else "application"
    return turn.voice(f"follow_up.because.{subject}", n=(turn.today - day).days)
