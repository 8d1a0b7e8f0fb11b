"""Typed texts: how much of them is looked at, and how they may be kept."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from bot.sources.plain import plain

LONGEST = 500
"""Characters of a typed answer that are looked at: the rest is talk."""


def clean(text: str, limit: int) -> str:
    """A typed text as it may be kept: control characters and direction marks out, spaces single, `limit` characters.

    "" when nothing that can be seen is left.
    """
    kept = "".join(
        char
        for char in text[: limit * 4]
        if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"} or char in "\n\t\u200d\ufe0f"
    )
    short = " ".join(kept.split())[:limit].strip(" \u200d\ufe0f")
    return short if any(unicodedata.category(char)[0] not in "CZM" for char in short) else ""


def any_of(phrases: Iterable[str], text: str) -> bool:
    """Whether one of these whole words or phrases occurs in the text."""
    padded = f" {plain(text)} "
    return any(f" {plain(phrase)} " in padded for phrase in phrases)
