"""`bob replay`: sixty days of coaching in a second, through the same dialogues and the same choice of actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.advice.facts import Outcome
from bot.advice.items import Action
from bot.advice.profile import Profile
from bot.commands.advise import message_text
from bot.commands.cases import completed, world
from bot.commands.habits import WEEKEND, presses, reviews
from bot.commands.replay_life import Life
from bot.dialogs import (
    board_told,
    daily,
    follow_up,
    follow_up_scripts,
    found,
    reach,
    reasons,
    unasked,
    weekly,
)
from bot.dialogs.effects import OpenAction
from bot.dialogs.turn import Turn

ANSWER_AFTER = timedelta(hours=1)
THE_NEWS = timedelta(hours=21)
"""When on its day the news of a job is told."""


class ReplayError(Exception):
    """What was asked for cannot be replayed; the message says why."""


def replay(
    profile: Profile,
    *,
    days: int,
    habits: str,
    person: str,
    language: str,
    form: str,
    start: date,
    put_first: Sequence[str] = (),
    told: Sequence[str] = (),
    found_after: int | None = None,
) -> list[dict[str, Any]]:
    """Every message of `days` local dates from `start`: {"at", "kind", "text", "buttons", "pressed"}; those that
    bring an action also {"action", "family", "minutes", "reasons", "because", "conditions", "did"}.

    Habits: always (does it, says how it was), never (no answer), refuses (each time with a reason, in turn), weekends
    (does it on Saturdays and Sundays only), mixed (a bit of everything, and many silent days). `put_first`: the
    strategies that the counsellor puts first; ReplayError for one that there is not. `told`: applications that the
    person tells of as the first day begins ("postulé chez Darty hier"); ReplayError for words that tell of none.
    `found_after`: after so many days they tell of a job, and agree to what Bob offers then.
    """
    for strategy in put_first:
        if strategy not in {one.id for one in world().catalogue.strategies}:
            raise ReplayError(
                f"--put-first {strategy}: there is no such strategy; `bob catalogue export` lists them"
            )
    life = Life(completed(profile), person, language, form, put_first=tuple(put_first))
    zone = ZoneInfo(life.profile.time_zone)
    now, end = start_of(start, zone), start_of(start + timedelta(days=days), zone)
    news = end if found_after is None else start_of(start + timedelta(days=found_after), zone) + THE_NEWS
    messages: list[dict[str, Any]] = []
    for text in told:
        messages += _told(life, text, now)
    shown = _Shown()
    while True:
        due = life.next_due(now)
        until = min(news, end if due is None else due, end)
        quiet = _quiet_saturday(life, habits, now, until)
        if quiet is not None:  # nothing comes that day, but they have time for what came before
            messages += _answers(
                life, presses(habits, quiet.date(), person, 0), shown, quiet.astimezone(UTC)
            )[0]
            now = quiet.astimezone(UTC)
            continue
        if news < end and (due is None or news <= due):
            messages += _tells_of_a_job(life, news)
            now, news = news, end
            continue
        if due is None or due >= end:
            return messages
        turn = life.turn(due)
        turn.person.last_push = turn.today
        unasked.say_many([turn])
        life.carry_out(turn)
        pushed = _messages(turn, "daily", life)
        reviewed = turn.today in life.reviews
        answered = _reviewed(life, reviews(habits), due + ANSWER_AFTER) if reviewed else []
        pressed = presses(habits, turn.today, person, len(life.refusals))
        shown = _Shown.of(turn, pushed)
        said, did = _answers(life, pressed, shown, due + ANSWER_AFTER)
        for message in pushed:
            if "action" in message:
                message["did"] = did
        messages += [*pushed, *answered, *said]
        now = due + timedelta(minutes=1)


def _quiet_saturday(life: Life, habits: str, now: datetime, before: datetime) -> datetime | None:
    """The first Saturday or Sunday noon between two messages, of somebody who acts on weekends only."""
    if habits != "weekends" or all(view.outcome is not Outcome.OPEN for view in life.actions.values()):
        return None
    zone = ZoneInfo(life.profile.time_zone)
    day = now.astimezone(zone).date()
    noons = (datetime.combine(day + timedelta(days=offset), time(12), zone) for offset in range(8))
    return next((noon for noon in noons if noon.isoweekday() in WEEKEND and now < noon < before), None)


def _told(life: Life, text: str, now: datetime) -> list[dict[str, Any]]:
    turn = life.turn(now)
    if not board_told.heard(turn, text):
        raise ReplayError(f'--told {text!r}: this tells of no application, such as "postulé chez Darty hier"')
    life.carry_out(turn)
    return _messages(turn, "answer", life)


def _reviewed(life: Life, pressed: tuple[str, ...], now: datetime) -> list[dict[str, Any]]:
    """What Bob says to the presses on a weekly review."""
    said: list[dict[str, Any]] = []
    for press in pressed:
        turn = life.turn(now)
        reach.back_in_touch(turn)
        turn.on_message = True
        weekly.press(turn, press)
        life.carry_out(turn)
        said += _messages(turn, "answer", life)
    return said


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """Midnight, local, of that day, in UTC."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _tells_of_a_job(life: Life, now: datetime) -> list[dict[str, Any]]:
    """What Bob says to the news, and to a yes to all that he offers after it."""
    said: list[dict[str, Any]] = []
    for press in (None, "helped_skip", "weeks_yes", "monday", "surveys_yes"):
        turn = life.turn(now)
        reach.back_in_touch(turn)
        if press is None:
            found.begin(turn)
        else:
            found.press(turn, press)
        life.carry_out(turn)
        said += _messages(turn, "answer", life)
    return said


