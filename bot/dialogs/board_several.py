"""Several applications in one sentence: "postulé chez Lidl, Aldi et Ikea". A line each, and one answer."""

from __future__ import annotations

from datetime import date

from bot.advice.applications import Application, State
from bot.dialogs import board_kept, board_told, setbacks
from bot.dialogs.board_words import kept_name, name_of, state_of
from bot.dialogs.replies import Reply
from bot.dialogs.turn import Turn
from bot.understanding import board_said
from bot.understanding.applications import Status, application

MOST = 5
"""Lines that one sentence may add."""


def heard(turn: Turn, text: str) -> bool:
    """A sentence about several employers that are named; False for any other."""
    if len(text.split()) > board_told.LONGEST_SENTENCE or "?" in text:
        return False
    told = [application(one, turn.today, is_job=turn.is_job) for one in board_said.one_by_one(text)[:MOST]]
    statuses = {one.status for one in told}
    if len(told) < 2 or len(statuses) != 1 or not all(kept_name(one.company) for one in told):
        return False
    (status,) = statuses
    if status not in (Status.SENT, Status.TODO, Status.REFUSED):
        return False
    state = State(status)
    noted: list[Application] = []
    for one in told:
        company, job = kept_name(one.company), kept_name(one.job)
        former = board_told.same(turn, company, job)
        if state is State.REFUSED and former is not None:
            moved = former.moved(state, turn.today)
            board_kept.change(turn, former, moved)
            noted.append(moved)
        elif state is not State.REFUSED:
            days: dict[State, date] = {state: one.date or turn.today}
            line = Application(0, turn.today, state, days, company, job)
            noted.append(board_told.noted(turn, former, line))
    if noted:
        voice = turn.voice
        names = "\n".join(f"· {name_of(voice, one)}" for one in noted)
        list_row = (board_kept.BUTTON(voice("board.button.list"), "list", "any"),)
        lead = voice("board.noted_several", state=state_of(voice, noted[0]))
        turn.say(Reply(f"{lead}\n{names}", buttons=(list_row,)))
    if state is State.REFUSED:
        setbacks.DIALOGUE.fire(turn, "refused")
    return True
