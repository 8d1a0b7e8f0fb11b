"""How a question is put and read, wherever it is asked: onboarding, `/profil`, the diagnosis, a later question.

The dialogue that asks keeps, in its data, the codes `chosen` so far of a several-choice answer. Jobs and towns are
looked up (`bot.dialogs.looked_up`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.dialogs import looked_up, proposals
from bot.dialogs.answer import Answer
from bot.dialogs.question import Question
from bot.dialogs.questions import QUESTIONS
from bot.dialogs.replies import Button, ButtonMaker, Reply, Rows
from bot.dialogs.turn import Turn
from bot.understanding import intents
from bot.understanding.intents import Intent

DONE = "ok"
SKIP = "skip"
BACK = "back"

# Putting it


def rows_of(buttons: list[Button], per_row: int) -> Rows:
    """Buttons by rows of `per_row`."""
    return tuple(tuple(buttons[start : start + per_row]) for start in range(0, len(buttons), per_row))


def text_of(turn: Turn, name: str, data: Mapping[str, Any], *, picking: bool) -> str:
    """The question, or what introduces the proposals for a job or a place."""
    if picking:
        return proposals.introduction(turn, name, data)
    return QUESTIONS[name].ask(turn.voice)


def rows(
    button: ButtonMaker, turn: Turn, name: str, data: Mapping[str, Any], step: str, *, picking: bool
) -> Rows:
    """The buttons of its options, chosen ones marked; or of the proposals."""
    if picking:
        return proposals.rows(button, turn, name, data, step)
    question = QUESTIONS[name]
    chosen = set(data.get("chosen", ()))
    made = [
        button(f"✓ {label}" if code in chosen else label, code, step)
        for code, label in question.labels(turn.voice).items()
    ]
    found = rows_of(made, question.per_row)
    if not question.several or (question.always_shown and not chosen):
        return found
    label = "questions.that_is_all" if chosen else "questions.nothing_named"
    return (*found, (button(turn.voice(label), DONE, step),))


def rows_with_skip(button: ButtonMaker, turn: Turn, name: str, data: Mapping[str, Any], step: str) -> Rows:
    """The buttons of its options, and the way past it."""
    skip = (button(turn.voice("questions.skip"), SKIP, step),)
    return (*rows(button, turn, name, data, step, picking=False), skip)


def answered(turn: Turn, question_text: str, label: str) -> None:
    """After a button: the question stays readable in the chat with the answer given, without its buttons."""
    turn.say(Reply(f"{question_text}\n→ {label}", replace=True))


# Reading it


def is_toggle(name: str, value: str) -> bool:
    """Whether this press ticks or unticks one of several options."""
    question = QUESTIONS[name]
    return question.several and value in question.options


def toggled(data: dict[str, Any], code: str) -> None:
    """Tick or untick an option."""
    data["chosen"] = sorted(set(data.get("chosen", ())) ^ {code})


def pressed(turn: Turn, name: str, data: Mapping[str, Any], value: str, *, picking: bool) -> Answer | None:
    """The answer behind a pressed button that is no toggle; None for a value that the question does not have."""
    if picking:
        return proposals.picked(turn, name, data, value)
    question = QUESTIONS[name]
    if question.several:
        chosen = set(data.get("chosen", ())) & question.options.keys()
        return _several(turn, question, chosen) if value == DONE else None
    return option(turn, name, value)


def option(turn: Turn, name: str, code: str) -> Answer | None:
    """The answer behind one option; None for a code that the question does not have."""
    question = QUESTIONS[name]
    values = question.options.get(code)
    return None if values is None else Answer(values, question.labels(turn.voice)[code])


def read(turn: Turn, name: str, data: Mapping[str, Any], text: str, *, picking: bool) -> Answer | None:
    """Understand typed words as an answer; None when not understood. Options ticked before are kept."""
    if picking:
        picked = proposals.typed_pick(turn, name, data, text)
        if picked is not None or proposals.is_pick(text):
            return picked
    if name == "job":
        return looked_up.read_job(turn, text)
    if name == "place":
        return looked_up.read_place(turn, text)
    question = QUESTIONS[name]
    if question.several:
        return _read_several(turn, question, data, text)
    values = question.read(text, turn.voice, turn.today)
    if values is None:
        return None
    return Answer(values, question.shown(turn.profile.with_answers(**values), turn.voice) or "")


def _read_several(turn: Turn, question: Question, data: Mapping[str, Any], text: str) -> Answer | None:
    chosen = set(data.get("chosen", ())) & question.options.keys()
    if intents.intent(text) is not Intent.NOTHING:
        values = question.read(text, turn.voice, turn.today)
        if values is None:
            return None
        chosen |= question.codes(values)
    return _several(turn, question, chosen)


def _several(turn: Turn, question: Question, chosen: set[str]) -> Answer | None:
    """The options chosen, perhaps none; None where one at least is needed (a rhythm has a day)."""
    if question.always_shown and not chosen:
        return None
    return Answer(question.chosen(chosen), question.chosen_label(chosen, turn.voice))
