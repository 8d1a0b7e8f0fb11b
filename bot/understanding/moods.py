"""Discouragement in the words that people use: "j'en ai marre", "sale journée", "what a bad day"."""

from __future__ import annotations

from bot.sources.plain import plain
from bot.understanding import words

LONGEST = 60
"""Words; who writes more tells a story, in which a bad day is one thing among others."""


def discouraged(text: str) -> bool:
    """Whether somebody says that they are at a low point of their search. A feeling, no diagnosis."""
    said = plain(text)
    if not said or len(said.split()) > LONGEST:
        return False
    mood, padded = words.group("mood"), f" {said} "
    low, not_low = (any(f" {phrase} " in padded for phrase in mood[key]) for key in ("low", "not_low"))
    return low and not not_low
