"""`bob replay`: sixty days of coaching in a second, through the same dialogues and the same choice of actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.advice.facts import History, Outcome, PastAction, Refusal, StrategyAnswer
from bot.advice.profile import Profile
from bot.commands.advise import message_text
from bot.commands.cases import completed, turn_of, world
from bot.commands.habits import presses
from bot.dialogs import daily, reasons, rhythm, unasked
from bot.dialogs.effects import (
    AnswerStrategy,
    CloseAction,
    CountForResearch,
    DropPlan,
    KeepAppointment,
    MarkAction,
    OpenAction,
    ReopenAction,
    SavePlan,
    TakeDay,
)
from bot.dialogs.turn import ActionView, Turn

ANSWER_AFTER = timedelta(hours=1)
WITHOUT_EFFECT = (CountForResearch, DropPlan, KeepAppointment, ReopenAction, SavePlan, TakeDay)
"""What changes nothing of what is said unasked. Anything else that a dialogue may do has to be known here."""


class ReplayError(Exception):
    """What was asked for cannot be replayed; the message says why."""


@dataclass(slots=True)
class _Life:
    """What the database would hold of this person, in memory."""

    profile: Profile
    person: str
    language: str
    form: str
    actions: dict[int, ActionView] = field(default_factory=dict)
    refusals: dict[int, Refusal] = field(default_factory=dict)
    strategies: dict[str, StrategyAnswer] = field(default_factory=dict)
    put_first: tuple[str, ...] = ()

    def turn(self, now: datetime, last_push: date | None) -> Turn:
        """A turn at `now`, with the history so far."""
        past = tuple(
            PastAction(
                view.catalogue_id,
                view.day,
                view.outcome,
                self.refusals.get(view.id),
                view.easier,
                view.stuck,
                view.felt,
            )
            for view in reversed(self.actions.values())
        )
        turn = turn_of(
            self.profile,
            now,
            person=self.person,
            language=self.language,
            form=self.form,
            history=History(past, self.strategies, priorities=self.put_first),
        )
        turn.person.last_push = last_push
        turn.open_action = next(
            (view for view in self.actions.values() if view.outcome is Outcome.OPEN), None
        )
        return turn

    def carry_out(self, turn: Turn) -> None:
        """What the shell does in its transaction."""
        for effect in turn.effects:
            match effect:
                case OpenAction():
                    for view in list(self.actions.values()):
                        if view.outcome is Outcome.OPEN:
                            self.actions[view.id] = replace(view, outcome=effect.closing)
                    number = len(self.actions) + 1
                    self.actions[number] = ActionView(
                        number, effect.catalogue_id, turn.today, Outcome.OPEN, False, False, effect.reasons
                    )
                case CloseAction(action, outcome, refusal):
                    self.actions[action] = replace(self.actions[action], outcome=outcome)
                    if refusal is not None:
                        self.refusals[action] = refusal
                case MarkAction(action, easier, stuck, felt):
                    view = self.actions[action]
                    self.actions[action] = replace(
                        view, easier=easier or view.easier, stuck=stuck or view.stuck, felt=felt or view.felt
                    )
                case AnswerStrategy(strategy, state, _, until):
                    self.strategies[strategy] = StrategyAnswer(state, until)
                case _ if isinstance(effect, WITHOUT_EFFECT):
                    continue
                case _:
                    raise TypeError(f"replay does not know what {type(effect).__name__} does")


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
) -> list[dict[str, Any]]:
    """Every message of `days` local dates from `start`: {"at", "kind", "text", "buttons", "pressed"}; those that
    bring an action also {"action", "family", "minutes", "reasons", "because", "conditions", "did"}.

    Habits: always (does it, says how it was), never (no answer), refuses (each time with a reason, in turn), weekends
    (does it on Saturdays and Sundays only), mixed (a bit of everything, and many silent days). `put_first`: the
    strategies that the counsellor puts first; ReplayError for one that there is not.
    """
    for strategy in put_first:
        if strategy not in {one.id for one in world().catalogue.strategies}:
            raise ReplayError(
                f"--put-first {strategy}: there is no such strategy; `bob catalogue export` lists them"
            )
    life = _Life(completed(profile), person, language, form, put_first=tuple(put_first))
    zone = ZoneInfo(life.profile.time_zone)
    now = datetime.combine(start, time(), zone).astimezone(UTC)
    end = datetime.combine(start + timedelta(days=days), time(), zone).astimezone(UTC)
    last: date | None = None
    messages: list[dict[str, Any]] = []
    while (due := rhythm.next_due(life.profile, now, last)) < end:
        turn = life.turn(due, last)
        last = turn.today
        unasked.say_many([turn])
        turn.person.last_push = last
        life.carry_out(turn)
        pushed = _messages(turn, "daily", life)
        pressed = presses(habits, last, person, len(life.refusals))
        said, did = _answers(life, pressed, _Shown.of(turn, pushed), due + ANSWER_AFTER, last)
        for message in pushed:
            if "action" in message:
                message["did"] = did
        messages += [*pushed, *said]
        now = due + timedelta(minutes=1)
    return messages


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
    life: _Life, pressed: tuple[str, ...], shown: _Shown, now: datetime, last: date
) -> tuple[list[dict[str, Any]], list[str]]:
    """What Bob says to the presses on the open action, and the labels of the buttons pressed."""
    said: list[dict[str, Any]] = []
    did: list[str] = []
    view = next((view for view in life.actions.values() if view.outcome is Outcome.OPEN), None)
    dialogues: dict[str, Any] = {}
    for press in pressed:
        if view is None:
            break
        turn = life.turn(now, last)
        turn.person.dialogues |= dialogues
        turn.pressed_action = life.actions[view.id]
        if not daily.press(turn, press):
            break
        did.append(shown.press(press))
        dialogues = {"day": turn.person.dialogues["day"]}
        life.carry_out(turn)
        answered = _messages(turn, "answer", life)
        shown.add(turn, answered)
        said += answered
    return said, did


def _messages(turn: Turn, kind: str, life: _Life) -> list[dict[str, Any]]:
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
            item = turn.world.catalogue.action(opened.catalogue_id)
            message["conditions"] = [str(line) for line in item.when]
        found.append(message)
    return found


def as_text(messages: list[dict[str, Any]]) -> str:
    """The messages for reading, a day a block."""
    return "\n\n".join(
        f"— {message['at'][:16].replace('T', ' ')} ({message['kind']})\n{message['text']}"
        for message in messages
    )
