"""`/rdv`: appointments noted by a sentence or by buttons, moved, cancelled, put back, prepared.

A button on one names it, so that it works for as long as the appointment is ahead, whatever was said since.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from babel.dates import format_date

from bot.dialogs import asking, brief
from bot.dialogs.appointment import FOLLOWED, KINDS, Appointment, ahead, reminders
from bot.dialogs.calendar_file import NAME, calendar_file
from bot.dialogs.effects import CountForResearch, KeepAppointment
from bot.dialogs.machine import Dialogue, Row, Step
from bot.dialogs.replies import Button, Reply
from bot.dialogs.turn import Turn
from bot.sources.plain import plain
from bot.understanding import appointments as words
from bot.understanding import choices, intents
from bot.understanding.appointments import Told, What
from bot.understanding.intents import Intent
from bot.understanding.text import clean

SHOWN = 6
MOST = 30
"""Appointments ahead that are kept for one person."""
LONGEST_PLACE, LONGEST_QUESTION = 60, 160
HOURS = tuple(f"{hour:02d}00" for hour in (9, 10, 11, 14, 15, 16))
DAYS_SHOWN = 6
FURTHEST = timedelta(days=400)
DROP = "drop"
_EDIT = ("kind", "place", "day", "at", "uid", "by")


# What is known


def coming(turn: Turn) -> list[Appointment]:
    """The person's appointments ahead, the next one first."""
    return ahead(turn.appointments, turn.now)


def _find(turn: Turn, short: str, *, cancelled: bool = False) -> Appointment | None:
    """The one ahead that a button names."""
    for one in turn.appointments:
        if one.short == short and one.cancelled is cancelled and one.starts_at > turn.now:
            return one
    return None


def _keep(turn: Turn, one: Appointment) -> None:
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
    buttons = [DIALOGUE.button(_label(turn, one), f"show-{one.short}", "") for one in found[:SHOWN]]
    rows = (*asking.rows_of(buttons, 2), (DIALOGUE.button(voice("appointments.button.add"), "add", ""),))
    turn.say(Reply(text, title=voice("appointments.list.title"), buttons=rows))


def _label(turn: Turn, one: Appointment) -> str:
    """ "3 déc., 14 h 30"."""
    day = format_date(one.local_when.date(), "d MMM", locale=turn.person.language)
    return f"{day}, {brief.hour(turn, one)}"


def _buttons(turn: Turn, one: Appointment) -> tuple[tuple[Button, ...], ...]:
    def button(verb: str) -> Button:
        return DIALOGUE.button(turn.voice(f"appointments.button.{verb}"), f"{verb}-{one.short}", "")

    rows = ((button("move"), button("cancel")),)
    if one.kind == "interview":
        return (*rows, (button("brief"),))
    return (*rows, (button("question"), button("brief"))) if one.kind in FOLLOWED else rows


def question_button(turn: Turn, one: Appointment) -> Button:
    """Asks for what the person wants to ask that day."""
    return DIALOGUE.button(turn.voice("appointments.button.question"), f"question-{one.short}", "")


def _show_one(turn: Turn, one: Appointment) -> None:
    text = turn.voice("appointments.shown", when=brief.when(turn, one))
    turn.say(Reply(text, title=brief.name(turn, one), buttons=_buttons(turn, one)))


# Noting, moving, cancelling


def note(turn: Turn, kind: str, place: str | None, when: datetime) -> None:
    """Keep a new appointment and say when Bob reminds of it. `when`: the person's wall clock, naive."""
    if len(coming(turn)) >= MOST:
        turn.tell("appointments.full", n=MOST)
        return
    secret = f"{turn.seed} {turn.now.isoformat()} {when.isoformat()} {kind}"
    uid = hashlib.sha256(secret.encode()).hexdigest()[:24]
    one = Appointment(uid, kind, place, when, turn.profile.time_zone)
    _keep(turn, one)
    if kind == "interview":
        turn.do(CountForResearch("interviews"))
    _confirm(turn, one)


