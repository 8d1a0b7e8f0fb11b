"""The appointments of a person: listed, noted, moved, cancelled, put back, each change with its calendar file."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime

from babel.dates import format_date

from bot.dialogs import asked_for, asking, board_interviews, brief
from bot.dialogs.appointment import FOLLOWED, Appointment, ahead
from bot.dialogs.calendar_file import NAME, calendar_file
from bot.dialogs.effects import CountForResearch, KeepAppointment
from bot.dialogs.replies import Button, ButtonMaker, Reply
from bot.dialogs.turn import OpenDialogue, Turn

BUTTON = ButtonMaker("appointment")
SHOWN = 6
MOST = 30
"""Appointments ahead that are kept for one person."""


def coming(turn: Turn) -> list[Appointment]:
    """The person's appointments ahead, the next one first."""
    return ahead(turn.appointments, turn.now)


def find(turn: Turn, short: str, *, cancelled: bool = False) -> Appointment | None:
    """The one ahead that a button names."""
    for one in turn.appointments:
        if one.short == short and one.cancelled is cancelled and one.starts_at > turn.now:
            return one
    return None


def _kept_place(turn: Turn) -> OpenDialogue:
    """Where what can be undone is kept: the data of the conversation about appointments."""
    return turn.person.dialogues.setdefault(BUTTON.dialogue, OpenDialogue("quiet", BUTTON.version))


def keep(turn: Turn, one: Appointment) -> None:
    turn.appointments = (*(other for other in turn.appointments if other.uid != one.uid), one)
    turn.do(KeepAppointment(one))


# The list


def show(turn: Turn) -> None:
    """The message of `/rdv`; typed words go on belonging to the conversation that had them."""
    voice, found = turn.voice, coming(turn)
    lines = [
        voice("appointments.list.line", when=brief.when(turn, one), name=brief.inline_name(turn, one))
        for one in found[:SHOWN]
    ] or [voice("appointments.list.none")]
    if len(found) > SHOWN:
        lines.append(voice("appointments.list.more", n=len(found) - SHOWN))
    text = "\n".join([*lines, "", voice("appointments.list.how")])
    buttons = [BUTTON(label(turn, one), f"show-{one.short}", "") for one in found[:SHOWN]]
    rows = (*asking.rows_of(buttons, 2), (BUTTON(voice("appointments.button.add"), "add", ""),))
    turn.say(Reply(text, title=voice("appointments.list.title"), buttons=rows))


def label(turn: Turn, one: Appointment) -> str:
    """ "3 déc., 14 h 30"."""
    day = format_date(one.seen_in(turn.zone).date(), "d MMM", locale=turn.person.language)
    return f"{day}, {brief.hour(turn, one)}"


def _buttons(turn: Turn, one: Appointment) -> tuple[tuple[Button, ...], ...]:
    def button(verb: str) -> Button:
        return BUTTON(turn.voice(f"appointments.button.{verb}"), f"{verb}-{one.short}", "")

    rows = ((button("move"), button("cancel")),)
    if one.kind == "interview":
        return (*rows, (button("brief"),))
    return (*rows, (button("question"), button("brief"))) if one.kind in FOLLOWED else rows


def question_button(turn: Turn, one: Appointment) -> Button:
    """Asks for what the person wants to ask that day."""
    return BUTTON(turn.voice("appointments.button.question"), f"question-{one.short}", "")


def show_one(turn: Turn, one: Appointment) -> None:
    text = turn.voice("appointments.shown", when=brief.when(turn, one))
    turn.say(Reply(text, title=brief.name(turn, one), buttons=_buttons(turn, one)))


# Noting, moving, cancelling


def note(turn: Turn, kind: str, place: str | None, when: datetime, *, counted: bool = False) -> None:
    """Keep a new appointment and say when Bob reminds of it. `when`: the person's wall clock, naive.

    One that is told again is no second one. `counted`: the interview has been counted with its application.
    """
    again = next((one for one in coming(turn) if _is_same(one, kind, place, when)), None)
    if again is not None:
        known = replace(again, kind=kind if kind != "other" else again.kind, place=place or again.place)
        if known != again:
            known = replace(known, sequence=again.sequence + 1)
            keep(turn, known)
            if "interview" in (known.kind, again.kind) and known.kind != again.kind and not counted:
                turn.do(CountForResearch("interviews"))
        _confirm(turn, known)
        return
    if len(coming(turn)) >= MOST:
        turn.tell("appointments.full", n=MOST)
        return
    secret = f"{turn.seed} {turn.now.isoformat()} {when.isoformat()} {kind}"
    uid = hashlib.sha256(secret.encode()).hexdigest()[:24]
    one = Appointment(uid, kind, place, when, turn.profile.time_zone)
    keep(turn, one)
    if kind == "interview" and not counted:
        turn.do(CountForResearch("interviews"))
    _confirm(turn, one)


