"""What the board holds during a turn: applications are added, changed and dropped, and the last of it can be undone."""

from __future__ import annotations

from typing import Any

from bot.advice.applications import Application, State
from bot.dialogs.effects import KeepApplication, RemoveApplication
from bot.dialogs.replies import ButtonMaker
from bot.dialogs.turn import OpenDialogue, Turn

BUTTON = ButtonMaker("board")
MOST = 300
"""Applications that one person may keep: beyond it, the oldest refused one makes place."""


def data_of(turn: Turn) -> dict[str, Any]:
    """What the conversation about the board holds; its being there marks that there is a board to look up."""
    return turn.person.dialogues.setdefault(BUTTON.dialogue, OpenDialogue("quiet", BUTTON.version)).data


def by_number(turn: Turn, number: int) -> Application | None:
    return next((one for one in turn.board if one.number == number), None)


def keep(turn: Turn, one: Application) -> None:
    """Add it, or put it in the place of the one of its number; from now on the turn sees it."""
    turn.board = (one, *(other for other in turn.board if other.number != one.number))
    turn.do(KeepApplication(one))


def drop(turn: Turn, number: int) -> None:
    turn.board = tuple(other for other in turn.board if other.number != number)
    turn.do(RemoveApplication(number))


def add(turn: Turn, state: State, **known: Any) -> Application:
    """A new application since today or `day`, under a number that no other of this person ever had."""
    data = data_of(turn)
    number = max(data.get("last", 0), *(one.number for one in turn.board), 0) + 1
    data["last"] = number
    days = {state: day} if (day := known.pop("day", None)) else {}
    one = Application(number, turn.today, state, days, **known)
    if len(turn.board) >= MOST:
        oldest = min(
            turn.board, key=lambda other: (other.state is not State.REFUSED, other.latest, other.number)
        )
        drop(turn, oldest.number)
    keep(turn, one)
    data["undo"] = {"number": number}
    return one


def change(turn: Turn, former: Application, one: Application) -> None:
    """Keep a change of one, which can be undone."""
    days = {state.value: day.isoformat() for state, day in former.days.items()}
    data_of(turn)["undo"] = {
        "number": former.number,
        "state": former.state.value,
        "days": days,
        "prompts": former.prompts,
    }
    keep(turn, one)