@dataclass(slots=True)
class _Shown:
    """The newest message that bears each button, and the button's label, by the button's value."""

    labels: dict[str, str] = field(default_factory=dict)
    messages: dict[str, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, turn: Turn, messages: list[dict[str, Any]]) -> _Shown:
        shown = cls()
        shown.add(turn, messages)
        return shown

    def add(self, turn: Turn, messages: list[dict[str, Any]]) -> None:
        said = [reply for reply in turn.replies if not reply.replace]
        for reply, message in zip(said, messages, strict=True):
            for row in reply.buttons:
                for button in row:
                    self.labels[button.value] = button.label
                    self.messages[button.value] = message

    def press(self, value: str) -> str:
        """Note on the message that its button was pressed; the button's label."""
        if value in self.messages:
            self.messages[value]["pressed"] = self.labels[value]
        return self.labels.get(value, value)


def _answers(
    life: Life, pressed: tuple[str, ...], shown: _Shown, now: datetime
) -> tuple[list[dict[str, Any]], list[str]]:
    """What Bob says to the presses on the open action, and the labels of the buttons pressed."""
    said: list[dict[str, Any]] = []
    did: list[str] = []
    view = next((view for view in life.actions.values() if view.outcome is Outcome.OPEN), None)
    for press in pressed:
        if view is None:
            break
        turn = life.turn(now)
        reach.back_in_touch(turn)
        turn.pressed_action = life.actions[view.id]
        if not daily.press(turn, press):
            break
        follow_up.note_answers(turn)
        did.append(shown.press(press))
        life.carry_out(turn)
        answered = _messages(turn, "answer", life)
        shown.add(turn, answered)
        said += answered
    return said, did


def _messages(turn: Turn, kind: str, life: Life) -> list[dict[str, Any]]:
    opened = next((effect for effect in turn.effects if isinstance(effect, OpenAction)), None)
    found = []
    for reply in turn.replies:
        if reply.replace:
            continue  # an edit of a message already counted
        message: dict[str, Any] = {
            "at": turn.local_now.isoformat(),
            "kind": kind,
            "text": message_text(reply),
            "buttons": [button.label for row in reply.buttons for button in row],
            "pressed": None,
        }
        if opened is not None and reply.title:
            message |= {"action": opened.catalogue_id, "family": opened.family, "minutes": opened.minutes}
            message["reasons"] = list(opened.reasons)
            because = (reasons.reason(turn, reason) for reason in opened.reasons)
            message["because"] = [words for words in because if words]
            message["conditions"] = (
                [str(line) for line in _item(turn, opened).when] if not opened.own_words else []
            )
        found.append(message)
    return found


def _item(turn: Turn, opened: OpenAction) -> Action:
    followed = follow_up_scripts.item(turn, opened.catalogue_id, opened.reasons)
    return followed or turn.world.catalogue.action(opened.catalogue_id)


def as_text(messages: list[dict[str, Any]]) -> str:
    """The messages for reading, a day a block."""
    return "\n\n".join(
        f"— {message['at'][:16].replace('T', ' ')} ({message['kind']})\n{message['text']}"
        for message in messages
    )
