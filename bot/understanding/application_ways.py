"""Around an application: the way that it went, a link, and what a job advert that somebody passes on names."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from bot.sources.plain import plain
from bot.understanding import naming, words
from bot.understanding.applications import application
from bot.understanding.text import any_of, typed

WAYS = ("agency", "person", "spontaneous", "platform", "advert")
LONGEST_LINK = 400
_LINK = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_GENDERS = re.compile(
    r"\(\s*[hf]\s*/\s*[hf]\s*\)|\b[hf]/[hf]\b|\((?:e|ne|ère|trice|euse|se|le)\)", re.IGNORECASE
)
_END_OF_LINK = ".,;:!?)]}»"
_ANY_DAY = date(2000, 1, 3)
"""Days are not looked at here."""
_LOOKED_AT = 14
"""Words at the beginning of an advert in which a job is looked for."""
_SHORTEST_JOB, _LONGEST_JOB = 4, 3
"""Letters, and words."""
_BEFORE_A_JOB = frozenset(
    {
        "un",
        "une",
        "des",
        "le",
        "la",
        "les",
        "de",
        "d",
        "a",
        "an",
        "the",
        "nous",
        "we",
        "recrute",
        "recrutons",
        "cherche",
    }
    | {
        "cherchons",
        "recherche",
        "recherchons",
        "recherchent",
        "hiring",
        "seeks",
        "seeking",
        "for",
        "offre",
        "poste",
    }
)
_TO_YOU = ("votre", "vos", "ta", "ton", "your")
_AT = ("chez", "at", "pour", "for")


@dataclass(frozen=True, slots=True)
class Linked:
    """A text with a link in it: the link, and the words around it."""

    link: str
    words: str


def way(text: str) -> str | None:
    """One of WAYS that the words name; None when they name none."""
    return words.first_within("application_ways", plain(text))


def followed_up(text: str) -> bool:
    """Whether the words say that an application was followed up: "relancé Leroy Merlin"."""
    return any_of(words.group("application_follow_up")["phrases"], text)


def linked(text: str) -> Linked | None:
    """The first link of a text; None without one that a browser would open, or for one that is too long to be kept."""
    found = _LINK.search(text)
    if found is None:
        return None
    link = found.group().rstrip(_END_OF_LINK)
    try:
        host = urlsplit(link).hostname
    except ValueError:
        return None
    if not host or "." not in host or len(link) > LONGEST_LINK:
        return None
    return Linked(link, " ".join(_LINK.sub(" ", text).split()))


def host_of(link: str) -> str:
    """The site of a link, as it is said aloud: "indeed.fr"."""
    try:
        host = urlsplit(link).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def way_of_link(link: str) -> str:
    """The way that a link stands for: a job board is a platform, an agency an agency, all else an advert."""
    site = re.sub(r"[^a-z0-9]+", " ", host_of(link).lower())
    found = words.first_within("application_ways", site)
    joined = site.replace(" ", "")
    if found is None and any(
        name in joined for name in ("francetravail", "poleemploi", "hellowork", "leboncoin")
    ):
        found = "platform"
    return found if found in ("platform", "agency") else "advert"


def advert(text: str, is_job: Callable[[str], bool]) -> tuple[str | None, str | None]:
    """(company, job) that an advert or an employer's message names; None for what it does not."""
    bare = " ".join(_GENDERS.sub(" ", _LINK.sub(" ", text)).split())
    line = typed(bare)
    known = naming.employers(line)
    if known:
        first, last = known[0]
        company: str | None = line.original[line.spans[first][0] : line.spans[last][1]]
    else:
        told = application(bare, _ANY_DAY, is_job=is_job)
        company = None if any_of(_TO_YOU, bare) else told.company
    return company, _job_in(bare, is_job)


def names(text: str, is_job: Callable[[str], bool]) -> tuple[str | None, str | None]:
    """(company, job) in the answer to "which employer, which job?"."""
    said = plain(text)
    if len(said.split()) <= _LONGEST_JOB and not naming.employers(typed(text)) and is_job(text.strip()):
        return None, text.strip()
    lead = "postulé comme" if any(f" {at} " in f" {said} " for at in _AT) else "postulé chez"
    told = application(f"{lead} {text}", _ANY_DAY, is_job=is_job)
    return told.company, told.job


def _job_in(text: str, is_job: Callable[[str], bool]) -> str | None:
    """The first one to three words of the beginning of a text that are a job."""
    line = typed(text)
    count = min(len(line.spans), _LOOKED_AT)
    for first in range(count):
        for size in (1, 2, 3):
            if first + size > len(line.spans) or line.said.split()[first] in _BEFORE_A_JOB:
                continue
            piece = line.original[line.spans[first][0] : line.spans[first + size - 1][1]]
            if len(piece) >= _SHORTEST_JOB and is_job(piece):
                return piece
    return None
