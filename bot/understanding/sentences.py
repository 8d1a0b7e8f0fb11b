"""Whole sentences that mean an everyday answer, reasons that stand beside one, and an opt-out anywhere in a message.

Texts come in plain form, short ways of writing in full (`intents.spelled`).
"""

from __future__ import annotations

import re
from functools import cache

from bot.understanding import words

_DENIED = re.compile(r"\b(?:pas|ne|n|plus|jamais|not|don t|never|won t|can t)\b")
_NEVER_DENIED = ("no", "later")
"""Meanings that stay what they are with a "pas" or "plus" in the sentence ("plus tard")."""
_DENIAL = frozenset("pas jamais ni sans not don never nobody personne aucun".split())
_BEFORE = 5
"""Words before an opt-out among which a denial undoes it."""


def meaning(said: str) -> str | None:
    """What the whole sentence means, as a name of the tables ("later"); None when it is none of theirs."""
    for name, pattern in _table("denying"):
        if pattern.fullmatch(said):
            return name
    denied = bool(_DENIED.search(said))
    for name, pattern in _table("sentences"):
        if (not denied or name in _NEVER_DENIED) and pattern.fullmatch(said):
            return name
    return None


def is_reason(said: str) -> bool:
    """Whether the words only say why ("je suis au travail")."""
    return bool(_of("reasons", "sentences").fullmatch(said))


def goes_on(said: str) -> bool:
    """Whether the whole clause tells to go on."""
    return bool(_of("going_on", "sentences").fullmatch(said))


def holds_going_on(said: str) -> bool:
    """Whether some words tell to go on, with nothing that denies it."""
    return bool(_of("going_on", "words").search(said))


def opts_out(said: str) -> bool:
    """Whether no more messages are wanted, whatever else is said; no time is set to it and nothing denies it."""
    if not _of("opt_out", "marks").search(said) or _of("opt_out", "times").search(said):
        return False
    return any(
        _DENIAL.isdisjoint(said[: found.start()].split()[-_BEFORE:])
        for found in _of("opt_out", "sentences").finditer(said)
    )


@cache
def _table(name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((meant, _of(name, meant)) for meant in words.document()[name])


def _of(table: str, key: str) -> re.Pattern[str]:
    return words.expression(table, key, "sentence_pieces")
