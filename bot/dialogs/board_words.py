"""How an application reads: its name, its state with the date, the line of the list, the file for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable

from bot.advice.applications import Application, State, newest_first
from bot.dialogs import spreadsheet
from bot.dialogs.texts import Voice
from bot.understanding.application_ways import host_of
from bot.understanding.text import clean

LONGEST_NAME = 60
"""Characters of a company or a job that are kept."""
_NO_MARKS = str.maketrans({"{": "(", "}": ")", "|": "/"})
"""Braces and bars mean something in a text to be filled in: names hold none."""


def kept_name(words: str | None) -> str | None:
    """A company or a job as it may be kept; None when nothing that can be read is left."""
    return clean((words or "").translate(_NO_MARKS), LONGEST_NAME) or None


def name_of(voice: Voice, one: Application) -> str:
    """ "Leroy Merlin, vendeuse"; the site of its link, or its number, where nothing else is known."""
    known = [part for part in (one.company, one.job) if part]
    if known:
        return ", ".join(known)
    if one.place and host_of(one.place):
        return voice("board.from_site", site=host_of(one.place))
    return voice("board.unnamed", number=one.number)


def state_of(voice: Voice, one: Application) -> str:
    """ "envoyée le 26 novembre"."""
    day = one.days.get(one.state)
    if day is None:
        return voice(f"board.state.{one.state}")
    if one.state is State.TODO and day > one.created:
        return voice("board.state_ahead.todo", day=voice.short_date(day))
    return voice(f"board.state_on.{one.state}", day=voice.short_date(day))


def noted_state(voice: Voice, one: Application) -> str:
    """ "candidature envoyée le 26 novembre", "entretien le 3 décembre"."""
    state = state_of(voice, one)
    return voice("board.as_noted", state=state) if one.state in (State.TODO, State.SENT) else state


def listed(board: Iterable[Application]) -> list[Application]:
    """In the order of the list: by state, what can still move first; in a state, the newest first."""
    newest = newest_first(board)
    return [one for state in ORDER for one in newest if one.state is state]


ORDER = (State.OFFER, State.INTERVIEW, State.SENT, State.TODO, State.REFUSED)


def as_csv(voice: Voice, board: Iterable[Application]) -> str:
    """All of it for a spreadsheet (`bot.dialogs.spreadsheet`)."""
    columns = ("company", "job", "state", *(f"{state}_on" for state in State), "followed_on", "link")
    rows = [[voice(f"board.column.{column}") for column in columns]]
    for one in listed(board):
        days = [day.isoformat() if (day := one.days.get(state)) else "" for state in State]
        followed = one.followed.isoformat() if one.followed else ""
        state = voice(f"board.button.{one.state}")
        rows.append([one.company or "", one.job or "", state, *days, followed, one.place or ""])
    return spreadsheet.as_csv(voice.language, rows)
