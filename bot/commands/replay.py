"""`bob replay`: sixty days of coaching in a second, through the same dialogues and the same choice of actions."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.advice.facts import History, Outcome, PastAction, Refusal, StrategyAnswer
from bot.advice.profile import Profile
from bot.commands.advise import message_text
from bot.commands.cases import completed, turn_of
from bot.dialogs import daily, rhythm
from bot.dialogs.effects import AnswerStrategy, CloseAction, MarkAction, OpenAction
from bot.dialogs.turn import ActionView, Turn

ANSWER_AFTER = timedelta(hours=1)
WEEKEND = (6, 7)
_REASONS = tuple(Refusal)


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
            history=History(past, self.strategies),
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
                case _:
                    continue


def replay(
    profile: Profile, *, days: int, habits: str, person: str, language: str, form: str, start: date
) -> list[dict[str, Any]]:
    """Every message of `days` local dates from `start`: {"at", "kind", "action", "family", "minutes", "text"}.

    Habits: always (does it, says how it was), never (no answer), refuses (each time with a reason, in turn), weekends
    (does it on Saturdays and Sundays only).
    """
    life = _Life(completed(profile), person, language, form)
    zone = ZoneInfo(life.profile.time_zone)
    now = datetime.combine(start, time(), zone).astimezone(UTC)
    end = datetime.combine(start + timedelta(days=days), time(), zone).astimezone(UTC)
    last: date | None = None
    messages: list[dict[str, Any]] = []
    while (due := rhythm.next_due(life.profile, now, last)) < end:
        turn = life.turn(due, last)
        last = turn.today
        daily.push(turn)
        turn.person.last_push = last
        life.carry_out(turn)
        messages += _messages(turn, "daily", life)
        messages += _answers(life, habits, due + ANSWER_AFTER, last)
        now = due + timedelta(minutes=1)
    return messages


def _answers(life: _Life, habits: str, now: datetime, last: date) -> list[dict[str, Any]]:
    """What the person does with the action, and what Bob says to that."""
    presses: list[str] = []
    if habits == "always" or (habits == "weekends" and last.isoweekday() in WEEKEND):
        presses = ["done", "fine"]
    elif habits == "refuses":
        presses = ["refuse", _REASONS[len(life.refusals) % len(_REASONS)].value]
    said: list[dict[str, Any]] = []
    view = next((view for view in life.actions.values() if view.outcome is Outcome.OPEN), None)
    dialogues: dict[str, Any] = {}
    for press in presses:
        if view is None:
            break
        turn = life.turn(now, last)
        turn.person.dialogues |= dialogues
        turn.pressed_action = life.actions[view.id]
        daily.press(turn, press)
        dialogues = {"day": turn.person.dialogues["day"]}
        life.carry_out(turn)
        said += _messages(turn, "answer", life)
    return said


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
        }
        if opened is not None and reply.title:
            message |= {"action": opened.catalogue_id, "family": opened.family, "minutes": opened.minutes}
            message["reasons"] = list(opened.reasons)
        found.append(message)
    return found


def as_text(messages: list[dict[str, Any]]) -> str:
    """The messages for reading, a day a block."""
    return "\n\n".join(
        f"— {message['at'][:16].replace('T', ' ')} ({message['kind']})\n{message['text']}"
        for message in messages
    )
