"""What a pause changes, and how it is undone. Shared by the settings, words typed anywhere, and a day of rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from bot.dialogs import distress, rhythm
from bot.dialogs.effects import DropPlan, RestorePlan
from bot.dialogs.turn import Turn
from bot.understanding.pauses import Pause, is_holiday

LONGEST: Final = timedelta(days=366)
WITHOUT_END: Final = timedelta(days=7)
"""How long a pause lasts whose end nobody told ("j'ai la grippe"): Bob says so, and how to change it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """`until`: the first local date on which messages may come again. `key`: the text that says so."""

    until: date
    key: str = "settings.paused"
    open_ended: bool = False


def asked(turn: Turn, found: Pause, text: str) -> Asked | None:
    """The pause that typed words ask for; None when it ends at once, or too far away."""
    key = "settings.paused" if is_holiday(text) else "settings.paused_gently"
    if found.until is None:
        return Asked(turn.today + WITHOUT_END, key, open_ended=True)
    return Asked(found.until, key) if turn.today < found.until <= turn.today + LONGEST else None


def begin(turn: Turn, until: date) -> dict[str, Any]:
    """Pause until that local date; returns what `undo` needs, as plain values.

    The recall of a plan made before goes too: one that is made after this is asked for, and comes. A hard day stays
    one: the first action after it is gentle.
    """
    person, view = turn.person, turn.open_action
    former = {
        "status": person.status,
        "until": person.paused_until.isoformat() if person.paused_until else None,
        "reason": person.pause_reason,
        "action": view.id if view else None,
    }
    person.status = "paused"
    person.paused_until = datetime.combine(until, time(), turn.local_now.tzinfo).astimezone(turn.now.tzinfo)
    if person.pause_reason != distress.REASON:
        person.pause_reason = "asked"
    if view is not None:
        turn.do(DropPlan(view.id))
    return former


def undo(turn: Turn, former: dict[str, Any]) -> None:
    """As it was before the pause; a former pause that is over by now is over."""
    person = turn.person
    until = datetime.fromisoformat(former["until"]) if former["until"] else None
    person.status, person.paused_until, person.pause_reason = former["status"], until, former["reason"]
    if person.status == "paused" and (until is None or until <= turn.now):
        person.status, person.paused_until = "active", None
    if former["action"] is not None:
        turn.do(RestorePlan(former["action"]))


def first_day(turn: Turn) -> date:
    """The local date of the first message after the pause."""
    after = turn.person.paused_until or turn.now
    first = rhythm.next_due(turn.profile, after, turn.person.last_push)
    return first.astimezone(turn.local_now.tzinfo).date()
