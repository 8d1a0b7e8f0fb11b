"""Known phrases of everyday answers as people spell them: short forms, doubled letters, fillers, typos."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from bot.sources.plain import plain
from bot.understanding import words

ALMOST_THE_SAME = 92
"""Similarity (0-100) from which a phrase is taken for a known one."""
_SHORTEST_MISSPELT = 6
_SHORTEST_DOUBLED = 4
_SWAPPED_AT_LEAST = 80
"""Similarity (0-100) of two phrases, of six letters at least, in which two neighbouring letters changed places."""
_DENIALS = frozenset(
    "pas plus ne n jamais rien aucun aucune sans non no not never t dont don nothing stop".split()
)
_OF_A_JOB = ("eur", "euse", "trice")
"""Endings of names of jobs: a "stoppeur" is no misspelt "stopper"."""
_TO = re.compile(r"\b2(?= (?:speak|talk|stop|quit|go|skip|pass|a human|someone|somebody)\b)")


@cache
def known() -> dict[str, str]:
    """The known phrases in the spelling in which they are compared, and the name of the intent of each."""
    return {spelled(phrase): name for phrase, name in words.by_phrase("intents").items()}


def spelled(said: str) -> str:
    """Short ways of writing in full ("jveux" -> "je veux"), letters repeated for effect once ("ouiii" -> "oui")."""
    spelling = words.by_phrase("spelling")
    said = _TO.sub("to", re.sub(r"([a-z])\1{2,}", r"\1", said))
    parts = [plain(spelling[part]) if part in spelling else part for part in said.split()]
    return " ".join(parts).replace("c est est ", "c est ")  # "c" alone is "c'est", but not that of "c'est"


def doubled(word: str) -> str | None:
    """The intent of a known word with a letter doubled or single by mistake: "arete", "nonn"."""
    if word in _squeezed():
        return _squeezed()[word]
    single = re.sub(r"([a-z])\1", r"\1", word)
    if len(word) < _SHORTEST_DOUBLED or word[0] == word[1]:  # "ssii", "ddac" are other words
        return None
    return known().get(single)


@cache
def _squeezed() -> dict[str, str]:
    found: dict[str, str] = {}
    for phrase, meant in known().items():
        short = re.sub(r"([a-z])\1", r"\1", phrase)
        if short != phrase and " " not in phrase and len(short) >= _SHORTEST_DOUBLED:
            found[short] = meant
    return found


@cache
def fillers() -> frozenset[tuple[str, ...]]:
    """Phrases without meaning around an answer, word by word."""
    return frozenset(tuple(spelled(phrase).split()) for phrase in words.group("filler")["words"])


@cache
def _by_length() -> tuple[tuple[str, ...], ...]:
    return tuple(sorted(fillers(), key=lambda filler: (-len(filler), filler)))


def without_filler(parts: list[str]) -> list[list[str]]:
    """The words, then what is left as words without meaning are taken off both ends; something is always left."""
    found = [parts]
    for rest in found:
        for filler in _by_length():
            size = len(filler)
            if size >= len(rest):
                continue
            if tuple(rest[-size:]) == filler and rest[:-size] not in found:
                found.append(rest[:-size])
            if tuple(rest[:size]) == filler and rest[size:] not in found:
                found.append(rest[size:])
    return sorted(found, key=len, reverse=True)


def misspelt(core: str) -> str | None:
    """The intent of a known phrase but for a letter or two; both or neither of them must be denied."""
    if len(core) < _SHORTEST_MISSPELT or core.endswith(_OF_A_JOB):
        return None
    near = process.extract(core, _as_long_as(len(core)), scorer=fuzz.ratio, score_cutoff=_SWAPPED_AT_LEAST)
    denials = _DENIALS.intersection(core.split())
    for phrase, score, _ in near:
        if denials != _DENIALS.intersection(phrase.split()):
            continue
        if score >= ALMOST_THE_SAME or _swapped(core, phrase):
            return known()[phrase]
    return None


def _swapped(said: str, phrase: str) -> bool:
    """Whether two neighbouring letters changed places."""
    return len(said) == len(phrase) and sorted(said) == sorted(phrase) and OSA.distance(said, phrase) == 1


@cache
def _as_long_as(length: int) -> tuple[str, ...]:
    """The known phrases of about that length: others cannot be almost the same."""
    spread = round(length * (100 - ALMOST_THE_SAME) / 50) + 1
    return tuple(phrase for phrase in known() if abs(len(phrase) - length) <= spread)