def _confirm(turn: Turn, one: Appointment, *undo: Button) -> None:
    voice, due = turn.voice, reminders(one, turn.profile.time_zone, turn.now)
    which = {(True, True): "both", (True, False): "eve", (False, True): "soon"}.get(
        (due.eve is not None, due.soon is not None), "none"
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


def move(turn: Turn, one: Appointment, when: datetime) -> None:
    """Put it at another time, with a way back."""
    DIALOGUE.open(turn).data["before"] = {
        "uid": one.uid,
        "when": one.local_when.isoformat(),
        "zone": one.time_zone,
    }
    moved = replace(one, local_when=when, time_zone=turn.profile.time_zone, sequence=one.sequence + 1)
    _keep(turn, moved)
    undo = DIALOGUE.button(turn.voice("appointments.button.undo"), f"undo-{one.short}", "")
    _confirm(turn, moved, undo)


def cancel(turn: Turn, one: Appointment) -> None:
    """Take it out, with a way back."""
    gone = replace(one, cancelled=True, sequence=one.sequence + 1)
    _keep(turn, gone)
    if one.kind == "interview":
        turn.do(CountForResearch("interviews", -1))
    restore = DIALOGUE.button(turn.voice("appointments.button.restore"), f"restore-{one.short}", "")
    text = turn.voice("appointments.cancelled", name=brief.inline_name(turn, one), when=brief.when(turn, one))
    turn.say(Reply(text, buttons=((restore,),)))
    _send_file(turn, gone)


def _restore(turn: Turn, one: Appointment) -> None:
    back = replace(one, cancelled=False, sequence=one.sequence + 1)
    _keep(turn, back)
    if one.kind == "interview":
        turn.do(CountForResearch("interviews"))
    _confirm(turn, back)


def _undo(turn: Turn, one: Appointment) -> bool:
    """Back to where it was before the last move."""
    before = DIALOGUE.open(turn).data.pop("before", None)
    if before is None or before["uid"] != one.uid:
        return False
    at = datetime.fromisoformat(before["when"])
    back = replace(one, local_when=at, time_zone=before["zone"], sequence=one.sequence + 1)
    if back.starts_at <= turn.now:
        turn.tell("appointments.past")
        return True
    _keep(turn, back)
    _confirm(turn, back)
    return True


# Asking for what is missing


def _ask_kind(step: Step) -> None:
    voice = step.turn.voice
    buttons = [DIALOGUE.button(voice(f"appointments.kind.{kind}"), kind, "kind") for kind in KINDS]
    rows = (*asking.rows_of(buttons, 2), _drop_row(step))
    step.turn.say(Reply(voice("appointments.ask.kind"), buttons=rows))


def _ask_when(step: Step) -> None:
    """The day if it is not known, else the hour; typed words may name both."""
    turn, voice, day = step.turn, step.turn.voice, step.data.get("day")
    if day is None:
        offered = [turn.today + timedelta(days=number) for number in range(1, DAYS_SHOWN + 1)]
        labels = [voice.day(one, turn.today) for one in offered]
        buttons = [
            DIALOGUE.button(label[0].upper() + label[1:], f"d{one:%Y%m%d}", "when")
            for label, one in zip(labels, offered, strict=True)
        ]
        text = voice("appointments.ask.day")
    else:
        buttons = [DIALOGUE.button(voice.hour(time(int(code[:2]))), f"h{code}", "when") for code in HOURS]
        text = voice("appointments.ask.hour", day=voice.day(date.fromisoformat(day), turn.today))
    turn.say(Reply(text, buttons=(*asking.rows_of(buttons, 3), _drop_row(step))))


def _ask_place(step: Step) -> None:
    voice = step.turn.voice
    skip = DIALOGUE.button(voice("questions.skip"), asking.SKIP, "where")
    step.turn.say(Reply(voice("appointments.ask.place"), buttons=((skip,),)))


def _ask_question(step: Step) -> None:
    turn = step.turn
    turn.say(Reply(turn.voice("appointments.ask.question"), buttons=(_drop_row(step),)))


def _drop_row(step: Step) -> tuple[Button, ...]:
    return (DIALOGUE.button(step.turn.voice("appointments.button.drop"), DROP, step.state),)


def _known(step: Step) -> tuple[date | None, time | None]:
    """Day and hour, what was just said included."""
    day, at = step.answer or (None, None)
    kept_day, kept_at = step.data.get("day"), step.data.get("at")
    return (
        day or (date.fromisoformat(kept_day) if kept_day else None),
        at or (time.fromisoformat(kept_at) if kept_at else None),
    )


def _moment(step: Step) -> datetime | None:
    day, at = _known(step)
    return datetime.combine(day, at) if day and at else None


def is_whole(step: Step) -> bool:
    """Day and hour are known and ahead."""
    when = _moment(step)
    now = step.turn.local_now.replace(tzinfo=None)
    return when is not None and now < when <= now + FURTHEST


def lacks_place(step: Step) -> bool:
    """It is noted by buttons, and may have a place that nobody has named yet."""
    data = step.data
    asked = data.get("by") == "buttons" and not data.get("uid") and data.get("kind") != "private"
    return is_whole(step) and asked and not data.get("place")


def _merge(step: Step) -> None:
    day, at = _known(step)
    step.data["day"] = day.isoformat() if day else None
    step.data["at"] = at.isoformat() if at else None
    if _moment(step) is not None and not is_whole(step):
        step.turn.lead.append(step.turn.voice("appointments.past"))
        step.data["day"] = None
        step.answer = None


def _choose_kind(step: Step) -> None:
    step.data["kind"] = step.answer
    step.answer = None


def _set_place(step: Step) -> None:
    step.data["place"] = step.answer
    step.answer = None


def _settle(step: Step) -> None:
    """Note it, or move the one that this is about."""
    turn, data, when = step.turn, step.data, _moment(step)
    if when is None:
        raise LookupError("the table lets nothing through without a moment")
    kind, place, uid = data.get("kind") or "other", data.get("place"), data.get("uid")
    _end(step)
    if uid is None:
        note(turn, kind, place, when)
        return
    one = _find(turn, uid)
    if one is None:
        turn.tell("appointments.passed")
    else:
        move(turn, one, when)


def _end(step: Step) -> None:
    for key in _EDIT:
        step.data.pop(key, None)
    DIALOGUE.leave(step.turn)


def _keep_question(step: Step) -> None:
    turn, one = step.turn, _find(step.turn, step.data.get("uid", ""))
    _end(step)
    if one is None:
        turn.tell("appointments.passed")
        return
    _keep(turn, replace(one, question=step.answer))
    turn.tell("appointments.question_kept", question=step.answer)


def _drop(step: Step) -> None:
    _end(step)
    step.turn.say(Reply(step.turn.voice("appointments.dropped"), replace=step.turn.on_message))


DIALOGUE = Dialogue(
    "appointment",
    states={
        "quiet": (),
        "kind": (_ask_kind,),
        "when": (_ask_when,),
        "where": (_ask_place,),
        "question": (_ask_question,),
    },
    rows=(
        Row("kind", "kind", "when", (), (_choose_kind,)),
        Row("moment", "when", "where", (lacks_place,), (_merge,)),
        Row("moment", "when", "quiet", (is_whole,), (_settle,)),
        Row("moment", "when", "=", (), (_merge,)),
        Row("place", "where", "quiet", (), (_set_place, _settle)),
        Row("question", "question", "quiet", (), (_keep_question,)),
        Row("drop", ("kind", "when", "where", "question"), "quiet", (), (_drop,)),
    ),
    initial="quiet",
)


def _start(turn: Turn, state: str, **data: Any) -> None:
    """Ask for what is missing; what could be undone stays so."""
    before = DIALOGUE.open(turn).data.get("before")
    kept = {"before": before} if before else {}
    DIALOGUE.leave(turn)
    DIALOGUE.enter(turn, state, **kept, **data)


# Buttons


def press(turn: Turn, step: str, value: str) -> bool:
    """A button of these messages; False when it fits nothing."""
    if step:
        return _press_answer(turn, step, value)
    if value == "add":
        _start(turn, "kind", by="buttons")
        return True
    verb, _, short = value.partition("-")
    one = _find(turn, short, cancelled=verb == "restore")
    if one is None:
        if verb in _VERBS:
            turn.on_message = False
            turn.tell("appointments.passed")
        return verb in _VERBS
    if verb == "undo":
        return _undo(turn, one)
    if verb in _VERBS:
        _VERBS[verb](turn, one)
    return verb in _VERBS


def _ask_move(turn: Turn, one: Appointment) -> None:
    _start(turn, "when", uid=one.short)


def _ask_own_question(turn: Turn, one: Appointment) -> None:
    _start(turn, "question", uid=one.short)


def _say_brief(turn: Turn, one: Appointment) -> None:
    turn.say(Reply(brief.brief(turn, one), title=brief.name(turn, one)))


_VERBS = {
    "show": _show_one,
    "move": _ask_move,
    "cancel": cancel,
    "restore": _restore,
    "brief": _say_brief,
    "question": _ask_own_question,
    "undo": _show_one,
}


def _press_answer(turn: Turn, step: str, value: str) -> bool:
    """A button under one of the questions that wait."""
    place = DIALOGUE.open(turn)
    if place.state != step:
        return False
    if value == DROP:
        return DIALOGUE.fire(turn, "drop")
    turn.on_message = False
    if step == "kind":
        return value in KINDS and DIALOGUE.fire(turn, "kind", value)
    if step == "where":
        return value == asking.SKIP and DIALOGUE.fire(turn, "place")
    if step != "when" or not value[1:].isdigit() or not value.isascii():
        return False
    try:
        if value[0] == "d":
            day = datetime.strptime(value, "d%Y%m%d").date()  # noqa: DTZ007  (a wall clock)
            return DIALOGUE.fire(turn, "moment", (day, None))
        return DIALOGUE.fire(turn, "moment", (None, time(int(value[1:3]), int(value[3:5]))))
    except ValueError:
        return False


# Typed words


def typed(turn: Turn, text: str) -> bool:
    """Words for the question that waits. False for all others: it does not insist, and gives the focus back."""
    place, said = DIALOGUE.open(turn), intents.intent(text)
    if place.state == "where":
        if said in (Intent.SKIP, Intent.NOTHING, Intent.NO):
            return DIALOGUE.fire(turn, "place")
        return DIALOGUE.fire(turn, "place", clean(text, LONGEST_PLACE) or None)
    if said in (Intent.BACK, Intent.NOTHING, Intent.NO, Intent.SKIP) and DIALOGUE.fire(turn, "drop"):
        return True
    if place.state == "question" and (question := clean(text, LONGEST_QUESTION)):
        return DIALOGUE.fire(turn, "question", question)
    if place.state == "kind":
        labels = {kind: turn.voice(f"appointments.kind.{kind}") for kind in KINDS}
        kind = choices.choice(text, labels)
        if kind is not None:
            return DIALOGUE.fire(turn, "kind", kind)
    if place.state == "when":
        day, at = words.when(text, turn.today)
        if day is not None or at is not None:
            return DIALOGUE.fire(turn, "moment", (day, at))
        if said is None and len(text.split()) <= LONGEST_UNCLEAR:
            turn.lead.append(turn.voice("appointments.unclear"))
            DIALOGUE.repeat(turn)
            return True
    DIALOGUE.leave(turn)
    return False


LONGEST_UNCLEAR = 4
"""A longer answer to "which day?" that names none is about something else."""


def heard(turn: Turn, text: str, *, busy: bool) -> bool:
    """A sentence that tells of an appointment; False when it does not.

    `busy`: another question waits, which the words may answer: then only a whole appointment counts.
    """
    told = words.appointment(text, turn.today)
    if told.what is None or (busy and not (told.day and told.at)):
        return False
    if told.what is What.NEW:
        _tell_new(turn, told)
        return True
    found = _meant(turn, told)
    if not found:
        if told.what is What.MOVED and told.day and told.at:
            _tell_new(turn, told)
        else:
            turn.tell("appointments.not_found")
    elif len(found) > 1:
        verb = "move" if told.what is What.MOVED else "cancel"
        rows = tuple(
            (DIALOGUE.button(_label(turn, one), f"{verb}-{one.short}", ""),) for one in found[:SHOWN]
        )
        turn.say(Reply(turn.voice("appointments.ask.which"), buttons=rows))
    elif told.what is What.CANCELLED:
        cancel(turn, found[0])
    else:
        _tell_moved(turn, told, found[0])
    return True


def _tell_new(turn: Turn, told: Told) -> None:
    data = {
        "kind": told.kind or "other",
        "place": clean(told.place or "", LONGEST_PLACE) or None,
        "day": told.day.isoformat() if told.day else None,
        "at": told.at.isoformat() if told.at else None,
    }
    _ask_or_settle(turn, data)


def _tell_moved(turn: Turn, told: Told, one: Appointment) -> None:
    """A day alone keeps its hour, an hour alone its day."""
    was, data = one.seen_in(turn.zone), {"uid": one.short}
    if told.day or told.at:
        data["day"] = (told.day or was.date()).isoformat()
        data["at"] = (told.at or was.time()).isoformat()
    _ask_or_settle(turn, data)


def _ask_or_settle(turn: Turn, data: dict[str, Any]) -> None:
    place = DIALOGUE.open(turn)
    step = Step("when", turn, place)
    place.data.update(dict.fromkeys(_EDIT) | data)
    if is_whole(step):
        place.state = "quiet"
        _settle(step)
        return
    if _moment(step) is not None:
        turn.lead.append(turn.voice("appointments.past"))
        data = data | {"day": None}
    _start(turn, "when", **data)


def _meant(turn: Turn, told: Told) -> list[Appointment]:
    """The appointments that a change may be about: by the day it was on, then its kind, then its place."""
    found = coming(turn)
    if told.former is not None:
        found = [one for one in found if one.seen_in(turn.zone).date() == told.former]
    if told.kind is not None:
        found = [one for one in found if one.kind == told.kind] or found * (told.former is not None)
    if told.place is not None and len(found) > 1:
        said = plain(told.place).split()[-1]
        found = [one for one in found if one.place and said in plain(one.place).split()] or found
    return found
