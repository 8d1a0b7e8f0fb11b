"""Interviews that are appointments too: noted on the board with them, moved with them, called off with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from bot.advice.applications import Application, State, newest_first
from bot.dialogs import board_kept, board_told
from bot.dialogs.appointment import Appointment
from bot.dialogs.board_words import kept_name, name_of, state_of
from bot.dialogs.turn import Turn
from bot.sources.plain import plain
from bot.understanding import applications

_BEFORE = "before_interview"
"""Where the board's conversation keeps what an application was before its interview was told, by its number."""


def read(turn: Turn, text: str) -> applications.Application | None:
    """What a sentence tells of an application of a named employer; None when it tells of none."""
    if len(text.split()) > board_told.LONGEST_SENTENCE:
        return None
    told = applications.application(text, turn.today, is_job=turn.is_job)
    return told if told.status is not None and kept_name(told.company) else None


def told_as_appointment(
    turn: Turn, told: applications.Application | None, place: str | None, day: date | None
) -> tuple[int, bool] | None:
    """The number of the application whose interview was just told as an appointment, and whether the board did not know
    of it yet. None where no employer is named.
    """
    if told is not None:
        company, job = kept_name(told.company), kept_name(told.job)
        former = board_told.same(turn, company, job)
    else:
        company, job = None, None
        known = [one for one in newest_first(turn.board) if one.state is not State.REFUSED]
        former = next((one for one in known if board_kept.names(one, place)), None)
        if former is None:
            return None
    days = {State.INTERVIEW: day} if day else {}
    noted = board_told.noted(turn, former, Application(0, turn.today, State.INTERVIEW, days, company, job))
    if former is None or former.state is not State.INTERVIEW:
        _before(turn)[str(noted.number)] = board_kept.as_it_was(former) if former else None
    return noted.number, former != noted


def _before(turn: Turn) -> dict[str, Any]:
    kept: dict[str, Any] = board_kept.data_of(turn).setdefault(_BEFORE, {})
    there = {str(one.number) for one in turn.board if one.state is State.INTERVIEW}
    for number in set(kept) - there:
        del kept[number]
    return kept


def is_at_employer(turn: Turn, place: str | None) -> bool:
    """Whether a place is that of an application that may still lead somewhere."""
    return any(board_kept.names(one, place) for one in turn.board if one.state is not State.REFUSED)


def on_day(turn: Turn, number: int, day: date) -> None:
    """The day of an interview, once it is known."""
    one = board_kept.by_number(turn, number)
    if one is not None and one.state is State.INTERVIEW and one.days.get(State.INTERVIEW) != day:
        board_kept.keep(turn, replace(one, days={**one.days, State.INTERVIEW: day}))


def moved(turn: Turn, former: Appointment, day: date) -> None:
    """An appointment was moved: the interview on the board that it is goes with it."""
    one = _of(turn, former)
    if one is not None:
        board_kept.keep(turn, replace(one, days={**one.days, State.INTERVIEW: day}))


def called_off(turn: Turn, gone: Appointment) -> str | None:
    """An appointment was cancelled: the application is what it was before, or goes where it came with it.

    What has become of it, in words; None where the board has no such interview.
    """
    one = _of(turn, gone)
    if one is None:
        return None
    before, name = _before(turn), name_of(turn.voice, one)
    known = str(one.number) in before
    former = before.pop(str(one.number), None)
    data = board_kept.data_of(turn)
    if data.get("undo", {}).get("number") == one.number:
        del data["undo"]
    if known and former is None:
        board_kept.drop(turn, one.number)
        return turn.voice("board.interview_removed", name=name)
    days: dict[State, date] = {state: day for state, day in one.days.items() if state is not State.INTERVIEW}
    if former is not None:
        back = board_kept.back_to(one, former)
    elif State.SENT in days:
        back = replace(one, state=State.SENT, days=days, prompts=0)
    else:
        back = replace(one, days=days)
    board_kept.keep(turn, back)
    return turn.voice("board.interview_called_off", name=name, state=state_of(turn.voice, back))


def put_back(turn: Turn, one: Appointment) -> None:
    """A cancelled appointment takes place after all."""
    at_place(turn, one.place, one.local_when.date())


def at_place(turn: Turn, place: str | None, day: date) -> bool:
    """An interview on that day at an employer of that name; False where the place names none."""
    said = (place or "").strip()
    if not said:
        return False
    words = said if plain(said).startswith(("chez ", "at ", "with ")) else f"chez {said}"
    return told_as_appointment(turn, read(turn, f"entretien {words}"), said, day) is not None


def _of(turn: Turn, appointment: Appointment) -> Application | None:
    """The application whose interview this appointment is."""
    day = appointment.local_when.date()
    that_day = [
        one for one in turn.board if one.state is State.INTERVIEW and one.days.get(State.INTERVIEW) == day
    ]
    named = [one for one in that_day if board_kept.names(one, appointment.place)]
    if not named and appointment.place is None and len(that_day) == 1:
        return that_day[0]
    return named[0] if named else None
