"""Typed words for the question about an appointment that waits."""

from __future__ import annotations

from bot.dialogs import appointments, board_interviews
from bot.dialogs.appointment import KINDS
from bot.dialogs.turn import Turn
from bot.understanding import applications, choices, intents, own_actions
from bot.understanding import appointments as words
from bot.understanding.application_ways import linked
from bot.understanding.intents import Intent
from bot.understanding.text import clean

LONGEST_PLACE, LONGEST_QUESTION = 60, 160
LONGEST_UNCLEAR = 4
"""A longer answer to "which day?" that names none is about something else."""


def typed(turn: Turn, text: str) -> bool:
    """Words for the question that waits. False for all others: it does not insist, and gives the focus back."""
    place, said = appointments.DIALOGUE.open(turn), intents.intent(text)
    if place.state != "question" and _is_news(turn, text):
        appointments.DIALOGUE.leave(turn)
        return False
    if place.state == "where":
        if said in (Intent.SKIP, Intent.NOTHING, Intent.NO):
            return appointments.DIALOGUE.fire(turn, "place")
        return appointments.DIALOGUE.fire(turn, "place", clean(text, LONGEST_PLACE) or None)
    if said in (Intent.BACK, Intent.NOTHING, Intent.NO, Intent.SKIP) and appointments.DIALOGUE.fire(
        turn, "drop"
    ):
        return True
    if place.state == "question" and (question := clean(text, LONGEST_QUESTION)):
        return appointments.DIALOGUE.fire(turn, "question", question)
    if place.state == "kind":
        labels = {kind: turn.voice(f"appointments.kind.{kind}") for kind in KINDS}
        kind = choices.choice(text, labels)
        if kind is not None:
            return appointments.DIALOGUE.fire(turn, "kind", kind)
    if place.state == "when":
        day, at = words.when(text, turn.today)
        if day is None and (no_such := words.no_such_day(text, turn.today)):
            turn.lead.append(turn.voice("appointments.no_such", day=no_such))
            appointments.DIALOGUE.repeat(turn)
            return True
        if day is not None or at is not None:
            return appointments.DIALOGUE.fire(turn, "moment", (day, at))
        if said is None and len(text.split()) <= LONGEST_UNCLEAR and linked(text) is None:
            turn.lead.append(turn.voice("appointments.unclear"))
            appointments.DIALOGUE.repeat(turn)
            return True
    appointments.DIALOGUE.leave(turn)
    return False


def _is_news(turn: Turn, text: str) -> bool:
    """A whole sentence about something else: an application, an action of one's own."""
    told = board_interviews.read(turn, text)
    is_applied = told is not None and told.status is not applications.Status.INTERVIEW
    return is_applied or (
        own_actions.own_action(text) is not None and words.when(text, turn.today) == (None, None)
    )
