"""What is written with numbers, and is neither a length of time nor a date: ages, rates, births, what is left."""

from __future__ import annotations

from bot.understanding import words

ASIDE = "x"
"""Stands for what is set aside."""


def without_asides(said: str) -> str:
    """A plain text in which such numbers are replaced by a word that means nothing."""
    for kind in words.document()["asides"]:
        said = words.expression("asides", kind, "aside_pieces").sub(ASIDE, said)
    return said
