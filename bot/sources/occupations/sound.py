"""How a French word sounds, roughly: "kwafeuse" and "coiffeuse", "reseptionist" and "réceptionniste" give the same."""

from __future__ import annotations

import re
from functools import lru_cache

_STEPS = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"(.)\1+", r"\1"),
        (r"ph", "f"),
        (r"sch|sh|ch", "j"),
        (r"h", ""),
        (r"e?au", "o"),
        (r"oi", "wa"),
        (r"qu|ck|q", "k"),
        (r"sc(?=[eiy])|c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"g(?=[eiy])", "j"),
        (r"gu", "g"),
        (r"ti(?=on)", "si"),
        (r"y", "i"),
        (r"z|x", "s"),
        (r"[ea]i(?!n)|ei", "e"),
        (r"eu|oe", "e"),
        (r"[ae][nm](?=[^aeiou]|$)", "an"),
        (r"(?:a|e)?i[nm](?=[^aeiou]|$)", "in"),
        (r"[dtsp]$", ""),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """The rough sound of a plain word."""
    for pattern, to in _STEPS:
        word = pattern.sub(to, word)
    return word
