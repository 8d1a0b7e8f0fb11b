"""Which of several numbered proposals is meant: "2", "la première", "le n° 3", "the last one"."""

from __future__ import annotations

import re

from bot.sources.plain import plain
from bot.understanding import words
from bot.understanding.text import LONGEST

_AROUND = frozenset(
    (
        *("le", "la", "l", "les", "the", "one", "no", "n", "numero", "number", "option", "choix", "c", "est"),
        *(
            "svp",
            "stp",
            "merci",
            "please",
            "thanks",
            "plait",
            "s",
            "il",
            "vous",
            "te",
            "je",
            "prends",
            "choisis",
        ),
    )
)
_SIGN = re.compile(r"[°º#]")


def picked(text: str, count: int) -> int | None:
    """The place of what is picked among `count`, from 1; 0 for a pick that fits none of them; None for other words."""
    said = plain(_SIGN.sub(" ", text[:LONGEST])).split()
    kept = [word for word in said if word not in _AROUND] or said
    if len(kept) != 1:
        return None
    ordinals = words.by_phrase("ordinals")
    named = ordinals.get(kept[0], kept[0])
    if named == "last":
        return count
    if not (named.isascii() and named.isdecimal()) or len(named) > 2:
        return None
    number = int(named)
    return number if 1 <= number <= count else 0
