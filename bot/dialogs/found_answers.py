"""What is done and said about a job found: the callbacks of `bot.dialogs.found`, and the message of a day in work.

What is answered to a survey is counted and kept nowhere beside the person: what follows, in state and in words, is the
same whatever the answer.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.advice.facts import Outcome
from bot.dialogs import plan, rhythm
from bot.dialogs.effects import (
    CloseAction,
    CountAnswer,
    EndJob,
    GiveConsent,
    NoteJob,
    ReopenAction,
    RevokeConsent,
)
from bot.dialogs.in_work_messages import BUTTON
from bot.dialogs.machine import RETURN_TO, Step
from bot.dialogs.next_action import next_words
from bot.dialogs.replies import Button, Reply
from bot.dialogs.standing import is_open

CONSENT = "surveys"
CONSENT_VERSION = "surveys-1"
"""Version of the text that asks for it (`found.surveys.ask`)."""
HELPED = ("people", "advert", "direct", "cv", "interview", "training", "support", "actions", "other")
"""What may have helped."""
FIRST_DAYS = ("began", "monday", "two_weeks")
TRIALS = {"trial1": 30, "trial2": 60, "trial0": None}
"""Days from the answer to the end of a trial period; None: there is none."""


def _in(step: Step, state: str, key: str, value: str) -> Button:
    return BUTTON(step.turn.voice(key), value, state)


def _settle(step: Step, key: str, label: str, *below: Button) -> None:
    """The pressed message keeps its words, with the answer under them."""
    turn = step.turn
    if turn.on_message:
        rows = (below,) if below else ()
        turn.say(Reply(f"{turn.voice(key)}\n→ {label}", buttons=rows, replace=True))


def forget(data: dict[str, Any]) -> None:
    """All that was kept of a job; where the focus goes back to stays."""
    for key in set(data) - {RETURN_TO}:
        del data[key]


# Found


def keep_maybe(step: Step) -> None:
    """The first day that the words named, if they did."""
    forget(step.data)
    if step.answer is not None:
        step.data["start"] = step.answer.isoformat()


def ask_sure(step: Step) -> None:
    rows = (
        (
            _in(step, "sure", "found.button.found", "found"),
            _in(step, "sure", "found.button.not_yet", "not_yet"),
        ),
    )
    step.turn.say(Reply(step.turn.voice("found.sure"), buttons=rows))


def note(step: Step) -> None:
    """The open action ends without an answer: it is not wanted any more."""
    turn, data, start = step.turn, step.data, step.answer
    view = turn.open_action
    forget(data)
    data["on"] = turn.today.isoformat()
    if start is not None:
        data["start"] = start.isoformat()
    if view is not None and is_open(view):
        turn.do(CloseAction(view.id, Outcome.WITHDRAWN))
        plan.drop(turn, view.id)
        data["action"] = view.id
        turn.open_action = None
    turn.do(NoteJob(turn.today))
    turn.on_message = False


def ask_helped(step: Step) -> None:
    voice = step.turn.voice
    buttons = [_in(step, "helped", f"found.helped.{code}", code) for code in HELPED]
    rows = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    last = (
        _in(step, "helped", "questions.skip", "helped_skip"),
        _in(step, "helped", "found.button.mistake", "mistake"),
    )
    step.turn.say(Reply(voice("found.joy"), buttons=(*rows, last)))


def count_helped(step: Step) -> None:
    turn, code = step.turn, step.answer
    turn.do(CountAnswer("helped", code, turn.today.year))
    step.data["other"] = code == "other"
    _settle(step, "found.joy", turn.voice(f"found.helped.{code}"), _mistake(step))


def _mistake(step: Step) -> Button:
    return _in(step, "helped", "found.button.mistake", "mistake")


def skip_helped(step: Step) -> None:
    _settle(step, "found.joy", step.turn.voice("questions.skip"), _mistake(step))


def mistaken(step: Step) -> None:
    """As if nothing had been said: the action of the same day is open again."""
    turn, data = step.turn, step.data
    turn.do(EndJob(turn.today, mistaken=True))
    if data.get("surveys"):
        turn.do(RevokeConsent(CONSENT))
    if data.get("on") == turn.today.isoformat() and isinstance(data.get("action"), int):
        turn.do(ReopenAction(data["action"]))
    forget(data)
    back_to_actions(step, "found.mistaken")


def not_yet(step: Step) -> None:
    step.turn.say(
        Reply(step.turn.voice("found.not_yet", next=next_words(step.turn)), replace=step.turn.on_message)
    )


# The first weeks, and the surveys


def ask_weeks(step: Step) -> None:
    row = (
        _in(step, "weeks", "found.button.weeks_yes", "weeks_yes"),
        _in(step, "weeks", "found.button.no", "weeks_no"),
    )
    step.turn.say(Reply(step.turn.voice("found.weeks.ask"), buttons=(row,)))


def start_is_unknown(step: Step) -> bool:
    return "start" not in step.data


def agree_weeks(step: Step) -> None:
    step.data["weeks"] = True
    _settle(step, "found.weeks.ask", step.turn.voice("found.button.weeks_yes"))


def decline_weeks(step: Step) -> None:
    step.data["weeks"] = False
    _settle(step, "found.weeks.ask", step.turn.voice("found.button.no"))


def ask_start(step: Step) -> None:
    row = tuple(_in(step, "first_day", f"found.day.{code}", code) for code in FIRST_DAYS)
    last = (_in(step, "first_day", "questions.skip", "day_skip"),)
    step.turn.say(Reply(step.turn.voice("found.day.ask"), buttons=(row, last)))


def keep_start(step: Step) -> None:
    step.data["start"] = step.answer.isoformat()
    _settle(step, "found.day.ask", step.turn.voice.date(step.answer))


def skip_start(step: Step) -> None:
    _settle(step, "found.day.ask", step.turn.voice("questions.skip"))


def ask_surveys(step: Step) -> None:
    row = (
        _in(step, "surveys", "found.button.surveys_yes", "surveys_yes"),
        _in(step, "surveys", "found.button.no", "surveys_no"),
    )
    step.turn.say(Reply(step.turn.voice("found.surveys.ask"), buttons=(row,)))


def agree_surveys(step: Step) -> None:
    step.turn.do(GiveConsent(CONSENT, CONSENT_VERSION))
    step.data["surveys"] = True
    end(step, "found.button.surveys_yes")


def decline_surveys(step: Step) -> None:
    step.data["surveys"] = False
    end(step, "found.button.no")


def end(step: Step, label: str) -> None:
    _settle(step, "found.surveys.ask", step.turn.voice(label))
    step.turn.tell("found.farewell")


# In work


def say_working(step: Step) -> None:
    """Where somebody in work stands, with the ways out."""
    out = (
        _in(step, "working", "found.button.over", "over"),
        _in(step, "working", "found.button.mistake", "mistake"),
    )
    ways = tuple(
        _in(step, "working", f"found.button.{value}", value)
        for value, kind in (("no_weeks", "weeks"), ("no_surveys", "surveys"))
        if step.data.get(kind)
    )
    step.turn.say(Reply(step.turn.voice("found.working"), buttons=(out, ways) if ways else (out,)))


def was_asked_how(step: Step) -> bool:
    return step.data.get("felt") in ("week", "month", "trial")


def felt(step: Step) -> None:
    turn, voice = step.turn, step.turn.voice
    note = step.data.pop("felt")
    _settle(step, f"found.note.{note}", voice(f"found.feel.{step.answer}"))
    if step.answer == "hard":
        turn.tell("found.hard")
    elif note == "month" and "trial" not in step.data:
        row = tuple(_in(step, "working", f"found.trial.{code}", code) for code in TRIALS)
        turn.say(Reply(voice("found.trial.ask"), buttons=(row,)))
    else:
        turn.tell("found.fine")


def keep_trial(step: Step) -> None:
    turn, days = step.turn, TRIALS[step.answer]
    step.data["trial"] = (turn.today + timedelta(days=days)).isoformat() if days else ""
    _settle(step, "found.trial.ask", turn.voice(f"found.trial.{step.answer}"))
    turn.tell("found.fine")


def has_weeks(step: Step) -> bool:
    return bool(step.data.get("weeks"))


def no_weeks(step: Step) -> None:
    step.data["weeks"] = False
    step.turn.tell("found.no_more")


def has_surveys(step: Step) -> bool:
    return bool(step.data.get("surveys"))


def no_surveys(step: Step) -> None:
    step.data["surveys"] = False
    step.data.pop("asked", None)
    step.turn.do(RevokeConsent(CONSENT))
    step.turn.tell("found.no_more")


def waits_for_it(step: Step) -> bool:
    return bool(step.data.get("asked") == step.answer[0])


def count_survey(step: Step) -> None:
    """The answer goes into a count; what is said and kept is the same for each."""
    turn = step.turn
    question, code = step.answer
    step.data.pop("asked")
    turn.do(CountAnswer(question, code, turn.today.year))
    turn.say(Reply(turn.voice("found.surveys.thanks"), replace=turn.on_message))


def over(step: Step) -> None:
    turn = step.turn
    if turn.local_now.time() >= rhythm.local_hour(turn.profile):
        turn.person.last_push = turn.today  # the first action comes tomorrow, not on the heels of this
    turn.do(EndJob(turn.today))
    if step.data.get("surveys"):
        turn.do(RevokeConsent(CONSENT))
    forget(step.data)
    turn.on_message = False
    back_to_actions(step, "found.over")


def back_to_actions(step: Step, key: str) -> None:
    """The daily actions come again, with the profile as it was."""
    turn = step.turn
    step.dialogue.state = "quiet"  # so that the next action is told as it will come
    turn.say(Reply(turn.voice(key, next=next_words(turn)), replace=turn.on_message))