def _is_same(one: Appointment, kind: str, place: str | None, when: datetime) -> bool:
    """Whether these words may be about that one: the same time, and nothing in them speaks against it."""
    kinds = kind == one.kind or "other" in (kind, one.kind)
    return one.local_when == when and kinds and (place is None or one.place is None or place == one.place)


def _confirm(turn: Turn, one: Appointment, *undo: Button) -> None:
    voice = turn.voice
    which = {(True, True): "both", (True, False): "eve", (False, True): "soon"}.get(
        (asked_for.eve_comes(turn, one), asked_for.soon_comes(turn, one)), "none"
    )
    if turn.person.status == "stopped":
        which = "stopped"
    text = voice(f"appointments.noted.{which}", when=brief.when(turn, one))
    rows = _buttons(turn, one)
    turn.say(Reply(text, title=brief.name(turn, one), buttons=(*rows, undo) if undo else rows))
    _send_file(turn, one)


def _send_file(turn: Turn, one: Appointment) -> None:
    name = brief.name(turn, one)
    key = "appointments.file_cancelled" if one.cancelled else "appointments.file"
    content = calendar_file(one, name, turn.now)
    turn.say(Reply(turn.voice(key, name=name), document_name=NAME, document=content))


def accept(turn: Turn, one: Appointment) -> None:
    """Keep one that a counsellor proposed, new or moved, and say when Bob reminds of it."""
    _kept_place(turn)
    keep(turn, one)
    _confirm(turn, one)


def call_off(turn: Turn, one: Appointment) -> None:
    """The other side cancels it: it goes, from the calendar too."""
    gone = replace(one, cancelled=True, sequence=one.sequence + 1)
    keep(turn, gone)
    _send_file(turn, gone)


def move(turn: Turn, one: Appointment, when: datetime) -> None:
    """Put it at another time, with a way back."""
    _kept_place(turn).data["before"] = {
        "uid": one.uid,
        "when": one.local_when.isoformat(),
        "zone": one.time_zone,
    }
    moved = replace(one, local_when=when, time_zone=turn.profile.time_zone, sequence=one.sequence + 1)
    _keep_moved(turn, one, moved)
    undo = BUTTON(turn.voice("appointments.button.undo"), f"undo-{one.short}", "")
    _confirm(turn, moved, undo)


def _keep_moved(turn: Turn, one: Appointment, moved: Appointment) -> None:
    keep(turn, moved)
    if one.kind == "interview":
        board_interviews.moved(turn, one, moved.local_when.date())


def cancel(turn: Turn, one: Appointment) -> None:
    """Take it out, with a way back."""
    gone = replace(one, cancelled=True, sequence=one.sequence + 1)
    keep(turn, gone)
    if one.kind == "interview":
        turn.do(CountForResearch("interviews", -1))
    restore = BUTTON(turn.voice("appointments.button.restore"), f"restore-{one.short}", "")
    text = turn.voice("appointments.cancelled", name=brief.inline_name(turn, one), when=brief.when(turn, one))
    on_board = board_interviews.called_off(turn, one) if one.kind == "interview" else None
    turn.say(Reply(text, buttons=((restore,),), footer=on_board))
    _send_file(turn, gone)


def restore(turn: Turn, one: Appointment) -> None:
    back = replace(one, cancelled=False, sequence=one.sequence + 1)
    keep(turn, back)
    if one.kind == "interview":
        turn.do(CountForResearch("interviews"))
        board_interviews.put_back(turn, back)
    _confirm(turn, back)


def undo(turn: Turn, one: Appointment) -> bool:
    """Back to where it was before the last move."""
    before = _kept_place(turn).data.pop("before", None)
    if before is None or before["uid"] != one.uid:
        return False
    at = datetime.fromisoformat(before["when"])
    back = replace(one, local_when=at, time_zone=before["zone"], sequence=one.sequence + 1)
    if back.starts_at <= turn.now:
        turn.tell("appointments.past")
        return True
    _keep_moved(turn, one, back)
    _confirm(turn, back)
    return True
