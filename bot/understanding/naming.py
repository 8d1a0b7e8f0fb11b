"""The company and the job that are named around an application, cut out of the text as they were typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from bot.understanding import words
from bot.understanding.text import Typed

_LONGEST_NAME = 8
"""Words of a name at the most: more are a sentence."""
_JOINED = re.compile(r"^ ?[&+] ?$")
_INSIDE = re.compile(r"^(?:[\s'/&+-]|\.(?=\w))*$")
_Taken = list[tuple[int, int]]


@dataclass(slots=True)
class _Piece:
    """Words side by side; `lead` is what stands before them: "company", "job", "place" or ""."""

    lead: str
    first: int
    last: int


def names(
    told: Typed, stated: _Taken, dated: _Taken, is_job: Callable[[str], bool]
) -> tuple[str | None, str | None]:
    """Company and job. `stated` and `dated` are the places of what tells the state and the day."""
    pieces = _pieces(told, stated, dated)
    company = job = None
    bare: list[str] = []
    for piece in pieces:
        name = _trimmed(told, piece)
        if not name:
            continue
        if piece.lead == "company":
            company = company or name
        elif piece.lead == "job":
            job = job or name
        elif piece.lead == "":
            bare.append(name)
    for name in [part for whole in bare for part in _split(whole, is_job)]:
        if job is None and (company is not None or is_job(name)):
            job = name
        elif company is None and not is_job(name):
            company = name
    if company is None and job is not None and not is_job(job) and _only_for(pieces):
        company, job = job, None
    return company, job


def _split(name: str, is_job: Callable[[str], bool]) -> list[str]:
    """A name and a job side by side as two ("Decathlon vendeur"); one alone as it is."""
    parts = name.split()
    if is_job(name):
        return [name]
    for at in range(1, len(parts)):
        if is_job(" ".join(parts[at:])):
            return [" ".join(parts[:at]), " ".join(parts[at:])]
    return [name]


def _only_for(pieces: list[_Piece]) -> bool:
    """Whether nothing leads to the one name but a "pour" or "for", which may stand before either."""
    return len(pieces) == 1 and pieces[0].lead == "for"


def _pieces(told: Typed, stated: _Taken, dated: _Taken) -> list[_Piece]:
    said = told.said.split()
    blocked = _indexes(told, stated) | _indexes(told, dated)
    leads = _leads(said, blocked)
    found: list[_Piece] = []
    lead, open_piece, at = "", False, 0
    cut = words.group("application")["cut"]
    while at < len(said):
        known = leads.get(at)
        joined = _is_joined(told, at)
        if at in blocked or (said[at] in cut and not joined):
            lead, open_piece = "", False
            at += 1
        elif known and not joined:
            lead, open_piece = known[0], False
            at += known[1]
        else:
            if open_piece and not _apart(told, at):
                found[-1].last = at
            else:
                if (
                    _apart(told, at)
                    and at
                    and at - 1 not in blocked
                    and not (lead and at - 1 in _ends(leads))
                ):
                    lead = ""
                found.append(_Piece(lead, at, at))
                open_piece = True
            at += 1
    return found


def _ends(leads: dict[int, tuple[str, int]]) -> set[int]:
    return {at + size - 1 for at, (_, size) in leads.items()}


def _indexes(told: Typed, taken: _Taken) -> set[int]:
    return {
        index
        for start, end in taken
        for index in range(told.word_at(start), told.word_at(max(start, end - 1)) + 1)
    }


def _leads(said: list[str], blocked: set[int]) -> dict[int, tuple[str, int]]:
    """Index of a word -> what it and the words after it lead to, and how many words that is."""
    found: dict[int, tuple[str, int]] = {}
    at = 0
    while at < len(said):
        for parts, lead in _leading().get(said[at], ()):
            size = len(parts)
            if at in blocked or tuple(said[at : at + size]) != parts:
                continue
            if lead == "company_after" and (not at or at - 1 not in blocked):
                continue  # "mairie de Lyon": part of the name
            if parts == ("poste",) and at and said[at - 1] == "la":
                continue  # "la Poste"
            if parts[-1] in ("a", "au", "to", "dans", "in") and _is_town(said, at + size):
                lead = "place"
            found[at] = ("company" if lead == "company_after" else lead, size)
            at += size - 1
            break
        at += 1
    return found


@cache
def _leading() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """The phrases that lead to a name, longest first, by their first word."""
    group = words.group("application")
    rows: dict[tuple[str, ...], str] = {("in",): "place", ("en",): "place"}
    rows |= {tuple(phrase.split()): "place" for phrase in group["somebody"]}
    for lead in ("company_after", "company", "job"):
        rows |= {tuple(phrase.split()): lead for phrase in group[lead]}
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for parts, lead in sorted(rows.items(), key=lambda row: -len(row[0])):
        found.setdefault(parts[0], []).append((parts, lead))
    return found


def _is_town(said: list[str], at: int) -> bool:
    return any(
        said[at : at + len(parts)] == parts
        for town in words.group("application")["town"]
        if (parts := town.split())
    )


def _between(told: Typed, at: int) -> str:
    return told.original[told.spans[at - 1][1] : told.spans[at][0]]


def _apart(told: Typed, at: int) -> bool:
    """Whether a comma, a dash or a line's end stands before this word."""
    if at == 0:
        return False
    between = _between(told, at)
    return not _INSIDE.match(between) or "\n" in between or " - " in between


def _is_joined(told: Typed, at: int) -> bool:
    """Whether a word belongs to the one beside it: "H&M", "McDonald's", "O2"."""
    before = _between(told, at) if at else " "
    after = _between(told, at + 1) if at + 1 < len(told.spans) else " "
    possessive = before == "'" and told.said.split()[at] == "s"
    return possessive or before == "" or after == "" or bool(_JOINED.match(before) or _JOINED.match(after))


def _trimmed(told: Typed, piece: _Piece) -> str:
    """The name as typed, without the small words at its edges; "" when nothing is left."""
    said = told.said.split()
    edge = words.group("application")["edge"]
    first, last = piece.first, piece.last
    article = False
    while first <= last and said[first] in edge and not _is_joined(told, first):
        article = _keeps_article(told, said, first)
        if article:
            break
        first += 1
    while last > first + article and said[last] in edge and not _is_joined(told, last):
        last -= 1
    if first > last or last - first >= _LONGEST_NAME:
        return ""
    name = told.original[told.spans[first][0] : told.spans[last][1]]
    return name if any(char.isalpha() for char in name) else ""


def _keeps_article(told: Typed, said: list[str], at: int) -> bool:
    """ "La Poste", "L'Oréal": a capital within the text, or a name that is known to have it."""
    if said[at] not in ("le", "la", "les", "l", "the"):
        return False
    two = " ".join(said[at : at + 3])
    if any(f"{two} ".startswith(f"{name} ") for name in words.group("application")["kept_article"]):
        return True
    start, end = told.spans[at]
    article = told.original[start:end]
    return at > 0 and article[0].isupper() and not told.original.isupper()
