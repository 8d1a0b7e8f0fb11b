"""The words that people type (`bot/understanding/words/*.toml`), in the form in which they are compared."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import tomli

from bot.sources.plain import plain

_PIECE = re.compile(r"<(\w+)>")
WORDS = Path(__file__).parent / "words"


@cache
def document() -> dict[str, Any]:
    """The tables of all the files, by name."""
    found: dict[str, Any] = {}
    for file in sorted(WORDS.glob("*.toml")):
        tables = tomli.loads(file.read_text("utf-8"))
        assert found.keys().isdisjoint(tables), f"{file.name} repeats a table of another file"
        found |= tables
    return found


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


@cache
def expression(table: str, key: str, pieces: str = "") -> re.Pattern[str]:
    """The regular expressions of a list as one, for whole words of a plain text.

    <name> in them stands for a piece of the table `pieces`, which may hold pieces itself.
    """
    listed = document()[table][key]
    listed = [listed] if isinstance(listed, str) else listed
    joined = "|".join(f"(?:{one})" for one in listed)
    while pieces and _PIECE.search(joined):
        joined = _PIECE.sub(lambda found: str(document()[pieces][found.group(1)]), joined)
    return re.compile(rf"\b(?:{joined})(?!\w)")
