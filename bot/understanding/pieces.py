"""A text cut into the pieces that may each be a name, with what leads to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from bot.understanding import words
from bot.understanding.lists import phrases
from bot.understanding.numbers import number_names
from bot.understanding.text import Typed

_JOINED = re.compile(r"^ ?[&+] ?$")
_INSIDE = re.compile(r"^(?:[\s'/&+-]|\.(?=\w))*$")
_SENTENCE = re.compile(r"[.!?;\n]\s")
_ARTICLES = ("le", "la", "les", "l", "the")
_THE = ("mon", "ma", "my", "le", "la", "the", "l", "un", "une", "notre", "our", "leur", "ancien")
_TO = ("a", "au", "to", "dans", "in")


@dataclass(slots=True)
class Piece:
    """The words `first` to `last`. `lead`: what leads there, "company", "company_after", "job", "place" or "";
    `said`: the words of the lead; `acts`: a verb of a company follows.
    """

    lead: str
    said: str
    first: int
    last: int
    acts: bool = False


class Line:
    """The words of a text, and how they stand side by side."""

    def __init__(self, told: Typed) -> None:
        self.told = told
        self.said = told.said.split()
        letters = [char for char in told.original if char.isalpha()]
        capitals = sum(char.isupper() for char in letters)
        self.english = (
            not words.group("application_edges")["english"].isdisjoint(self.said) and "à" not in told.original
        )
        self.mixed = 0 < capitals < len(letters)

    def between(self, at: int) -> str:
        """What stands before a word."""
        return self.told.original[self.told.spans[at - 1][1] : self.told.spans[at][0]]

    def apart(self, at: int) -> bool:
        """Whether a comma, a dash or a line's end stands before this word."""
        if at == 0:
            return False
        between = self.between(at)
        return not _INSIDE.match(between) or "\n" in between or " - " in between

    def joined(self, at: int) -> bool:
        """Whether a word belongs to the one beside it: "H&M", "McDonald's", "O2"."""
        before = self.between(at) if at else " "
        after = self.between(at + 1) if at + 1 < len(self.said) else " "
        possessive = before == "'" and self.said[at] == "s"
        return possessive or "" in (before, after) or bool(_JOINED.match(before) or _JOINED.match(after))

    def capital(self, at: int) -> bool:
        """Whether a word has a capital, in a text that has others."""
        return self.mixed and self.told.original[self.told.spans[at][0]].isupper()

    def named(self, at: int) -> bool:
        """Whether a word has a capital and is no acronym ("RH")."""
        return self.capital(at) and not self.original(at, at).isupper()

    def original(self, first: int, last: int) -> str:
        return self.told.original[self.told.spans[first][0] : self.told.spans[last][1]]


def pieces(line: Line, blocked: set[int], whole: set[int]) -> list[Piece]:
    """The pieces between the words that are `blocked`; those of `whole` are a name, whatever they are else."""
    said = line.said
    edges = words.group("application_edges")
    cut, acts = edges["cut"], edges["acts"]
    inside = _inside(line, blocked)
    leads = _leads(line, blocked, whole | inside)
    ends = {at + size for at, (_, size) in leads.items()}
    found: list[Piece] = []
    lead, lead_said, is_open, at = "", "", False, 0
    while at < len(said):
        loose = at not in whole and at not in inside and not line.joined(at)
        known = leads.get(at)
        if at in blocked or (said[at] in cut and loose):
            if is_open and said[at] in acts:
                found[-1].acts = True
            lead, is_open = "", False
            at += 1
        elif known and loose:
            if is_open and said[at] in acts and at + 1 in blocked:
                found[-1].acts = True
            lead, is_open = known[0], False
            lead_said = " ".join(said[at : at + known[1]])
            at += known[1]
        else:
            if is_open and not line.apart(at):
                found[-1].last = at
            else:
                if (
                    line.apart(at)
                    and at - 1 not in blocked
                    and not (lead and at in ends and not _SENTENCE.search(line.between(at)))
                ):
                    lead = ""
                found.append(Piece(lead, lead_said if lead else "", at, at))
                is_open = True
            at += 1
    return found


def _leads(line: Line, blocked: set[int], whole: set[int]) -> dict[int, tuple[str, int]]:
    """Index of a word -> what it and the words after it lead to, and how many words that is."""
    said = line.said
    found: dict[int, tuple[str, int]] = {}
    at = 0
    while at < len(said):
        lead = _lead(line, at, blocked, whole)
        if lead is None or at in blocked or at in whole:
            at += 1
            continue
        found[at] = lead
        at += lead[1]
    return found


