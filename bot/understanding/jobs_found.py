"""A job that was found, told in one's own words: "j'ai trouvé !", "I got the job", "je commence lundi"; and its end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.sources.plain import plain
from bot.understanding import dates, words
from bot.understanding.text import typed

LONGEST = 30
"""Words; who writes more tells a story, in which a job is one thing among others."""
_PIECES = "job_pieces"
_STARTS = re.compile(r"\b(?:commenc\w*|demarr\w*|debut\w*|start\w*|attaqu\w*|premier jour|first day)\b")
_PAST = re.compile(r"\b(?:(?:j ai|jai) (?:deja )?(?:commence|demarre|debute)|started|depuis|since)\b")
_DOUBTS = frozenset({"mais", "but", "essai", "trial", "offer", "test"})
"""Beside plain words, these make them worth asking back."""
_APOSTROPHE = re.compile(r"['’]")


@dataclass(frozen=True, slots=True)
class JobFound:
    """`sure`: the words say so plainly; otherwise it is to be asked back. `start`: the first day, if they name it."""

    sure: bool
    start: date | None = None


def job_found(text: str, today: date) -> JobFound | None:
    """What the words tell of a job that the person has found; None when they tell of none."""
    said = _plain(text)
    if not said or "?" in text or len(said.split()) > LONGEST:
        return None
    if words.expression("job_found", "other").search(said):
        return None
    sure = bool(words.expression("job_found", "plain", _PIECES).search(said))
    if not sure and not words.expression("job_found", "maybe", _PIECES).match(said):
        return None
    return JobFound(sure and _DOUBTS.isdisjoint(said.split()), first_day(text, today))


def first_day(text: str, today: date, *, asked: bool = False) -> date | None:
    """The first day at work that the words name. `asked`: they answer the question for it, so a bare date is one."""
    said = _plain(text)
    if not asked and not _STARTS.search(said):
        return None
    found = dates.named(typed(text), today, ahead=not _PAST.search(said))
    return found[0].first if found else None


def job_over(text: str) -> bool:
    """Whether somebody who told of a job says that it is over."""
    said = _plain(text)
    if not said or "?" in text or len(said.split()) > LONGEST:
        return False
    return bool(words.expression("job_over", "plain").search(said))


def _plain(text: str) -> str:
    return plain(_APOSTROPHE.sub(" ", text[: LONGEST * 20]))
