"""Everyday answers that mean the same everywhere: yes, no, pass, back, help, stop, later."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from rapidfuzz import fuzz, process

from bot.sources.plain import plain
from bot.understanding import words
from bot.understanding.text import LONGEST

ALMOST_THE_SAME = 92
"""Similarity (0-100) from which a phrase is taken for a known one."""


class Intent(StrEnum):
    """Words that mean the same thing in every conversation."""

    SKIP = "skip"
    BACK = "back"
    YES = "yes"
    NO = "no"
    HELP = "help"
    HUMAN = "human"
    STOP = "stop"
    PAUSE = "pause"
    DELETE = "delete"
    DONE = "done"
    LATER = "later"
    EASIER = "easier"
    REFUSE = "refuse"
    STUCK = "stuck"
    ANOTHER = "another"
    PLAN = "plan"
    UNDECIDED = "undecided"
    SEVERAL = "several"
    NOTHING = "nothing"
    THANKS = "thanks"
    HELLO = "hello"


def intent(text: str) -> Intent | None:
    """The intent when the whole message says just that ("passer", "c'est fait"); None otherwise."""
    said = plain(text[:LONGEST])
    if not said or len(said) > 60:
        return None
    known = words.by_phrase("intents")
    if said in known:
        return Intent(known[said])
    if len(said) < 6:
        return None
    found = process.extractOne(said, _as_long_as(len(said)), scorer=fuzz.ratio, score_cutoff=ALMOST_THE_SAME)
    return Intent(known[found[0]]) if found else None


@cache
def _as_long_as(length: int) -> tuple[str, ...]:
    """The known phrases of about that length: others cannot be almost the same."""
    spread = round(length * (100 - ALMOST_THE_SAME) / 50) + 1
    return tuple(phrase for phrase in words.by_phrase("intents") if abs(len(phrase) - length) <= spread)


def unsure(text: str) -> bool:
    """Whether the words say "I don't know", which is an answer to some questions and a skip for others."""
    return plain(text[:LONGEST]) in words.group("unsure").get("phrases", frozenset())