def _inside(line: Line, blocked: set[int]) -> set[int]:
    """Words within the name of a job that stand elsewhere before a company: "aide à domicile"."""
    within = [
        one for one in phrases("jobs", "inside").all(line.said) if one.first and one.first - 1 not in blocked
    ]
    within += [one for one in phrases("jobs", "begin").all(line.said) if one.end - one.first > 1]
    return {at for one in within for at in range(one.first, one.end)} - blocked


@cache
def _leading() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """The phrases that lead to a name, longest first, by their first word."""
    lists = {key: phrases("application_leads", key) for key in ("place", "job", "company", "company_after")}
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for key, known in lists.items():
        for parts in known.parts():
            found.setdefault(parts[0], []).append((parts, key))
    return {first: sorted(rows, key=lambda row: -len(row[0])) for first, rows in found.items()}


def _lead(line: Line, at: int, blocked: set[int], whole: set[int]) -> tuple[str, int] | None:
    said = line.said
    for parts, lead in _leading().get(said[at], ()):
        size = len(parts)
        if tuple(said[at : at + size]) != parts or any(there in blocked for there in range(at, at + size)):
            continue
        if lead == "company_after" and (not at or not (at - 1 in blocked or _is_answer(said[at - 1]))):
            continue  # "mairie de Lyon": part of the name
        if lead == "company_after" and _is_of_a_job(line, at, at + size, whole):
            continue  # "chef de cuisine"
        if parts == ("a",) and line.english:
            continue  # the English article
        if parts == ("o",) and (line.capital(at) or at + 1 not in whole):
            continue  # "au" before a company that all know
        if parts == ("poste",) and at and said[at - 1] == "la":
            continue  # "la Poste"
        if (
            parts == ("chez",)
            and at
            and line.capital(at)
            and said[at - 1] in words.group("employers")["venue"]
        ):
            return None  # "au restaurant Chez Marcel"
        if parts[-1] in _TO and _is_town(said, at + size):
            return "place", size
        return lead, size
    return None


@cache
def _answers() -> frozenset[str]:
    group = words.group("application_skipped")
    return group["answer"] | group["somebody"] | {"candidature", "refus"}


def _is_answer(word: str) -> bool:
    """Whether a company may be named after "de": "réponse de Lidl", "le directeur de Leclerc"."""
    return word in _answers()


def _is_of_a_job(line: Line, at: int, following: int, whole: set[int]) -> bool:
    """Whether "de" stands within a job, "directeur de magasin", and not before a company, "le directeur de Dupuis"."""
    said = line.said
    if said[at - 1] not in words.group("application_skipped")["somebody"] or following >= len(said):
        return False
    if following in whole or line.capital(following):
        return False
    return at < 2 or (said[at - 2] not in _THE and said[at - 2] not in _TO)


def _is_town(said: Sequence[str], at: int) -> bool:
    return at < len(said) and phrases("application_edges", "town").at(said, at) is not None


def trimmed(line: Line, piece: Piece, whole: set[int]) -> tuple[int, int] | None:
    """First and last word of the name without the small words at its edges; None when nothing is left."""
    said = line.said
    edge = words.group("application_edges")["edge"]
    first, last = piece.first, piece.last
    skipped = words.group("application_skipped")["somebody"]
    article = False
    while first <= last and first not in whole and not line.joined(first):
        led = piece.lead or (first and said[first - 1] in _THE)
        of_a_job = (  # "l'offre de chef de rang"
            first < last
            and said[first - 1] not in _THE
            and phrases("jobs", "inside").at(said, first + 1) is not None
        )
        if led and piece.lead != "job" and said[first] in skipped and not (line.named(first) or of_a_job):
            first += 1
            continue
        counts = said[first].isdigit() or said[first] in number_names()
        if counts and not phrases("jobs", "begin").at(said, first):  # "second de cuisine"
            first += 1
            continue
        if said[first] not in edge:
            break
        article = _keeps_article(line, first)
        if article:
            break
        first += 1
    while last > first + article and said[last] in edge and not line.joined(last) and last not in whole:
        if phrases("jobs", "inside").at(said, last - 1):
            break  # "directeur de magasin"
        last -= 1
    if first > last or not any(char.isalpha() for char in line.original(first, last)):
        return None
    return first, last


def _keeps_article(line: Line, at: int) -> bool:
    """ "La Poste", "L'Oréal": a capital within the text, or a name that is known to have it."""
    if line.said[at] not in _ARTICLES:
        return False
    return at > 0 and line.capital(at) and at + 1 < len(line.said) and line.capital(at + 1)
