"""Blocked, and any sign of life."""

from __future__ import annotations

from bot.dialogs import settings, silence
from bot.dialogs.effects import DropMessages
from bot.dialogs.turn import Turn


def blocked(turn: Turn) -> None:
    """The bot was blocked: nothing more is sent, nothing is forgotten."""
    turn.person.status = "unreachable"
    turn.do(DropMessages())


def back_in_touch(turn: Turn) -> None:
    """Any sign of life. After the bot was blocked: as it was before, a stop or a pause included."""
    person = turn.person
    silence.heard(person, turn.now)
    if person.status != "unreachable":
        return
    if person.pause_reason == settings.STOPPED:
        person.status = "stopped"
    elif person.paused_until is not None and person.paused_until > turn.now:
        person.status = "paused"
    else:
        person.status = "active"
