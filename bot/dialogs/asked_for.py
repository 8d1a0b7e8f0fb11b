"""What a person asked for, recalls of plans and reminders of appointments: two messages at most on a local date.

They are outside of the one unasked message a day. A plan's recall gives way to the reminders still to come that day.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.dialogs.action_message import BUTTON
from bot.dialogs.appointment import Appointment, ahead, reminders
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


def may_say_soon(turn: Turn) -> bool:
    """Whether a last reminder may go out, with room left for the one of the eve, which says all of the next day."""
    return sent_today(turn) + bool(_eves_of(turn, turn.local_now)) < MOST_A_DAY


def eve_comes(turn: Turn, one: Appointment) -> bool:
    """Whether the evening before will be said of it, as things stand now."""
    due = reminders(one, turn.profile.time_zone, turn.now).eve
    return due is not None and (due.astimezone(turn.zone).date() != turn.today or may_remind(turn))


def soon_comes(turn: Turn, one: Appointment) -> bool:
    """Whether it will have a reminder of its own two hours before, as things stand now."""
    zone = turn.profile.time_zone
    mine = reminders(one, zone, turn.now).soon
    if mine is None:
        return False
    day = mine.astimezone(turn.zone).date()
    dues = [reminders(other, zone, turn.now).soon for other in ahead(turn.appointments, turn.now)]
    sent = sent_today(turn) if day == turn.today else 0
    for due in sorted({due for due in dues if due is not None and due.astimezone(turn.zone).date() == day}):
        local = due.astimezone(turn.zone)
        eves = _eves_of(turn, local.replace(hour=0, minute=0))
        comes = sent + bool(eves) < MOST_A_DAY  # its place is kept, or it has gone out by then
        if due == mine:
            return comes
        sent += comes
    return False


def while_off(turn: Turn, key: str) -> str | None:
    """What becomes of the reminders of noted appointments (`stopped`, `paused`); None where none is noted."""
    return turn.voice(key) if ahead(turn.appointments, turn.now) else None


def _eves_of(turn: Turn, moment: datetime) -> list[datetime]:
    """The reminders of the eve that are still to come on the date of a local moment, from that moment on."""
    found = []
    for one in ahead(turn.appointments, turn.now):
        due = reminders(one, turn.profile.time_zone, turn.now).eve
        if due is not None and due >= moment and due.astimezone(turn.zone).date() == moment.date():
            found.append(due)
    return found
