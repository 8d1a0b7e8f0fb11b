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
    first: date | None = None
    """The first day of one that begins later."""


def asked(turn: Turn, found: Pause, text: str) -> Asked | None:
    """The pause that typed words ask for; None when it ends at once, or too far away."""
    key = "settings.paused" if is_holiday(text) else "settings.paused_gently"
    if found.back is None:
        return Asked((found.first or turn.today) + WITHOUT_END, key, open_ended=True, first=found.first)
    if not turn.today < found.back <= turn.today + LONGEST:
        return None
    return Asked(found.back, key, first=found.first)


def coming(turn: Turn) -> date | None:
    """The first day of an absence that has been told and is still ahead."""
    first = turn.profile.away_from
    return first if first is not None and first > turn.today else None


def begin(turn: Turn, until: date, first: date | None = None) -> dict[str, Any]:
    """Pause until that local date, from today or from `first` on; returns what `undo` needs, as plain values.

    One that begins later changes nothing until then: its days are days off.

    The recall of a plan made before goes too: one that is made after this is asked for, and comes. A hard day stays
    one: the first action after it is gentle.
    """
    person, view = turn.person, turn.open_action
    former: dict[str, Any] = {
        "status": person.status,
        "until": person.paused_until.isoformat() if person.paused_until else None,
        "reason": person.pause_reason,
        "action": view.id if view else None,
    }
    if first is not None and first > turn.today:
        away = (turn.profile.away_from, turn.profile.away_until)
        former["away"] = [day.isoformat() if day else None for day in away]
        former["action"] = None
        turn.profile = turn.profile.with_answers(away_from=first, away_until=until)
        return former
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
    if "away" in former:
        begins, ends = (date.fromisoformat(day) if day else None for day in former["away"])
        turn.profile = turn.profile.with_answers(away_from=begins, away_until=ends)
        return
    until = datetime.fromisoformat(former["until"]) if former["until"] else None
    person.status, person.paused_until, person.pause_reason = former["status"], until, former["reason"]
    if person.status == "paused" and (until is None or until <= turn.now):
        person.status, person.paused_until = "active", None
    if former["action"] is not None:
        turn.do(RestorePlan(former["action"]))


def first_day(turn: Turn) -> date:
    """The local date of the first message after the pause, or after the absence to come."""
    after = turn.person.paused_until or turn.now
    if coming(turn) and turn.profile.away_until:
        back = datetime.combine(turn.profile.away_until, time(), turn.local_now.tzinfo)
        after = max(after, back.astimezone(turn.now.tzinfo))
    first = rhythm.next_due(turn.profile, after, turn.person.last_push)
    return first.astimezone(turn.local_now.tzinfo).date()


def confirmed(turn: Turn, asked: Asked, first: date | None, key: str) -> str:
    """What a pause is confirmed with: the dates of one that begins later."""
    voice, back = turn.voice, first_day(turn)
    if first is None:
        return voice(key, day=voice.date(back))
    last = asked.until - timedelta(days=1)
    dates = {"first": voice.date(first), "last": voice.date(last), "day": voice.date(back)}
    return voice("settings.paused_one_day" if first == last else "settings.paused_from", **dates)


def stands(turn: Turn, data: dict[str, Any]) -> bool:
    """Whether the pause that was confirmed last is on, or still to come."""
    if "away" in data.get("former", {}):
        return turn.person.status == "active" and coming(turn) is not None
    return turn.person.status == "paused"
