"""What a counsellor proposes, as said to the person, and the answer: an appointment, a pause, another counsellor.

There is no conversation to keep a place in: a button names the proposal, and works for as long as it stands.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from bot.dialogs import appointment_book as book
from bot.dialogs import handover, settings
from bot.dialogs.appointment import Appointment
from bot.dialogs.effects import AnswerProposal
from bot.dialogs.from_team import Proposed
from bot.dialogs.pausing import Asked
from bot.dialogs.replies import Button, ButtonMaker, Reply
from bot.dialogs.turn import Turn

BUTTON = ButtonMaker(handover.ROOM)
LONGEST_PAUSE: Final = timedelta(days=92)


def button(turn: Turn, verb: str, one: Proposed) -> Button:
    """A button under a proposal."""
    return BUTTON(turn.voice(f"proposed.button.{verb}"), f"{verb}-{one.id}", "")


# Saying it


def say(turn: Turn, one: Proposed) -> None:
    """Say a proposal, or what has become of it; one that has passed meanwhile is not said."""
    match one.kind, one.state:
        case "appointment", "withdrawn":
            _call_off(turn, one)
        case "appointment", _:
            _say_appointment(turn, one)
        case "pause", _:
            _pause(turn, one)
        case _:
            handover.say(turn, one)


def appointment_of(turn: Turn, one: Proposed) -> Appointment:
    """The appointment as it is proposed, with the number that it has been given so far."""
    known = next((each for each in turn.appointments if each.uid == one.uid), None)
    where = turn.voice("proposed.with", who=one.who)
    if one.data.get("place"):
        where = f"{where}, {one.data['place']}"
    when, zone = datetime.fromisoformat(one.data["when"]), one.data["zone"]
    sequence = known.sequence + 1 if known is not None else 0
    question = known.question if known is not None else None
    return Appointment(one.uid or "", "counsellor", where, when, zone, sequence=sequence, question=question)


def _say_appointment(turn: Turn, one: Proposed) -> None:
    wanted = appointment_of(turn, one)
    if wanted.starts_at <= turn.now:
        return
    voice, when = turn.voice, turn.voice.moment(wanted.seen_in(turn.zone), turn.today)
    place = one.data.get("place") or ""
    former = next((each for each in turn.appointments if each.uid == one.uid and not each.cancelled), None)
    if former is not None:
        before = voice.moment(former.seen_in(turn.zone), turn.today)
        text = voice("proposed.appointment_moved", who=one.who, when=when, former=before)
    else:
        text = voice("proposed.appointment", who=one.who, when=when)
    rows = ((button(turn, "yes", one), button(turn, "other", one)), (button(turn, "no", one),))
    turn.say(Reply("\n".join(part for part in (text, place) if part), buttons=rows))


def _call_off(turn: Turn, one: Proposed) -> None:
    """The counsellor cancels it: what the person noted is cancelled too, in their calendar as well."""
    known = next((each for each in turn.appointments if each.uid == one.uid and not each.cancelled), None)
    wanted = known or appointment_of(turn, one)
    if wanted.starts_at <= turn.now:
        return
    when = turn.voice.moment(wanted.seen_in(turn.zone), turn.today)
    turn.tell("proposed.appointment_off", who=one.who, when=when)
    if known is not None:
        book.call_off(turn, known)


def _pause(turn: Turn, one: Proposed) -> None:
    """A break that the person asked their counsellor for: it begins, and one tap undoes it."""
    until = date.fromisoformat(one.data["until"])
    if turn.person.status == "stopped" or not turn.today < until <= turn.today + LONGEST_PAUSE:
        return
    turn.lead.append(turn.voice("proposed.pause", who=one.who))
    settings.DIALOGUE.fire(turn, "pause", Asked(until))


# The answers


def press(turn: Turn, value: str) -> bool:
    """A button of these messages; False when it fits nothing: answered, taken back, somebody else's."""
    verb, _, number = value.partition("-")
    one = next((each for each in turn.proposed if str(each.id) == number), None)
    if one is None:
        return False
    if one.kind != "appointment":
        return handover.press(turn, one, verb)
    if one.state != "said" or verb not in ("yes", "no", "other"):
        return False
    wanted = appointment_of(turn, one)
    if wanted.starts_at <= turn.now:
        turn.on_message = False
        turn.tell("appointments.passed")
        return True
    _answer_appointment(turn, one, verb, wanted)
    return True


def _answer_appointment(turn: Turn, one: Proposed, verb: str, wanted: Appointment) -> None:
    voice, when = turn.voice, turn.voice.moment(wanted.seen_in(turn.zone), turn.today)
    turn.do(AnswerProposal(one.id, verb))
    if verb == "yes":
        label = voice("proposed.button.yes")
        said = voice("proposed.appointment", who=one.who, when=when)
        turn.say(Reply(f"{said}\n→ {label}", replace=turn.on_message))
        book.accept(
            turn, replace(wanted, local_when=wanted.seen_in(turn.zone), time_zone=turn.profile.time_zone)
        )
        return
    key = "proposed.answered.other" if verb == "other" else "proposed.answered.no"
    turn.say(Reply(voice(key, who=one.who, when=when), replace=turn.on_message))
