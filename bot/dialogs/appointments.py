"""`/rdv`: appointments noted by a sentence or by buttons, moved, cancelled, put back, prepared.

A button on one names it, so that it works for as long as the appointment is ahead, whatever was said since.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.dialogs import appointment_book as book
from bot.dialogs import asking, board_interviews, brief
from bot.dialogs.appointment import KINDS, Appointment
from bot.dialogs.machine import Dialogue, Row, Step
from bot.dialogs.replies import Button, Reply
from bot.dialogs.turn import Turn

HOURS = tuple(f"{hour:02d}00" for hour in (9, 10, 11, 14, 15, 16))
DAYS_SHOWN = 6
FURTHEST = timedelta(days=400)
DROP = "drop"
EDITED = ("kind", "place", "day", "at", "uid", "by", "application")
"""`application`: the number of the one on the board whose interview it is."""


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


def moment(step: Step) -> datetime | None:
    day, at = _known(step)
    return datetime.combine(day, at) if day and at else None


def is_whole(step: Step) -> bool:
    """Day and hour are known and ahead."""
    when = moment(step)
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
    if moment(step) is not None and not is_whole(step):
        step.turn.lead.append(step.turn.voice("appointments.past"))
        step.data["day"] = None
        step.answer = None


def _choose_kind(step: Step) -> None:
    step.data["kind"] = step.answer
    step.answer = None


def _set_place(step: Step) -> None:
    step.data["place"] = step.answer
    step.answer = None


def settle(step: Step) -> None:
    """Note it, or move the one that this is about."""
    turn, data, when = step.turn, step.data, moment(step)
    if when is None:
        raise LookupError("the table lets nothing through without a moment")
    kind, place, uid = data.get("kind") or "other", data.get("place"), data.get("uid")
    application = data.get("application")
    _end(step)
    if uid is None:
        is_on_board = application is not None
        if application is not None:
            board_interviews.on_day(turn, application, when.date())
        elif kind == "interview":
            is_on_board = board_interviews.at_place(turn, place, when.date())
        book.note(turn, kind, place, when, counted=is_on_board)
        return
    one = book.find(turn, uid)
    if one is None:
        turn.tell("appointments.passed")
    else:
        book.move(turn, one, when)


def _end(step: Step) -> None:
    for key in EDITED:
        step.data.pop(key, None)
    DIALOGUE.leave(step.turn)


def _keep_question(step: Step) -> None:
    turn, one = step.turn, book.find(step.turn, step.data.get("uid", ""))
    _end(step)
    if one is None:
        turn.tell("appointments.passed")
        return
    book.keep(turn, replace(one, question=step.answer))
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
        Row("moment", "when", "quiet", (is_whole,), (settle,)),
        Row("moment", "when", "=", (), (_merge,)),
        Row("place", "where", "quiet", (), (_set_place, settle)),
        Row("question", "question", "quiet", (), (_keep_question,)),
        Row("drop", ("kind", "when", "where", "question"), "quiet", (), (_drop,)),
    ),
    initial="quiet",
)


def start(turn: Turn, state: str, **data: Any) -> None:
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
        start(turn, "kind", by="buttons")
        return True
    verb, _, short = value.partition("-")
    one = book.find(turn, short, cancelled=verb == "restore")
    if one is None:
        if verb in _VERBS:
            turn.on_message = False
            _say_why_not(turn, verb, short)
        return verb in _VERBS
    if verb == "undo":
        return book.undo(turn, one)
    if verb in _VERBS:
        _VERBS[verb](turn, one)
    return verb in _VERBS


def _say_why_not(turn: Turn, verb: str, short: str) -> None:
    """A button pressed twice, or too late."""
    other = book.find(turn, short, cancelled=verb != "restore")
    if other is None:
        turn.tell("appointments.passed")
    elif verb == "restore":
        name, when = brief.inline_name(turn, other), brief.when(turn, other)
        turn.tell("appointments.already_back", name=name, when=when)
    else:
        turn.tell("appointments.already_out")


def _ask_move(turn: Turn, one: Appointment) -> None:
    start(turn, "when", uid=one.short)


def _ask_own_question(turn: Turn, one: Appointment) -> None:
    start(turn, "question", uid=one.short)


def _say_brief(turn: Turn, one: Appointment) -> None:
    turn.say(Reply(brief.brief(turn, one), title=brief.name(turn, one)))


_VERBS = {
    "show": book.show_one,
    "move": _ask_move,
    "cancel": book.cancel,
    "restore": book.restore,
    "brief": _say_brief,
    "question": _ask_own_question,
    "undo": book.show_one,
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
