"""What a turn of a person changes for the team that follows them: answers to what a counsellor assigned or proposed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection

from bot.advice.facts import Outcome
from bot.counsellors.acts import answers, outcomes
from bot.dialogs.effects import (
    AnswerProposal,
    AskHelp,
    CloseAction,
    KeepAppointment,
    OpenAction,
    ReopenAction,
)
from bot.dialogs.turn import Turn
from storage.people import PersonRecord


def tell_team(conn: Connection, record: PersonRecord, turn: Turn, now: datetime) -> None:
    """Note what the team is to be told of; the topic says it a little later, or at once where an answer waits."""
    for action in dict.fromkeys(_ended(turn)):
        outcomes.changed(conn, action, now)
    for effect in turn.effects:
        match effect:
            case AskHelp(action):
                outcomes.help_asked(conn, action, now)
            case AnswerProposal(proposal, answer):
                answers.answered(conn, record, proposal, answer, now)
            case KeepAppointment(one) if one.kind == "counsellor":
                answers.appointment_kept(conn, record.id, one, now)


def _ended(turn: Turn) -> Iterator[int]:
    """The actions chosen by a counsellor whose outcome this turn changed."""
    theirs = {
        view.id
        for view in (turn.open_action, turn.pressed_action)
        if view is not None and view.author is not None
    }
    opened = turn.open_action
    for effect in turn.effects:
        match effect:
            case CloseAction(action) | ReopenAction(action) if action in theirs:
                yield action
            case OpenAction(closing=Outcome.REPLACED) if opened is not None and opened.id in theirs:
                yield opened.id
