"""What the board holds during a turn: applications are added, changed and dropped, and the last of it can be undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from rapidfuzz.fuzz import ratio

from bot.advice.applications import Application, State, newest_first
from bot.dialogs.effects import CountForResearch, KeepApplication, RemoveApplication
from bot.dialogs.replies import ButtonMaker
from bot.dialogs.turn import OpenDialogue, Turn
from bot.sources.plain import plain

BUTTON = ButtonMaker("board")
SAME_NAME = 85
"""Percent of likeness from which two words of a name are one."""
_SHORTEST_SLIP = 5
"""Letters: shorter words that differ are others ("Aldi", "Lidl")."""
MOST = 300
"""Applications that one person may keep: beyond it, the oldest refused one makes place."""
_COUNTED = {State.SENT: "applications", State.INTERVIEW: "interviews", State.OFFER: "offer"}
"""What a state is counted as for research, once for each application that reaches it."""


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
    _count(turn, one, _reached(one), 1)
    data["undo"] = {"number": number}
    return one


def change(turn: Turn, former: Application, one: Application) -> None:
    """Keep a change of one, which can be undone."""
    data_of(turn)["undo"] = as_it_was(former)
    keep(turn, one)
    _count(turn, one, _reached(one) - _reached(former), 1)


def as_it_was(former: Application) -> dict[str, Any]:
    """What a conversation keeps of where one stood: no name."""
    days = {state.value: day.isoformat() for state, day in former.days.items()}
    return {"number": former.number, "state": former.state.value, "days": days, "prompts": former.prompts}


def back_to(one: Application, kept: dict[str, Any]) -> Application:
    """The same where it stood once, as `as_it_was` has kept it."""
    days = {State(state): date.fromisoformat(day) for state, day in kept["days"].items()}
    return replace(one, state=State(kept["state"]), days=days, prompts=kept["prompts"])


def take_back(turn: Turn, one: Application, former: Application | None = None) -> None:
    """Undo what was done to one: it was added, or it was `former`."""
    if former is None:
        drop(turn, one.number)
    else:
        keep(turn, former)
    _count(turn, one, _reached(one) - (_reached(former) if former else frozenset()), -1)


def _reached(one: Application) -> frozenset[State]:
    return frozenset((*one.days, one.state))


def _count(turn: Turn, one: Application, states: frozenset[State], amount: int) -> None:
    for state in State:
        counted_there = state is State.INTERVIEW and has_appointment(turn, one)
        if state in states and state in _COUNTED and not counted_there:
            turn.do(CountForResearch(_COUNTED[state], amount))


def meant(turn: Turn, said: str) -> list[Application]:
    """Those whose employer the words name, the newest first; small slips of the pen do not matter."""
    said = plain(said)
    return [
        one
        for one in newest_first(turn.board)
        if one.company and (names(one, said) or is_close(one.company, said))
    ]


def is_close(name: str, other: str) -> bool:
    """Whether two names are the same, but for a slip of the pen: "carefour"."""
    one, two = plain(name).split(), plain(other).split()
    return len(one) == len(two) and all(map(_is_slip, one, two))


def _is_slip(word: str, other: str) -> bool:
    long = min(len(word), len(other)) >= _SHORTEST_SLIP and word[0] == other[0] and word[-1] == other[-1]
    return word == other or (long and ratio(word, other) >= SAME_NAME)


def has_appointment(turn: Turn, one: Application) -> bool:
    """Whether the interview for it is among the appointments to come."""
    return any(
        other.kind == "interview" and not other.cancelled and names(one, other.place)
        for other in turn.appointments
    )


def names(one: Application, place: str | None) -> bool:
    """Whether the words of an appointment's place ("chez Lidl") name the employer."""
    return bool(place and one.company) and f" {plain(one.company or '')} " in f" {plain(place or '')} "
