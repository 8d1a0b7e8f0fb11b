"""What a person says of a job, taken apart: the jobs named, without the words around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import tomli
from rapidfuzz import fuzz, process

from bot.sources.occupations.folding import SMALL_WORDS, without_second_gender
from bot.sources.plain import plain

FILE = Path(__file__).parent / "said.toml"
LONGEST = 400
"""Characters that are read."""

_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}[^\W\d_]?")
"""An acronym with its dots ("A.E.S.H")."""
_UNWANTED = re.compile(r"^(?:pas|not)\b(?! (?:d accord|mal|encore|de souci))")
_HARD = re.compile(r"[,;/\n|•]+|\s[-–—+&]\s|\.\s")
_CLAUSE = re.compile(r"[,;.\n!?]|\b(?:mais|but)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """`parts`: what may each be a job, plain words; `whole`: all of it as one. `unknown`: they do not know;
    `any_work`: they look for work, and no job is named; `undecided`: they begin by saying that they do not know.
    """

    whole: str
    parts: tuple[str, ...]
    unknown: bool = False
    any_work: bool = False
    undecided: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    unknown: frozenset[str]
    around: frozenset[str]
    soft: frozenset[str]
    fillers: frozenset[str]
    links: frozenset[str]
    ruled_out: re.Pattern[str]
    chat: frozenset[str]
    work: frozenset[str]
    wish: re.Pattern[str]
    past: re.Pattern[str]
    between: re.Pattern[str]
    joining: re.Pattern[str]


@cache
def _words() -> _Words:
    table = tomli.loads(FILE.read_text("utf-8"))
    return _Words(
        frozenset(map(plain, table["unknown"])),
        frozenset((*table["around"], *table["soft"])),
        frozenset(table["soft"]),
        frozenset(table["fillers"]),
        frozenset(table["links"]),
        _any_of(table["except"]),
        frozenset((*table["chat"], *table["first_names"])),
        frozenset(table["work"]),
        _any_of(table["wish"]),
        _any_of(table["past"]),
        _any_of(table["between"]),
        _any_of(table["joining"]),
    )


def _any_of(phrases: list[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b")


def take_apart(text: str) -> Said:
    """Read what was typed about a job."""
    text = without_second_gender(without_dots(text[:LONGEST]))
    everything = plain(text)
    kept = " , ".join(_kept_clauses(text))
    whole = plain(kept)
    if _is_unknown(everything) or (everything and not whole):
        return Said(whole, (), unknown=True)
    pieces = [piece for piece in map(plain, _HARD.split(kept)) if piece]
    parts = [part.strip() for piece in pieces for part in _words().between.split(piece)]
    named = [part for part in parts if part and not _is_unknown(part) and without_around(part)]
    return Said(
        whole,
        tuple(dict.fromkeys(named)),
        unknown=not named and any(map(_is_unknown, parts)),
        any_work=not named and not _words().work.isdisjoint(whole.split()),
        undecided=_opens_unknown(whole),
    )


def joined_parts(part: str) -> tuple[str, ...]:
    """The jobs joined by "et" in one part; the part itself where none is."""
    found = tuple(piece.strip() for piece in _words().joining.split(part))
    return tuple(piece for piece in found if without_around(piece)) or (part,)


def without_around(words: str, *, soft: bool = True) -> str:
    """The plain words without what is said around a job ("je cherche un poste de ..."); may be empty.

    `soft`: also without words that belong to the names of some jobs ("formation").
    """
    around = _words().around if soft else _words().around - _words().soft
    kept = [word for word in words.split() if word not in around]
    return " ".join(kept) if _says_something(kept) else ""


def _says_something(words: list[str]) -> bool:
    return any(len(word) > 1 and not word.isdigit() and word not in _words().links for word in words)


def _is_unknown(words: str) -> bool:
    """Whether the words say just that they do not know, or that anything would do."""
    known = _words().unknown
    if words in known or without_small(words) in known:
        return True
    alike = (
        process.extractOne(words, known, scorer=fuzz.ratio, score_cutoff=MISSPELT)
        if len(words) > 10
        else None
    )
    return alike is not None


def without_small(words: str) -> str:
    """The words without "ben", "alors", "franchement"... at their ends."""
    parts, fillers = words.split(), _words().fillers
    while parts and parts[0] in fillers:
        parts = parts[1:]
    while parts and parts[-1] in fillers:
        parts = parts[:-1]
    return " ".join(parts)


LONGEST_WISH = 7
MISSPELT = 92
"""Likeness (0-100) to a phrase from which it is that phrase misspelt."""
LONGEST_OPENING = 9
"""Letters from which "I do not know" at the beginning of a sentence counts."""


def _opens_unknown(words: str) -> bool:
    return any(len(one) >= LONGEST_OPENING and words.startswith(f"{one} ") for one in _words().unknown)


def without_dots(text: str) -> str:
    """ "A.E.S.H" as "AESH"."""
    return _DOTTED.sub(lambda match: match[0].replace(".", ""), text)


def is_chat(words: str) -> bool:
    """Whether plain words are talk, a first name, or words around a job, and nothing else."""
    talk = _words()
    return all(
        word in talk.chat
        or word in talk.around
        or word in talk.links
        or word in SMALL_WORDS
        or word.isdigit()
        for word in words.split()
    )


def drops_soft(words: str) -> bool:
    """Whether `without_around` drops words that may belong to the name of a job."""
    return not _words().soft.isdisjoint(words.split())


def is_around(word: str) -> bool:
    """Whether a plain word is said around jobs, and begins no name of one."""
    return word in _words().around and word not in _words().soft


def wished_part(words: str) -> str:
    """What follows the last "je voudrais être" of plain words, a few words at the most; empty where nothing does."""
    cues = [match.end() for match in _words().wish.finditer(words)]
    for end in reversed(cues):
        rest = words[end:].split()[:LONGEST_WISH]
        if without_around(" ".join(rest)):
            return " ".join(rest)
    return ""


def is_wished(before: str) -> bool | None:
    """Whether what follows these words is the job wanted (True), one that is over (False); None when not said."""
    wish = max((match.end() for match in _words().wish.finditer(before)), default=-1)
    past = max((match.end() for match in _words().past.finditer(before)), default=-1)
    return None if wish == past else wish > past


def _kept_clauses(text: str) -> list[str]:
    """The clauses of a text without what they rule out ("tout sauf la vente"), up to what is wished for instead."""
    kept = []
    for clause in _CLAUSE.split(text):
        words = plain(clause)
        ruled_out = _UNWANTED.match(words) or _words().ruled_out.search(words)
        if ruled_out is None:
            kept.append(clause)
            continue
        if without_around(words[: ruled_out.start()]):
            kept.append(words[: ruled_out.start()])
        wish = _words().wish.search(words, ruled_out.end())
        if wish is not None:
            kept.append(words[wish.start() :])
    return kept


def without_opening(words: str) -> str:
    """The plain words from the first that is not said around a job: "travailler avec les animaux" leaves "animaux"."""
    parts = words.split()
    while parts and (is_around(parts[0]) or parts[0] in SMALL_WORDS or parts[0] in _words().work):
        parts = parts[1:]
    return " ".join(parts)
