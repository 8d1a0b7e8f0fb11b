"""An appointment that is told, moved or called off in a sentence, whatever was being talked about."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.dialogs import appointment_book as book
from bot.dialogs import appointments, board_interviews, brief
from bot.dialogs.appointment import Appointment
from bot.dialogs.appointment_answers import LONGEST_PLACE
from bot.dialogs.machine import Step
from bot.dialogs.replies import Reply
from bot.dialogs.turn import Turn
from bot.sources.plain import plain
from bot.understanding import applications
from bot.understanding import appointments as words
from bot.understanding.appointment_places import names_employer
from bot.understanding.appointments import Told, What
from bot.understanding.text import clean

_VERBS = {What.MOVED: "move", What.CANCELLED: "cancel", What.HINDERED: "show"}
"""What the buttons do where several appointments may be meant."""


def heard(turn: Turn, text: str, *, busy: bool) -> bool:
    """A sentence that tells of an appointment; False when it does not.

    `busy`: another question waits, which the words may answer: then only a whole appointment counts. An interview with
    a named employer is on the board too; what else becomes of an application is the board's alone.
    """
    told = words.appointment(text, turn.today)
    if told.what is None or (busy and not _is_sure(turn, told)):
        return False
    applied = board_interviews.read(turn, text)
    is_other_news = applied is not None and applied.status is not applications.Status.INTERVIEW
    if told.what is What.NEW:
        is_over = applied is not None and applied.date is not None and applied.date < turn.today
        if is_other_news or is_over:
            return False
        if told.passed and told.day is None:
            if applied is None:
                turn.tell("appointments.gone")
            return applied is None
        is_interview = _is_interview(turn, told, applied)
        _tell_new(turn, replace(told, kind="interview") if is_interview else told, applied)
        return True
    waiting = _asked_about(turn)
    found = _meant(turn, told, waiting)
    if told.what is not What.MOVED and _is_the_waiting_one(told, waiting, found):
        return appointments.DIALOGUE.fire(turn, "drop")
    if not found and is_other_news:
        return False
    if not found:
        if told.what is What.MOVED and told.day and told.at:
            _tell_new(turn, told, applied)
        else:
            turn.tell(
                "appointments.not_found"
                if told.what is What.MOVED or book.coming(turn)
                else "appointments.none_noted"
            )
    elif len(found) > 1:
        verb = _VERBS[told.what]
        shown = list(enumerate(found[: book.SHOWN], 1))
        lines = [f"{number}. {brief.line(turn, one)}" for number, one in shown]
        rows = tuple(
            (appointments.DIALOGUE.button(f"{number}. {book.label(turn, one)}", f"{verb}-{one.short}", ""),)
            for number, one in shown
        )
        turn.say(Reply("\n".join([turn.voice("appointments.ask.which"), *lines]), buttons=rows))
    elif told.what is not What.MOVED:
        if waiting and waiting.get("uid") == found[0].short:
            appointments.DIALOGUE.leave(turn)
        (book.cancel if told.what is What.CANCELLED else book.show_one)(turn, found[0])
    else:
        _tell_moved(turn, told, found[0])
    return True


def _is_sure(turn: Turn, told: Told) -> bool:
    """Whether it is no answer to the question that waits: a whole appointment, or one named that is called off.

    Where the question is about an appointment, another one that is told is not that one either.
    """
    if told.day and told.at:
        return True
    waiting, named = _asked_about(turn), told.kind or told.place
    if told.what in (What.CANCELLED, What.HINDERED):
        return bool(told.former or told.kind or waiting is not None)
    if waiting is None:
        return False
    if told.what is What.MOVED:
        return told.former is not None
    return bool(told.passed or (named and told.day and not waiting.get("uid")))


def _asked_about(turn: Turn) -> dict[str, Any] | None:
    """What is known of the appointment whose day, hour, kind or place is being asked; None when none is."""
    if turn.person.focus != appointments.DIALOGUE.name:
        return None
    place = appointments.DIALOGUE.open(turn)
    return place.data if place.state in ("kind", "when", "where") else None


def _is_the_waiting_one(told: Told, waiting: dict[str, Any] | None, found: list[Appointment]) -> bool:
    """Whether the one that is called off is the one that is not noted yet."""
    if waiting is None or waiting.get("uid") or (told.kind and told.kind != waiting.get("kind")):
        return False
    day = waiting.get("day")
    return told.former is None or (not found and day == told.former.isoformat())


def _is_interview(turn: Turn, told: Told, applied: applications.Application | None) -> bool:
    """Whether it is with an employer: the words say so, or it is at one ("rdv chez Lidl"), or at one on the board."""
    if told.kind is not None or applied is None or told.no_such:
        return told.kind == "interview"
    if words.when(applied.company or "", turn.today) != (None, None):
        return False  # "à minuit" is no employer
    return (
        told.place is None or names_employer(told.place) or board_interviews.is_at_employer(turn, told.place)
    )


def _tell_new(turn: Turn, told: Told, applied: applications.Application | None) -> None:
    is_interview = told.kind == "interview"
    place = told.place or (applied.company if applied and is_interview else None)
    known = (
        board_interviews.told_as_appointment(turn, applied, told.place, told.day) if is_interview else None
    )
    number, is_news = known or (None, False)
    data = {
        "application": number,
        "kind": told.kind or "other",
        "place": clean(place or "", LONGEST_PLACE) or None,
        "day": told.day.isoformat() if told.day else None,
        "at": told.at.isoformat() if told.at else None,
    }
    answer = len(turn.replies)
    _ask_or_settle(turn, data, told.no_such)
    if is_news:
        turn.replies[answer] = replace(turn.replies[answer], footer=turn.voice("board.interview_noted"))


def _tell_moved(turn: Turn, told: Told, one: Appointment) -> None:
    """A day alone keeps its hour, an hour alone its day."""
    was, data = one.seen_in(turn.zone), {"uid": one.short}
    if told.day or told.at:
        data["day"] = (told.day or was.date()).isoformat()
        data["at"] = (told.at or was.time()).isoformat()
    _ask_or_settle(turn, data, told.no_such)


def _ask_or_settle(turn: Turn, data: dict[str, Any], no_such: str | None) -> None:
    place = appointments.DIALOGUE.open(turn)
    step = Step("when", turn, place)
    place.data.update(dict.fromkeys(appointments.EDITED) | data)
    if appointments.is_whole(step):
        place.state = "quiet"
        appointments.settle(step)
        return
    if no_such:
        turn.lead.append(turn.voice("appointments.no_such", day=no_such))
    elif appointments.moment(step) is not None:
        turn.lead.append(turn.voice("appointments.past"))
        data = data | {"day": None}
    appointments.start(turn, "when", **data)


def _meant(turn: Turn, told: Told, waiting: dict[str, Any] | None) -> list[Appointment]:
    """The appointments that a change may be about: by the day it was on, then its kind, then its place."""
    found = book.coming(turn)
    if waiting and waiting.get("uid") and told.former is None and told.kind is None:
        return [one for one in found if one.short == waiting["uid"]]
    if told.former is not None:
        found = [one for one in found if one.seen_in(turn.zone).date() == told.former]
    if told.kind is not None:
        found = [one for one in found if one.kind == told.kind] or found * (told.former is not None)
    if told.place is not None and len(found) > 1:
        said = plain(told.place).split()[-1]
        found = [one for one in found if one.place and said in plain(one.place).split()] or found
    return found
