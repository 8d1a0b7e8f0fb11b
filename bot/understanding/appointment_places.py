"""With whom or where an appointment is, in the words that were typed."""

from __future__ import annotations

import re

from bot.understanding.lists import Found, phrases
from bot.understanding.text import Typed, typed

LONGEST_PLACE = 8
"""Words of a place, or of whom one meets."""
_HAS = frozenset({"m", "n", "t", "l", "j", "il", "elle", "on", "qui", "y", "ca"})
"""Before "a": it is no "à" but the verb."""
_BREAK = re.compile(r"[,.;:!?\n()]")
_SOMEBODY = frozenset(
    {"le", "la", "l", "les", "un", "une", "mon", "ma", "mes", "moi", "lui", "elle", "eux", "des"}
)
"""After "chez": a person or a trade, no employer by name."""


def names_employer(place: str | None) -> bool:
    """Whether the words of a place are those of an employer: "chez Lidl", not "à la mairie", "chez le coiffeur"."""
    said = typed(place or "").said.split()
    return len(said) > 1 and said[0] in ("chez", "che") and said[1] not in _SOMEBODY


def place_of(told: Typed, taken: set[int], head: Found) -> str | None:
    """With whom or where: what follows "à la", "chez", "avec"..., else the words right after the name of it."""
    said = told.said.split()
    leads = [one for one in phrases("appointment_lead", "words").all(said) if one.first not in taken]
    for lead in leads:
        if said[lead.first] == "a" and lead.first and said[lead.first - 1] in _HAS:
            continue
        last = _run(told, said, lead.end, taken)
        if last >= lead.end:
            return original(told, lead.first, last)
    first = head.end
    while first < len(said) and first in taken:
        first += 1
    while first < len(said) and said[first] in (
        "de",
        "d",
        "la",
        "l",
        "le",
        "du",
        "mon",
        "ma",
        "my",
        "the",
        "un",
        "une",
    ):
        first += 1
    last = _run(told, said, first, taken) if first < len(said) and not _broken(told, head.end, first) else -1
    return original(told, first, last) if last >= first else None


def _run(told: Typed, said: list[str], first: int, taken: set[int]) -> int:
    """The last word of a place that begins here; before `first` when there is none."""
    stop = {phrase for (phrase, *more) in phrases("appointment_lead", "stop").parts() if not more}
    edge = {phrase for (phrase, *more) in phrases("appointment_lead", "edge").parts() if not more}
    last = first - 1
    for at in range(first, min(first + LONGEST_PLACE, len(said))):
        inner = at > first and said[at] in _INNER and at + 1 < len(said) and at + 1 not in taken
        if at in taken or (said[at] in stop and not inner and not (at == first and said[at] in _DETERMINERS)):
            break
        if at > first and _broken(told, at - 1, at):
            break
        last = at
    while last >= first and said[last] in edge:
        last -= 1
    return last


_INNER = frozenset({"de", "du", "d", "le", "the", "of", "des"})
"""Small words that a place may hold: "la mairie de Lyon"."""
_DETERMINERS = frozenset({"mon", "ma", "my", "the", "le", "un", "une", "m"})


def _broken(told: Typed, left: int, right: int) -> bool:
    """Whether a comma, a stop or the like stands between two words."""
    return any(
        _BREAK.search(told.original[told.spans[at][1] : told.spans[at + 1][0]].replace("d.", ""))
        for at in range(left, min(right, len(told.spans) - 1))
    )


def original(told: Typed, first: int, last: int) -> str:
    return " ".join(told.original[told.spans[first][0] : told.spans[last][1]].split())


def with_remote(told: Typed, place: str | None) -> str | None:
    """A place with the words that say that it is by phone or on a screen: "avec Orange (visio)"."""
    found = phrases("appointment_remote").all(told.said.split())
    if not found or is_remote(place):
        return place
    words_for_it = original(told, found[0].first, found[0].end - 1)
    return f"{place} ({words_for_it})" if place else words_for_it


def is_remote(place: str | None) -> bool:
    """Whether the words of a place mean the phone or a screen: nobody travels there."""
    return place is not None and bool(phrases("appointment_remote").all(typed(place).said.split()))
