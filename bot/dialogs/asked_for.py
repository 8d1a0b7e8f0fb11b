"""What a person asked for, recalls of plans and reminders of appointments: two messages at most on a local date.

They are outside of the one unasked message a day. A plan's recall gives way to the reminders still to come that day.
"""

from __future__ import annotations

from typing import Final
from zoneinfo import ZoneInfo

from bot.dialogs.action_message import BUTTON
from bot.dialogs.appointment import ahead, reminders
from bot.dialogs.turn import OpenDialogue, Turn

MOST_A_DAY: Final = 2
_ON, _COUNT = "recalled_on", "recalls"


def _place(turn: Turn) -> OpenDialogue:
    return turn.person.dialogues.setdefault(BUTTON.dialogue, OpenDialogue("quiet", BUTTON.version))


def sent_today(turn: Turn) -> int:
    """How many went out on the person's local date."""
    data = _place(turn).data
    return int(data.get(_COUNT, 0)) if data.get(_ON) == turn.today.isoformat() else 0


def note(turn: Turn) -> None:
    """One more has gone out."""
    count = sent_today(turn)
    _place(turn).data.update({_ON: turn.today.isoformat(), _COUNT: count + 1})


def may_remind(turn: Turn) -> bool:
    """Whether a reminder may still go out today."""
    return sent_today(turn) < MOST_A_DAY


def may_recall(turn: Turn) -> bool:
    """Whether a plan may still be recalled today, with room left for the reminders to come."""
    return sent_today(turn) + _to_come_today(turn) < MOST_A_DAY


def _to_come_today(turn: Turn) -> int:
    """Messages: appointments of one day share the reminder of their eve."""
    zone, days = turn.profile.time_zone, set()
    soon = 0
    for one in ahead(turn.appointments, turn.now):
        due = reminders(one, zone, turn.now)
        if due.eve is not None and due.eve.astimezone(ZoneInfo(zone)).date() == turn.today:
            days.add(one.seen_in(ZoneInfo(zone)).date())
        soon += due.soon is not None and due.soon.astimezone(ZoneInfo(zone)).date() == turn.today
    return len(days) + soon
