"""The words that people type (`bot/locales/words/understood.toml`), in the form in which they are compared."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from bot.sources.plain import plain

WORDS = Path(__file__).parent.parent / "locales" / "words" / "understood.toml"


@cache
def document() -> dict[str, Any]:
    """The whole file."""
    return tomllib.loads(WORDS.read_text("utf-8"))


@cache
def group(name: str) -> dict[str, frozenset[str]]:
    """One table of lists of phrases ("intents", "parts", "keywords.barriers"), plain; {} when there is none."""
    found: Any = document()
    for part in name.split("."):
        found = found.get(part, {})
    return {
        key: frozenset(map(plain, phrases)) for key, phrases in found.items() if isinstance(phrases, list)
    }


@cache
def by_phrase(name: str) -> dict[str, str]:
    """The same table the other way round: plain phrase -> key."""
    return {phrase: key for key, phrases in group(name).items() for phrase in sorted(phrases)}


def first_within(name: str, words: str) -> str | None:
    """The first key of a table one of whose phrases occurs, as whole words, in a plain text."""
    padded = f" {words} "
    return next(
        (key for key, phrases in group(name).items() if any(f" {phrase} " in padded for phrase in phrases)),
        None,
    )
