"""How a question is put and read, wherever it is asked: onboarding, `/profil`, the diagnosis, a later question.

The dialogue that asks keeps, in its data, the codes `chosen` so far of a several-choice answer, or the `proposals` for
a job or a place with the `words` that led to them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.advice.profile import JobChoice
from bot.dialogs import answers, within, zones
from bot.dialogs.answers import Intent
from bot.dialogs.question import Question, Values
from bot.dialogs.questions import QUESTIONS
from bot.dialogs.replies import Button, ButtonMaker, Reply
from bot.dialogs.turn import Turn
from bot.sources.places import Decision, Kind

KEEP_WORDS = "keep"
DONE = "ok"
SKIP = "skip"
BACK = "back"

MOST_JOBS = 8
LONGEST_JOB = 80
LONGEST_JOBS = 400
LONGEST_PLACE = 80
LONGEST_TITLE = 8
"""Words of a job or a town at the most: more are a sentence."""

Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """An understood answer. `values` fill the profile; `proposals` are codes to choose from; `label` shows it back."""

    values: Values
    label: str = ""
    proposals: tuple[str, ...] = ()
    words: str = ""


# Putting it


def rows_of(buttons: list[Button], per_row: int) -> Rows:
    """Buttons by rows of `per_row`."""
    return tuple(tuple(buttons[start : start + per_row]) for start in range(0, len(buttons), per_row))


def text_of(turn: Turn, name: str, data: Mapping[str, Any], *, picking: bool) -> str:
    """The question, or what introduces the proposals for a job or a place."""
    if picking:
        return turn.voice(f"questions.{name}.pick", words=data.get("words", ""))
    return QUESTIONS[name].ask(turn.voice)


def rows(
    button: ButtonMaker, turn: Turn, name: str, data: Mapping[str, Any], step: str, *, picking: bool
) -> Rows:
    """The buttons of its options, chosen ones marked; or of the proposals."""
    if picking:
        return _proposal_rows(button, turn, name, data, step)
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


def _proposal_rows(button: ButtonMaker, turn: Turn, name: str, data: Mapping[str, Any], step: str) -> Rows:
    """The proposals for a job or a place, one a row, then "keep my words" where they are no sentence."""
    made = [(button(proposal_label(turn, name, code), code, step),) for code in data.get("proposals", [])]
    if _is_sentence(data.get("words", "")):
        return tuple(made)
    return (*made, (button(turn.voice("questions.keep_words"), KEEP_WORDS, step),))


def proposal_label(turn: Turn, name: str, code: str) -> str:
    """What a proposal reads on its button."""
    if name == "job":
        known = turn.world.occupations.by_code(code)
        return known.label(turn.person.language) if known else code
    place = turn.world.places.by_code(code)
    return place.label if place else code


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
        return _picked(turn, name, data, value)
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


def _picked(turn: Turn, name: str, data: Mapping[str, Any], value: str) -> Answer | None:
    """The proposal that was chosen for a job or a place, or "keep my words"."""
    if value == KEEP_WORDS:
        return Answer({}, data.get("words", ""))
    if value not in data.get("proposals", ()):
        return None
    label = proposal_label(turn, name, value)
    if name == "place":
        return Answer(place_values(turn, value), label)
    said = {code: words for words, code in _jobs_within(turn, data.get("words", ""))}.get(value)
    of_it: Values = {"job": said, "other_jobs": (), "job_choice": JobChoice.ONE} if said else {}
    return Answer({"job_code": value, **of_it}, label)


def read(turn: Turn, name: str, data: Mapping[str, Any], text: str, *, picking: bool) -> Answer | None:
    """Understand typed words as an answer; None when not understood. Options ticked before are kept."""
    if picking:
        picked = _typed_pick(turn, name, data, text)
        if picked is not None:
            return picked
    if name == "job":
        return _read_job(turn, text)
    if name == "place":
        return _read_place(turn, text)
    question = QUESTIONS[name]
    if question.several:
        return _read_several(turn, question, data, text)
    values = question.read(text, turn.voice, turn.today)
    if values is None:
        return None
    return Answer(values, question.shown(turn.profile.with_answers(**values), turn.voice) or "")


def _read_several(turn: Turn, question: Question, data: Mapping[str, Any], text: str) -> Answer | None:
    chosen = set(data.get("chosen", ())) & question.options.keys()
    if answers.intent(text) is not Intent.NOTHING:
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


def _typed_pick(turn: Turn, name: str, data: Mapping[str, Any], text: str) -> Answer | None:
    proposals: list[str] = data.get("proposals", [])
    said = answers.intent(text)
    if said in (Intent.NO, Intent.NOTHING):
        if _is_sentence(data.get("words", "")):
            return None
        return _picked(turn, name, data, KEEP_WORDS)
    if said is Intent.YES and len(proposals) == 1:
        return _picked(turn, name, data, proposals[0])
    code = answers.choice(text, {code: proposal_label(turn, name, code) for code in proposals})
    return _picked(turn, name, data, code) if code else None


_NOT_A_NAME = frozenset(Intent) - {Intent.UNDECIDED, Intent.SEVERAL}
"""What is said to Bob, rather than of a job or a town."""


def _read_job(turn: Turn, text: str) -> Answer | None:
    said = answers.intent(text)
    if said is Intent.SEVERAL:
        return option(turn, "job", "several")
    if said is Intent.UNDECIDED or answers.unsure(text):
        return option(turn, "job", "undecided")
    words = answers.clean(text, LONGEST_JOBS)
    parts = re.split(r",|;|/|\n| ou | or ", words)
    jobs = [job for part in parts if (job := answers.clean(part, LONGEST_JOB))]
    if said in _NOT_A_NAME or len(text) > LONGEST_JOBS or words.startswith("http"):
        return None
    if not jobs or len(jobs) > MOST_JOBS:
        return None
    if not any(char.isalpha() for char in jobs[0]):
        return None
    match = turn.world.occupations.search(jobs[0])
    if match.sure is None and not match.close and _is_sentence(jobs[0]):
        return _read_talk(turn, words)
    values: dict[str, Any] = {
        "job": jobs[0],
        "job_code": match.sure.code if match.sure else None,
        "other_jobs": tuple(jobs[1:]),
        "job_choice": JobChoice.SEVERAL if len(jobs) > 1 else JobChoice.ONE,
    }
    return Answer(values, ", ".join(jobs), tuple(entry.code for entry in match.close), jobs[0])


def _read_talk(turn: Turn, words: str) -> Answer | None:
    """A sentence: the jobs that it names are offered, and nothing is kept until one is picked."""
    codes = tuple(code for _, code in _jobs_within(turn, words))
    return Answer({}, words, codes, words) if codes else None


def _jobs_within(turn: Turn, words: str) -> list[tuple[str, str]]:
    """The words and the codes of the jobs named in a sentence; none for words that are no sentence."""
    if not _is_sentence(words):
        return []
    return [(said, known.code) for said, known in within.named(words, turn.world.occupations.search)]


def _is_sentence(words: str) -> bool:
    """Whether this is said around an answer, and would read badly where a job or a town is written."""
    return len(words.split()) > LONGEST_TITLE or within.is_talk(words)


def _read_place(turn: Turn, text: str) -> Answer | None:
    words = answers.clean(text, LONGEST_PLACE)
    if len(words) < 2 or not any(char.isalnum() for char in words) or words.startswith("http"):
        return None
    if answers.intent(text) in _NOT_A_NAME or len(text) > 3 * LONGEST_PLACE:
        return None
    match = turn.world.places.search(answers.clean(text, 3 * LONGEST_PLACE))
    if match.sure:
        return Answer(place_values(turn, match.sure.code), match.sure.label)
    values: dict[str, Any] = dict.fromkeys(("place", "place_code", "department", "region", "population"))
    if match.decision is Decision.UNKNOWN:
        return Answer({**values, "skipped": turn.profile.skipped | {"place"}}, words)
    if _is_sentence(words):
        return Answer({}, words, tuple(place.code for place in match.close), words) if match.close else None
    values["place"] = words
    zone = zones.find(words)
    if zone in zones.OFFERED.values():
        values["time_zone"] = zone
    return Answer(values, words, tuple(place.code for place in match.close), words)


def place_values(turn: Turn, code: str) -> dict[str, Any]:
    """The answers of a place by its code: time zone included, but for a country, which may have several."""
    place = turn.world.places.by_code(code)
    if place is None:
        raise KeyError(code)
    values = {
        "place": place.name,
        "place_code": place.code,
        "department": place.department,
        "region": place.region,
        "population": place.population if place.kind in (Kind.COMMUNE, Kind.ARRONDISSEMENT) else None,
    }
    return values | {"time_zone": place.time_zone} if place.time_zone else values
