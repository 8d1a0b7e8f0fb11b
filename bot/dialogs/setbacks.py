"""A refusal told in passing: one warm message, a light next step, and nothing kept but the date."""

from __future__ import annotations

from bot.dialogs.effects import NoteRefusal
from bot.dialogs.turn import Turn
from bot.understanding.refusals import refusal_told


def typed(turn: Turn, text: str) -> bool:
    """Words that tell of an employer's refusal; False when they do not."""
    if not refusal_told(text, turn.today):
        return False
    turn.do(NoteRefusal(turn.today))
    turn.tell("help.refusal_told")
    return True
