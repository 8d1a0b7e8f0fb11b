"""How a question is put and read, wherever it is asked: onboarding, `/profil`, the diagnosis.

The dialogue that asks keeps the codes of a several-choice answer, or the proposals for a job or a place, in its data.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.advice.profile import JobChoice
from bot.dialogs import answers
from bot.dialogs.answers import Intent
from bot.dialogs.machine import Dialogue
from bot.dialogs.questions import QUESTIONS, Question
from bot.dialogs.replies import Button, Reply
from bot.dialogs.turn import Turn

KEEP_WORDS = "keep"
DONE = "ok"
SKIP = "skip"
BACK = "back"


@dataclass(frozen=True, slots=True)
class Answer:
    """An understood answer. `values` fill the profile; `proposals` are codes to choose from; `label` shows it back."""

    values: Mapping[str, Any]
    label: str = ""
    proposals: tuple[str, ...] = ()
    words: str = ""


def rows_of(buttons: list[Button], per_row: int) -> tuple[tuple[Button, ...], ...]:
    """Buttons by rows of `per_row`."""
    return tuple(tuple(buttons[start : start + per_row]) for start in range(0, len(buttons), per_row))


def option_buttons(
    dialogue: Dialogue, turn: Turn, question: Question, step: str, chosen: set[str] | None = None
) -> tuple[tuple[Button, ...], ...]:
    """The buttons of a question's options; chosen ones bear a mark."""
    marked = chosen or set()
    buttons = [
        dialogue.button(f"✓ {label}" if code in marked else label, code, step)
        for code, label in question.labels(turn.voice).items()
    ]
    return rows_of(buttons, question.per_row)


def proposal_buttons(
    dialogue: Dialogue, turn: Turn, name: str, codes: list[str], step: str
) -> tuple[tuple[Button, ...], ...]:
    """The proposals for a job or a place, one a row, then "keep my words"."""
    buttons = [(dialogue.button(proposal_label(turn, name, code), code, step),) for code in codes]
    return (*buttons, (dialogue.button(turn.voice("questions.keep_words"), KEEP_WORDS, step),))


def proposal_label(turn: Turn, name: str, code: str) -> str:
    """What a proposal reads on its button."""
    if name == "job":
        known = turn.world.occupations.by_code(code)
        return known.label(turn.person.language) if known else code
    place = turn.world.places.by_code(code)
    return place.label if place else code


def read(turn: Turn, name: str, text: str) -> Answer | None:
    """Understand typed words as an answer to the question; None when not understood."""
    if name == "job":
        return _read_job(turn, text)
    if name == "place":
        return _read_place(turn, text)
    question = QUESTIONS[name]
    if question.several and answers.intent(text) is Intent.NOTHING:
        return Answer({question.fields[0]: frozenset()}, turn.voice("questions.nothing_named"))
    values = question.read(text, turn.voice)
    if values is None:
        return None
    return Answer(values, question.shown(turn.profile.with_answers(**values), turn.voice) or text)


def option(turn: Turn, name: str, code: str) -> Answer | None:
    """The answer behind a pressed option; None for a code that the question does not have."""
    question = QUESTIONS[name]
    values = question.options.get(code)
    return None if values is None else Answer(values, question.labels(turn.voice)[code])


def _read_job(turn: Turn, text: str) -> Answer | None:
    said = answers.intent(text)
    if said in (Intent.UNDECIDED, Intent.SEVERAL):
        return option(turn, "job", "undecided" if said is Intent.UNDECIDED else "several")
    words = answers.clean(text, 300)
    jobs = [
        part for part in (answers.clean(part, 80) for part in re.split(r",|;|/|\n| ou | or ", words)) if part
    ]
    if not jobs or not any(char.isalpha() for char in jobs[0]) or len(jobs) > 8 or words.startswith("http"):
        return None
    match = turn.world.occupations.search(jobs[0])
    values: dict[str, Any] = {
        "job": jobs[0],
        "job_code": match.sure.code if match.sure else None,
        "other_jobs": tuple(jobs[1:]),
        "job_choice": JobChoice.SEVERAL if len(jobs) > 1 else JobChoice.ONE,
    }
    return Answer(values, ", ".join(jobs), tuple(entry.code for entry in match.close), jobs[0])


def choose_job(values: Mapping[str, Any], code: str) -> dict[str, Any]:
    """The job's answers with the chosen occupation; the person's own words stay."""
    return {**values, "job_code": code}


def _read_place(turn: Turn, text: str) -> Answer | None:
    words = answers.clean(text, 80)
    if len(words) < 2 or not any(char.isalnum() for char in words) or words.startswith("http"):
        return None
    match = turn.world.places.search(words)
    if match.sure:
        return Answer(place_values(turn, match.sure.code), match.sure.label)
    values = {"place": words, "place_code": None, "department": None, "region": None, "population": None}
    return Answer(values, words, tuple(entry.code for entry in match.close), words)


def place_values(turn: Turn, code: str) -> dict[str, Any]:
    """The place's answers for an INSEE code of the list, time zone included (it follows the place)."""
    place = turn.world.places.by_code(code)
    if place is None:
        raise KeyError(code)
    return {
        "place": place.name,
        "place_code": place.code,
        "department": place.department,
        "region": place.region,
        "population": place.population,
        "time_zone": place.time_zone,
    }


def answered(turn: Turn, question_text: str, label: str) -> None:
    """After a button: the question stays readable in the chat with the answer given, without its buttons."""
    turn.say(Reply(f"{question_text}\n→ {label}", replace=True))
