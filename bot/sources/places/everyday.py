"""Words of every day and names of people: what is typed where a place was asked for, and names none."""

from __future__ import annotations

from functools import cache

import tomli

from bot.sources.places.reading import words
from bot.sources.places.spelling import spelt
from bot.sources.places.table import FOLDER

LINKS = frozenset("a au aux d de des du en et l la le les un une sur pour".split())


@cache
def _lists() -> dict[str, list[str]]:
    lists = tomli.loads((FOLDER / "everyday.toml").read_text("utf-8"))
    return {group: rows["phrases"].split() for group, rows in lists.items()}


@cache
def _listed() -> frozenset[str]:
    groups = ("first_names", "family_names", "words", "frequent")
    listed = {word for group in groups for phrase in _lists()[group] for word in spelt(phrase).split()}
    around = {word for group in ("around", "talk") for phrase in words(group) for word in phrase.split()}
    return frozenset(listed | around | LINKS)


def is_everyday(said: str) -> bool:
    """Whether plain words are all of every day, or names of people: "merci beaucoup", "julie", "a pied"."""
    return len(said) > 1 and all(word in _listed() for word in said.split())


def is_one_word(said: str) -> bool:
    """Whether they hold one word at the most beside articles and prepositions: "la creche"."""
    return sum(word not in LINKS for word in said.split()) <= 1


def is_written_otherwise(text: str) -> bool:
    """Whether accents tell a text from the town that is spelt so without them: "maçon"."""
    return text.strip().casefold() in _lists()["told_by_accents"]
