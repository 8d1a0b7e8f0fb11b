"""Everyday answers that mean the same everywhere: yes, no, pass, back, help, stop, later, a human."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from bot.sources.plain import plain
from bot.understanding import phrases, sentences, words
from bot.understanding.text import LONGEST

_LONGEST_ANSWER = 110
"""Plain characters of an everyday answer at most: longer ones say more than that."""
_MOST_WORDS = 20
_CLAUSE = re.compile(r"[.!?,;:\n()…]+|\s[-–—]+\s")
_ONLY_MARKS = re.compile(r"[?!.\s\u2026]+")
_NON_STOP = re.compile(r"\bnon[ -]stop\b", re.IGNORECASE)
_GREETING = r"bonjour|bonsoir|salut|coucou|hello|hi|hey|bjr|slt|good (?:morning|evening|afternoon)"
_THANKS = (
    r"(?:merci|mrc|thanks|thank you|thx)"
    r"(?: (?:bien|beaucoup|bcp|encore|infiniment|d'avance|[aà] (?:vous|toi)|a lot|so much|very much|bob|hein))*"
)
_POLITENESS = re.compile(
    rf"^\s*(?:{_GREETING}|{_THANKS})(?: bob)?\b[\s,;.!]*|[\s,;.!]*\b{_THANKS}[\s!.]*$", re.IGNORECASE
)
"""A greeting before and thanks around an answer."""
_DENYING = frozenset("pas not ne n t veux want to jamais never".split())
"""At the end of a "no", these deny what comes after it ("non pas stop")."""
_LEAST_OF_A_WISH = 3
"""Words of a wish for a human at least, where something else is said beside it."""


class Intent(StrEnum):
    """Words that mean the same thing in every conversation."""

    SKIP = "skip"
    BACK = "back"
    YES = "yes"
    NO = "no"
    HELP = "help"
    HUMAN = "human"
    READERS = "readers"  # who sees what is written here
    STOP = "stop"
    PAUSE = "pause"
    DELETE = "delete"
    RESUME = "resume"
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


_AS_GOOD_AS = {Intent.REFUSE: Everyday.NO, Intent.PLAN: Everyday.YES, Intent.DELETE: Everyday.STOP}
_POLITE = frozenset((Intent.THANKS, Intent.HELLO))
_ANSWERS = frozenset((Intent.YES, Intent.NO))
_OVER = (
    (Intent.STOP, frozenset((Intent.DELETE, Intent.DONE, Intent.PAUSE))),
    (Intent.SKIP, frozenset((Intent.LATER,))),
    (Intent.HELP, frozenset((Intent.SKIP,))),
    (Intent.BACK, frozenset((Intent.ANOTHER,))),
)
"""What counts of two, the first over the others ("on verra plus tard, question suivante")."""
_ONE_OF_TWO = (
    frozenset(Intent) - _ANSWERS - _POLITE - {Intent.REFUSE, Intent.DONE, Intent.EASIER, Intent.PLAN}
)
"""What counts when it stands beside a yes or a no ("non, plus tard")."""


def everyday(text: str) -> Everyday:
    """The everyday answer that the whole message gives."""
    said = intent(text)
    if said in _AS_GOOD_AS:
        return _AS_GOOD_AS[said]
    if said is not None and said.value in set(Everyday):
        return Everyday(said.value)
    rest = _POLITENESS.sub("", text[:LONGEST])
    if rest != text[:LONGEST]:
        return everyday(rest) if rest else Everyday.UNCLEAR
    if "?" in text and _ONLY_MARKS.fullmatch(text):
        return Everyday.HELP
    alone = words.by_phrase("everyday")
    for core in phrases.without_filler(phrases.spelled(plain(text[:LONGEST])).split()):
        if " ".join(core) in alone:
            return Everyday(alone[" ".join(core)])
    return Everyday.UNCLEAR


def intent(text: str) -> Intent | None:
    """The intent when the whole message says just that ("passer", "c'est fait"); None otherwise.

    That no more messages are wanted is heard wherever it stands.
    """
    return _intent(text[:LONGEST])


@lru_cache(maxsize=16)  # a turn asks several times what the same words mean
def _intent(text: str) -> Intent | None:
    text = _NON_STOP.sub("nonstop", text)
    said = plain(text.replace("+", " plus "))
    if not said:
        return _sign(text)
    if said in words.group("lukewarm")["phrases"]:
        return None
    if not text.isascii() and said in words.group("without_accent")["phrases"] and "é" in text.lower():
        return None
    exact = words.by_phrase("intents").get(said)
    if exact:
        return Intent(exact)
    full = phrases.spelled(said)
    found = _in_other_words(full) if len(said) <= _LONGEST_ANSWER else None
    if found is None and sentences.opts_out(full):
        return Intent.STOP
    return found or _of_a_clause(text)


def unsure(text: str) -> bool:
    """Whether the words say "I don't know", which is an answer to some questions and a skip for others."""
    return plain(text[:LONGEST]) in words.group("unsure").get("phrases", frozenset())


def _in_other_words(said: str) -> Intent | None:
    known = phrases.known()
    if said in known:
        return Intent(known[said])
    cores = phrases.without_filler(said.split())
    lukewarm = words.group("lukewarm")["phrases"]
    for core in map(" ".join, cores):
        if core in known and core not in lukewarm:
            return Intent(known[core])
    last = " ".join(cores[-1])
    if last in lukewarm:
        return None
    name = phrases.doubled(last) if " " not in last else None
    name = name or next(filter(None, (sentences.meaning(" ".join(core)) for core in cores)), None)
    if name:
        return Intent(name)
    found = next(filter(None, map(_pieces, cores)), None)
    name = None if found else phrases.misspelt(last)
    return Intent(name) if name else found


def _pieces(parts: list[str]) -> Intent | None:
    """The one intent of a message made of several known phrases and nothing else ("non non", "non, plus tard")."""
    if not 2 <= len(parts) <= _MOST_WORDS:
        return None
    found = _from(tuple(parts), 0, set())
    meant = _of_several(found) if found else None
    if meant is Intent.STOP and sentences.holds_going_on(" ".join(parts)):  # "continue stop"
        return None
    return meant


def _from(parts: tuple[str, ...], at: int, hopeless: set[int]) -> set[Intent] | None:
    """The intents of the words from `at` on, longest pieces first; None when some word is in no piece."""
    if at == len(parts):
        return set()
    for end in range(len(parts), at, -1):
        if end in hopeless:
            continue
        piece = " ".join(parts[at:end])
        name = phrases.known().get(piece) or (sentences.meaning(piece) if end > at + 1 else None)
        if name == Intent.NO and piece not in phrases.known() and parts[end - 1] in _DENYING:
            name = Intent.REFUSE
        if not name and parts[at:end] not in phrases.fillers() and not sentences.is_reason(piece):
            continue
        rest = _from(parts, end, hopeless)
        if rest is not None:
            return rest | {Intent(name)} if name else rest
    hopeless.add(at)
    return None


def _of_several(found: set[Intent]) -> Intent | None:
    """What several intents side by side mean together."""
    found = found - _POLITE or found
    for first, weaker in _OVER:
        if first in found:
            found = found - weaker
    if Intent.REFUSE in found:  # "je ne veux pas" denies what comes after it
        return Intent.NO if found <= {Intent.REFUSE, Intent.NO} else None
    others = found - _ANSWERS
    if len(found) == 2 and len(others) == 1 and others <= _ONE_OF_TWO:
        return others.pop()
    return found.pop() if len(found) == 1 else None


def _of_a_clause(text: str) -> Intent | None:
    """A stop, a deletion or a wish for a human, said as a sentence of its own beside something else."""
    clauses = [part for part in map(plain, _CLAUSE.split(text)) if part]
    if len(clauses) < 2:
        return None
    found = {_in_other_words(phrases.spelled(clause)): clause for clause in clauses}
    for meant in (Intent.STOP, Intent.DELETE, Intent.HUMAN):
        clause = found.get(meant, "")
        if meant is Intent.HUMAN and len(clause.split()) < _LEAST_OF_A_WISH:
            continue
        if meant is Intent.STOP and clause not in (clauses[0], clauses[-1]):
            continue
        if meant is Intent.STOP and any(map(sentences.goes_on, clauses)):
            continue
        if clause and not set(found) - {meant, None} - _ANSWERS - _POLITE:
            return meant
    return None


def _sign(text: str) -> Intent | None:
    """ "👍" alone, in any colour."""
    table = words.document()["sign"]
    found = {name for name, signs in table.items() for sign in signs if sign in text}
    return Intent(found.pop()) if len(found) == 1 else None
