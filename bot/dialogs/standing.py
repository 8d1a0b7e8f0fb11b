"""How an action stands: what it may still get, and whether the catalogue still has it."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bot.advice.facts import Outcome
from bot.advice.items import Action
from bot.dialogs import follow_up_scripts
from bot.dialogs.turn import ActionView, Turn

NOON = time(12)
"""Until when the action before today's can be ticked, local."""


def is_open(action: ActionView | None) -> bool:
    return action is not None and action.outcome is Outcome.OPEN


def can_still_be_done(action: ActionView | None, now: datetime) -> bool:
    """Open, or the last one, that today's closed, until noon local (`now` is the person's wall clock)."""
    return is_open(action) or is_late(action, now)


def is_late(action: ActionView | None, now: datetime) -> bool:
    """Yesterday's, or the last one before days without any, closed by today's, before noon."""
    if action is None or action.outcome is not Outcome.EXPIRED or now.time() >= NOON:
        return False
    return action.day == now.date() - timedelta(days=1) or action.closed_on == now.date()


def item_of(turn: Turn, view: ActionView) -> Action | None:
    """The catalogue's item, or the follow-up of an application; None when it has left the catalogue, or the board."""
    followed = follow_up_scripts.item(turn, view.catalogue_id, view.reasons)
    if followed is not None:
        return followed
    try:
        return turn.world.catalogue.action(view.catalogue_id)
    except KeyError:
        return None
