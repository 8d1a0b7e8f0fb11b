"""One or several of the options of a question, by label or keyword, typos allowed."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from rapidfuzz import fuzz

from bot.sources.plain import plain
from bot.understanding import words
from bot.understanding.text import LONGEST

CLOSE_ENOUGH = 88
"""Similarity (0-100) from which a typed label counts as the label: typos of one or two letters."""


def choice(
    text: str, labels: Mapping[str, str], keywords: Mapping[str, Collection[str]] | None = None
) -> str | None:
    """The one value whose label (or keyword) was typed, typos allowed; None when none or several fit."""
    said = plain(text[:LONGEST])
    if not said:
        return None
    exact = [value for value, label in labels.items() if plain(label) == said]
    if len(exact) == 1:
        return exact[0]
    by_keyword = _named(said, keywords or {})
    if len(by_keyword) == 1:
        return by_keyword.pop()
    if by_keyword:
        return None
    scores = {value: fuzz.ratio(said, plain(label)) for value, label in labels.items()}
    best = sorted(scores, key=scores.__getitem__, reverse=True)
    if best and scores[best[0]] >= CLOSE_ENOUGH and (len(best) == 1 or scores[best[0]] > scores[best[1]]):
        return best[0]
    return None


def choices(
    text: str, labels: Mapping[str, str], keywords: Mapping[str, Collection[str]] | None = None
) -> set[str]:
    """Every value that is named in the text, by label or keyword."""
    text = text[:LONGEST]
    found = _named(plain(text), keywords or {})
    for part in re.split(r"[,;/\n]| et | and | \+ ", text):
        one = choice(part, labels)
        if one:
            found.add(one)
    return found


def _named(said: str, keywords: Mapping[str, Collection[str]]) -> set[str]:
    padded = f" {said} "
    return {value for value, group in keywords.items() if any(f" {word} " in padded for word in group)}


def keywords_of(question: str) -> Mapping[str, Collection[str]]:
    """Keywords by option value for a question, both languages together."""
    return words.group(f"keywords.{question}")
