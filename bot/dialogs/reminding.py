"""Reminders of appointments, where they are welcome."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogs import appointment_book, asked_for, brief, distress
from bot.dialogs.appointment import FOLLOWED, Appointment
from bot.dialogs.replies import Reply, Rows
from bot.dialogs.turn import Turn


def eve(turn: Turn, tomorrow: Sequence[Appointment]) -> bool:
    """Say the appointments of the next day, with the brief; False when no reminder is welcome."""
    if not _is_welcome(turn):
        return False
    ordered = sorted(tomorrow, key=lambda one: one.starts_at)
    if turn.person.pause_reason == distress.REASON:  # the fact and no more: a hard day is no day to rehearse
        turn.say(Reply("\n".join(brief.line(turn, one) for one in ordered)))
    else:
        turn.say(Reply(brief.eve(turn, ordered), buttons=_question(turn, ordered)))
    asked_for.note(turn)
    return True


def soon(turn: Turn, one: Appointment) -> bool:
    """Say that an appointment is near; False when no reminder is welcome."""
    if not (_is_welcome(turn) and asked_for.may_say_soon(turn)):
        return False
    lines = [brief.soon(turn, one), *(brief.line(turn, other) for other in _later_today(turn, one))]
    turn.say(Reply("\n".join(lines)))
    asked_for.note(turn)
    return True


def _later_today(turn: Turn, one: Appointment) -> list[Appointment]:
    """The others of the day: not each of them may have a reminder of its own."""
    day = one.seen_in(turn.zone).date()
    others = [other for other in appointment_book.coming(turn) if other.uid != one.uid]
    return [
        other
        for other in others
        if other.seen_in(turn.zone).date() == day and other.starts_at >= one.starts_at
    ]


def _is_welcome(turn: Turn) -> bool:
    """A pause does not end what was asked for; a stop, a blocked bot or a consent taken back does."""
    silent = turn.person.status in ("stopped", "unreachable")
    return not silent and "use" in turn.person.consents and asked_for.may_remind(turn)


def _question(turn: Turn, tomorrow: Sequence[Appointment]) -> Rows:
    """A way to note what one wants to ask, where nothing is noted yet."""
    open_ones = [one for one in tomorrow if one.kind in FOLLOWED and not one.question]
    return ((appointment_book.question_button(turn, open_ones[0]),),) if open_ones else ()
