"""The two questions whose answers are looked up: which job, which town. What is sure is taken, the rest proposed."""

from __future__ import annotations

import re
from typing import Any

from rapidfuzz import fuzz

from bot.advice.profile import JobChoice
from bot.dialogs import zones
from bot.dialogs.answer import Answer
from bot.dialogs.question import Values
from bot.dialogs.questions import QUESTIONS
from bot.dialogs.turn import Turn
from bot.sources.found import Decision
from bot.sources.occupations.folding import both_genders, tokens
from bot.sources.places import Kind
from bot.sources.plain import plain
from bot.understanding import intents, words
from bot.understanding.intents import Intent
from bot.understanding.text import clean

MOST_JOBS = 8
LONGEST_JOB = 80
LONGEST_JOBS = 400
LONGEST_PLACE = 80
LONGEST_SENTENCE = 240
LONGEST_TITLE = 8
"""Words of a job or a town at the most: more are a sentence."""
TOLD_APART = 3
"""Points of likeness (0-100) from which one gender of a label is nearer to the typed words than the other."""

_NOT_A_NAME = frozenset(Intent) - {Intent.UNDECIDED, Intent.SEVERAL}
"""What is said to Bob, rather than of a job or a town."""
_BETWEEN_JOBS = re.compile(r",|;|/|\n| ou | or ")


def label(turn: Turn, name: str, code: str) -> str:
    """What a proposal is called."""
    if name == "job":
        known = turn.world.occupations.by_code(code)
        return known.label(turn.person.language) if known else code
    place = turn.world.places.by_code(code)
    return place.label if place else code


def written(turn: Turn, typed: str, code: str) -> str:
    """The job as it is written in texts to send: the person's own words where they name it, else its label.

    Words that are misspelt or say too little ("asistante dentere", "cheffe") would read badly there. Of both genders
    the label has, that of the typed words is taken where it can be told.
    """
    if turn.world.occupations.is_named(code, typed):
        return typed
    forms = both_genders(label(turn, "job", code))
    length = len(typed.split())
    alike = sorted(((_likeness(typed, form, length), form) for form in forms), reverse=True)
    if len(alike) == 1 or alike[0][0] - alike[1][0] >= TOLD_APART:
        return alike[0][1]
    return label(turn, "job", code)


def _likeness(typed: str, form: str, length: int) -> float:
    """How much the typed words look like as many words of a form of the label, 0 to 100."""
    return fuzz.ratio(plain(typed), plain(" ".join(form.split()[:length])))


def confirmed(turn: Turn, typed: str, chosen: str) -> str:
    """What is said back: the person's words, and what they were taken for."""
    return turn.voice("questions.job.confirmed", words=typed, label=chosen)


# Reading a job


def read_job(turn: Turn, text: str) -> Answer | None:
    """One job, several, none yet, or a sentence around them; None when that is not about a job."""
    said = intents.intent(text)
    if said is Intent.SEVERAL:
        return _option(turn, "several")
    if said is Intent.UNDECIDED or intents.unsure(text):
        return _option(turn, "undecided")
    words = clean(text, LONGEST_JOBS)
    if said in _NOT_A_NAME or len(text) > LONGEST_JOBS or words.startswith("http"):
        return None
    found = turn.find_job(words)
    if found.decision is Decision.UNKNOWN:
        return _option(turn, "undecided")
    if is_sentence(words):
        return _read_talk(turn, words)
    jobs = _listed(words)
    if not jobs or not any(char.isalpha() for char in jobs[0]):
        return None
    first = found if len(jobs) == 1 else turn.find_job(jobs[0])
    values: dict[str, Any] = {
        "job": jobs[0],
        "job_code": first.taken.code if first.taken else None,
        "other_jobs": tuple(jobs[1:]),
        "job_choice": JobChoice.SEVERAL if len(jobs) > 1 else JobChoice.ONE,
    }
    if first.taken:
        code = first.taken.code
        values["job"] = written(turn, jobs[0], code)
        if values["job"] != jobs[0]:
            return Answer(values, ", ".join([confirmed(turn, jobs[0], label(turn, "job", code)), *jobs[1:]]))
        return Answer(values, ", ".join(jobs))
    return Answer(values, ", ".join(jobs), tuple(one.code for one in first.asked), jobs[0])


def _listed(words: str) -> list[str]:
    """The jobs of a list; both genders of one ("vendeur/vendeuse") count once. Empty when there are too many."""
    jobs: dict[tuple[str, ...], str] = {}
    for part in _BETWEEN_JOBS.split(words):
        job = clean(part, LONGEST_JOB)
        if job and intents.intent(job) not in (Intent.YES, Intent.NO):  # "non, boulanger"
            jobs.setdefault(tokens(job), job)
    return list(jobs.values()) if len(jobs) <= MOST_JOBS else []


def _read_talk(turn: Turn, words: str) -> Answer | None:
    """A sentence: what is sure in it is taken; else its jobs are offered, and nothing is kept until one is picked."""
    found = turn.find_job(words)
    if found.taken:
        values = job_of_a_sentence(turn, words, found.taken.code)
        return Answer(values, values["job"])
    codes = tuple(one.code for one in found.asked)
    return Answer({}, words, codes, words) if codes else None


def job_of_a_sentence(turn: Turn, sentence: str, code: str) -> Values:
    """The job picked from a sentence, in the person's own words where the sentence names it."""
    said = turn.world.occupations.named(sentence).get(code) or label(turn, "job", code)
    return {"job": said, "job_code": code, "other_jobs": (), "job_choice": JobChoice.ONE}


def _option(turn: Turn, code: str) -> Answer:
    question = QUESTIONS["job"]
    return Answer(question.options[code], question.labels(turn.voice)[code])


def is_sentence(said: str) -> bool:
    """Whether this is said around an answer ("je cherche plutôt..."), and would read badly where a job or a town is
    written.
    """
    parts = plain(said).split()
    return len(parts) > LONGEST_TITLE or not words.group("talk")["words"].isdisjoint(parts)


# Reading a town


def read_place(turn: Turn, text: str) -> Answer | None:
    """A town, or a sentence around one; None when that is not about a town."""
    words = clean(text, LONGEST_SENTENCE)
    if len(words) < 2 or not any(char.isalnum() for char in words) or words.startswith("http"):
        return None
    if intents.intent(text) in _NOT_A_NAME or len(text) > LONGEST_SENTENCE:
        return None
    found = turn.find_place(words)
    if found.taken:
        return Answer(place_values(turn, found.taken.code), label(turn, "place", found.taken.code))
    values: dict[str, Any] = dict.fromkeys(("place", "place_code", "department", "region", "population"))
    if found.decision is Decision.UNKNOWN:
        return Answer({**values, "skipped": turn.profile.skipped | {"place"}}, words)
    codes = tuple(place.code for place in found.asked)
    if is_sentence(words) or len(words) > LONGEST_PLACE:
        return Answer({}, words, codes, words) if codes else None
    values["place"] = words
    zone = zones.find(words)
    if zone in zones.OFFERED.values():
        values["time_zone"] = zone
    return Answer(values, words, codes, words)


def shared_place(turn: Turn, location: tuple[float, float]) -> Answer | None:
    """The town nearest to a shared position, in degrees (latitude, longitude); None at sea or in a desert.

    The position itself goes no further.
    """
    place = turn.world.places.nearest(*location)
    return Answer(place_values(turn, place.code), place.label) if place else None


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
