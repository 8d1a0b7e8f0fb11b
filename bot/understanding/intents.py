"""Everyday answers that mean the same everywhere: yes, no, pass, back, help, stop, later, a human."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache, lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from bot.sources.plain import plain
from bot.understanding import words
from bot.understanding.text import LONGEST

ALMOST_THE_SAME = 92
"""Similarity (0-100) from which a phrase is taken for a known one."""
_LONGEST_ANSWER = 80
"""Plain characters of an everyday answer at most: longer ones say more than that."""
_SHORTEST_MISSPELT = 6
_SWAPPED_AT_LEAST = 80
"""Similarity (0-100) of two phrases, of six letters at least, in which two neighbouring letters changed places."""
_MOST_WORDS = 10
_DENIALS = frozenset(
    "pas plus ne n jamais rien aucun aucune sans non no not never t dont don nothing stop".split()
)


class Intent(StrEnum):
    """Words that mean the same thing in every conversation."""

    SKIP = "skip"
    BACK = "back"
    YES = "yes"
    NO = "no"
    HELP = "help"
    HUMAN = "human"
    STOP = "stop"
    PAUSE = "pause"
    DELETE = "delete"
    DONE = "done"
    LATER = "later"
    EASIER = "easier"
    REFUSE = "refuse"
    STUCK = "stuck"
    ANOTHER = "another"
    PLAN = "plan"
    UNDECIDED = "undecided"
    SEVERAL = "several"
    NOTHING = "nothing"
    THANKS = "thanks"
    HELLO = "hello"


class Everyday(StrEnum):
    """The few answers that every question has in common; "unclear" for an answer of another kind."""

    YES = "yes"
    NO = "no"
    SKIP = "skip"
    BACK = "back"
    HELP = "help"
    STOP = "stop"
    LATER = "later"
    HUMAN = "human"
    UNCLEAR = "unclear"


_AS_GOOD_AS = {Intent.REFUSE: Everyday.NO, Intent.PLAN: Everyday.YES}
_POLITE = frozenset((Intent.THANKS, Intent.HELLO))
_ANSWERS = frozenset((Intent.YES, Intent.NO))
_ONE_OF_TWO = frozenset(
    (Intent.LATER, Intent.SKIP, Intent.STOP, Intent.HELP, Intent.HUMAN, Intent.BACK, Intent.PAUSE)
)
"""What counts when it stands beside a yes or a no ("non, plus tard")."""


def everyday(text: str) -> Everyday:
    """The everyday answer that the whole message gives."""
    said = intent(text)
    if said in _AS_GOOD_AS:
        return _AS_GOOD_AS[said]
    return Everyday(said.value) if said is not None and said.value in set(Everyday) else Everyday.UNCLEAR


def intent(text: str) -> Intent | None:
    """The intent when the whole message says just that ("passer", "c'est fait"); None otherwise."""
    return _intent(text[:LONGEST])


@lru_cache(maxsize=16)  # a turn asks several times what the same words mean
def _intent(text: str) -> Intent | None:
    said = plain(text.replace("+", " plus "))
    if not said:
        return _sign(text)
    if len(said) > _LONGEST_ANSWER or said in words.group("lukewarm")["phrases"]:
        return None
    if not text.isascii() and said in words.group("without_accent")["phrases"] and "é" in text.lower():
        return None
    exact = words.by_phrase("intents").get(said)
    if exact:
        return Intent(exact)
    return _in_other_words(_spelled(said))


def unsure(text: str) -> bool:
    """Whether the words say "I don't know", which is an answer to some questions and a skip for others."""
    return plain(text[:LONGEST]) in words.group("unsure").get("phrases", frozenset())


def _in_other_words(said: str) -> Intent | None:
    known = _known()
    if said in known:
        return known[said]
    cores = _without_filler(said.split())
    lukewarm = words.group("lukewarm")["phrases"]
    for core in map(" ".join, cores):
        if core in known and core not in lukewarm:
            return known[core]
    parts = cores[-1]
    core = " ".join(parts)
    if core in lukewarm:
        return None
    if len(parts) == 1 and core in _squeezed():
        return _squeezed()[core]
    single = re.sub(r"([a-z])\1", r"\1", core)
    if len(parts) == 1 and len(core) >= 4 and single in known:  # "nonn"
        return known[single]
    return _pieces(parts) or _sentence(core) or _misspelt(core)


@cache
def _known() -> dict[str, Intent]:
    """The known phrases in the spelling in which they are compared."""
    return {_spelled(phrase): Intent(name) for phrase, name in words.by_phrase("intents").items()}


def _spelled(said: str) -> str:
    """Short ways of writing in full ("jveux" -> "je veux"), letters repeated for effect once ("ouiii" -> "oui")."""
    spelling = words.by_phrase("spelling")
    said = re.sub(r"([a-z])\1{2,}", r"\1", said)
    parts = [plain(spelling[part]) if part in spelling else part for part in said.split()]
    return " ".join(parts)


@cache
def _squeezed() -> dict[str, Intent]:
    """Single words with a doubled letter, written with one: "arete", "pase"."""
    found: dict[str, Intent] = {}
    for phrase, meant in _known().items():
        short = re.sub(r"([a-z])\1", r"\1", phrase)
        if short != phrase and " " not in phrase and len(short) >= 4:
            found[short] = meant
    return found


@cache
def _fillers() -> tuple[tuple[str, ...], ...]:
    phrases = (_spelled(phrase) for phrase in words.group("filler")["words"])
    return tuple(sorted((tuple(phrase.split()) for phrase in phrases), key=len, reverse=True))


def _without_filler(parts: list[str]) -> list[list[str]]:
    """The words, then what is left as words without meaning are taken off both ends; something is always left."""
    found = [parts]
    for rest in found:
        for filler in _fillers():
            size = len(filler)
            if size >= len(rest):
                continue
            if tuple(rest[-size:]) == filler and rest[:-size] not in found:
                found.append(rest[:-size])
            if tuple(rest[:size]) == filler and rest[size:] not in found:
                found.append(rest[size:])
    return sorted(found, key=len, reverse=True)


def _pieces(parts: list[str]) -> Intent | None:
    """The one intent of a message made of several known phrases and nothing else ("non non", "non, plus tard")."""
    if not 2 <= len(parts) <= _MOST_WORDS:
        return None
    known, fillers, found, at = _known(), set(_fillers()), set[Intent](), 0
    while at < len(parts):
        for end in range(len(parts), at, -1):
            piece = " ".join(parts[at:end])
            if piece in known:
                found.add(known[piece])
            elif tuple(parts[at:end]) not in fillers:
                continue
            at = end
            break
        else:
            return None
    found = found - _POLITE or found
    if Intent.REFUSE in found:  # "je ne veux pas" denies what comes after it
        return Intent.NO if found <= {Intent.REFUSE, Intent.NO} else None
    others = found - _ANSWERS
    if len(found) == 2 and len(others) == 1 and others <= _ONE_OF_TWO:
        return others.pop()
    return found.pop() if len(found) == 1 else None


@cache
def _sentences() -> tuple[tuple[Intent, re.Pattern[str]], ...]:
    table = words.document()["sentences"]
    return tuple((Intent(name), re.compile("|".join(f"(?:{one})" for one in table[name]))) for name in table)


_DENIED = re.compile(r"\b(?:pas|ne|n|plus|jamais|not|don t|dont|never|won t|can t)\b")


def _sentence(core: str) -> Intent | None:
    denied = bool(_DENIED.search(core))
    for meant, pattern in _sentences():
        if denied and meant not in (Intent.NO, Intent.LATER):
            continue
        if pattern.fullmatch(core):
            return meant
    return None


def _misspelt(core: str) -> Intent | None:
    """A known phrase but for a letter or two; what is denied in one and not in the other is never the same."""
    if len(core) < _SHORTEST_MISSPELT:
        return None
    known = _known()
    near = process.extract(core, _as_long_as(len(core)), scorer=fuzz.ratio, score_cutoff=_SWAPPED_AT_LEAST)
    denials = _DENIALS.intersection(core.split())
    for phrase, score, _ in near:
        if denials != _DENIALS.intersection(phrase.split()):
            continue
        if score >= ALMOST_THE_SAME or _swapped(core, phrase):
            return known[phrase]
    return None


def _swapped(said: str, phrase: str) -> bool:
    """Whether two neighbouring letters changed places."""
    return len(said) == len(phrase) and sorted(said) == sorted(phrase) and OSA.distance(said, phrase) == 1


@cache
def _as_long_as(length: int) -> tuple[str, ...]:
    """The known phrases of about that length: others cannot be almost the same."""
    spread = round(length * (100 - ALMOST_THE_SAME) / 50) + 1
    return tuple(phrase for phrase in _known() if abs(len(phrase) - length) <= spread)


def _sign(text: str) -> Intent | None:
    """ "👍" alone, in any colour."""
    table = words.document()["sign"]
    found = {name for name, signs in table.items() for sign in signs if sign in text}
    return Intent(found.pop()) if len(found) == 1 else None
