"""The company and the job that are named around an application, cut out of the text as they were typed."""

from __future__ import annotations

from collections.abc import Callable

from bot.understanding import words
from bot.understanding.lists import phrases
from bot.understanding.pieces import Line, Piece, pieces, trimmed
from bot.understanding.text import Typed

_LONGEST_NAME = 8
"""Words of a name at the most: more are a sentence."""
_LONGEST_UNKNOWN = 3
"""Words of a company that nothing leads to and no capital marks, at the most."""
_LOOKED_UP = 4
"""Ends of a name that are looked up among the jobs, at the most."""
_ARTICLES = ("l", "le", "la", "the", "un", "mon", "a")
_AS = ("comme", "en tant que", "en tant qu", "as a", "as an", "as")
_EITHER = ("pour", "pr", "for")
_SMALL = frozenset(
    {"de", "d", "du", "des", "le", "la", "les", "en", "a", "au", "aux", "et", "and", "of", "the"}
)
_OF_A_SENTENCE = frozenset({"is", "the", "are", "a", "est", "to", "les", "un", "une"})
_WHERE = ("en", "in")
IsJob = Callable[[str], bool]
Span = tuple[int, int]
"""First and last word."""


def employers(told: Typed) -> list[Span]:
    """The places of companies that everybody knows; those that are a word too, only with a capital."""
    line = Line(told)
    found = []
    for one in phrases("employers", "names").all(line.said):
        word = phrases("employers", "ambiguous").at(line.said, one.first)
        led = one.first and line.said[one.first - 1] in ("chez", "che", "at")
        if not (word and word.end == one.end) or led or line.capital(one.first):
            found.append((one.first, one.end - 1))
    return found


def channels(told: Typed) -> set[int]:
    """The words that tell by what way it was sent: "via Indeed", "par mail"; "sur le site de Carrefour" is not one."""
    said = told.said.split()
    found: set[int] = set()
    for one in phrases("application_skipped", "channel").all(said):
        article = one.first > 0 and said[one.first - 1] in _ARTICLES
        before = said[: one.first - article][-2:]
        lead = next(
            (lead for lead in phrases("application_skipped", "by").all(before) if lead.end == len(before)),
            None,
        )
        if lead and not (said[one.end - 1] == "site" and said[one.end : one.end + 1] in (["de"], ["d"])):
            found |= set(range(one.first - article - (lead.end - lead.first), one.end))
    return found


def names(told: Typed, blocked: set[int], known: list[Span], is_job: IsJob) -> tuple[str | None, str | None]:
    """Company and job. `blocked`: words of the state, the day, the channel; `known`: companies that all know."""
    return _Names(Line(told), blocked, known, is_job).told()


class _Names:
    """What is found so far, while the pieces are gone through."""

    def __init__(self, line: Line, blocked: set[int], known: list[Span], is_job: IsJob) -> None:
        self._line = line
        self._known = dict(known)
        self._whole = {at for first, last in known for at in range(first, last + 1)}
        self._pieces = pieces(line, blocked - self._whole, self._whole)
        self._is_job = is_job
        self._is_told = not words.group("application_edges")["people"].isdisjoint(line.said)
        self._company: Span | None = None
        self._job: Span | None = None

    def told(self) -> tuple[str | None, str | None]:
        bare: list[tuple[Piece, Span]] = []
        later: list[Span] = []
        for piece in self._pieces:
            span = trimmed(self._line, piece, self._whole)
            if span is None or piece.lead == "place":
                continue
            if piece.lead == "":
                bare.append((piece, span))
            elif piece.lead == "job":
                self._after_job(piece, span, later)
            else:
                self._after_company(piece, span)
        for piece, span in sorted(bare, key=lambda one: not one[0].acts):
            self._bare(piece, span)
        for span in later:
            self._company = self._company or span
        return self._named(self._company), self._named(self._job)

    def _named(self, span: Span | None) -> str | None:
        return self._line.original(*span) if span and span[1] - span[0] < _LONGEST_NAME else None

    def _after_company(self, piece: Piece, span: Span) -> None:
        alone = piece.lead == "company" and span[0] == span[1]
        company, job = (span, None) if alone else self._split(span)
        if piece.lead == "company_after" and company is None and self._is_a_name(span):
            company, job = span, None  # "aucune réponse de Carglass", which a list of jobs may know too
        if company and job and span[0] not in self._known and any(one.said in _AS for one in self._pieces):
            company, job = span, None  # "la clinique vétérinaire comme assistante"
        if company is None and piece.lead == "company_after" and job is not None:
            self._job = self._job or job
        else:
            company = company or span
            self._company = self._company or company
            self._job = self._job or (job if company != span else None)

    def _after_job(self, piece: Piece, span: Span, later: list[Span]) -> None:
        company, job = self._split(span)
        if piece.said in _WHERE:
            self._job = self._job or job
        elif company is None or job is not None:
            self._job = self._job or job or span
            self._company = self._company or company
        elif piece.said in _EITHER and (span[0] in self._known or self._line.capital(span[0])):
            later.append(company)
        else:
            self._job = self._job or span

    def _bare(self, piece: Piece, span: Span) -> None:
        company, job = self._split(span)
        if piece.acts and company is None and self._company is None:
            company, job = span, None
        if job is not None:
            self._job = self._job or job
        if company is not None and self._company is None:
            self._company = self._plausible(company, acts=piece.acts)
        elif company is not None and self._job is None and company not in self._known.items():
            alone = self._line.apart(piece.first) and not self._is_told
            self._job = company if alone and company[1] - company[0] < _LONGEST_UNKNOWN else None

    def _plausible(self, span: Span, *, acts: bool) -> Span | None:
        """A company that nothing leads to: known, or its words with a capital, or a few words."""
        if span[0] in self._known:
            return span
        within = set(self._line.said[span[0] + 1 : span[1]])
        is_sentence = span[1] - span[0] >= _LONGEST_UNKNOWN or not within.isdisjoint(_OF_A_SENTENCE)
        venue = phrases("employers", "venue").at(self._line.said, span[0])
        is_sentence = is_sentence or not (acts or venue or not self._is_told)
        if not self._line.mixed:
            return None if is_sentence else span
        capitals = [at for at in range(span[0], span[1] + 1) if self._line.capital(at)]
        if capitals:
            return span[0] if venue else capitals[0], capitals[-1]
        return None if is_sentence else span

    def _split(self, span: Span) -> tuple[Span | None, Span | None]:
        """The company and the job in words side by side ("Decathlon vendeur"); one alone as it is."""
        first, last = span
        if first in self._known:
            start = self._known[first] + 1
            at = self._job_begins(start, last, sure=True)
            return ((first, at - 1), (at, last)) if at is not None else (span, None)
        venue = self._venue_begins(first, last)
        if venue is not None:
            named = venue + (self._line.said[venue] in words.group("application_edges")["edge"])
            return (named, last), (first, venue - 1)
        ends = [begin for begin, end in self._known.items() if first < begin and end == last]
        if ends and self._names_job(first, ends[0] - 1):
            return (ends[0], last), (first, ends[0] - 1)
        if self._names_job(first, last):
            return self._job_first(span)
        at = self._job_begins(first + 1, last, sure=False)
        return ((first, at - 1), (at, last)) if at is not None else (span, None)

    def _is_a_name(self, span: Span) -> bool:
        """Whether words have a capital and none that jobs begin or end with."""
        known = phrases("jobs", "begin").at(self._line.said, span[0])
        return self._line.named(span[0]) and not known and not self._ends_as_job(*span)

    def _venue_begins(self, first: int, last: int) -> int | None:
        """Where a place with a name follows a job: "femme de chambre hôtel Mercure"."""
        said = self._line.said
        for at in range(first + 1, last):
            venue = phrases("employers", "venue").at(said, at)
            if venue and venue.end <= last and said[at - 1] not in _SMALL and self._names_job(first, at - 1):
                return at
        return None

    def _job_first(self, span: Span) -> tuple[Span | None, Span | None]:
        """ "Serveuse Café de Flore": a job and a name with a capital."""
        first, last = span
        if not self._line.capital(first) or first == 0:
            for at in range(first + 1, last + 1):
                if self._line.capital(at) and not self._line.original(at, at).isupper() and at - 1 >= first:
                    small = self._line.said[at - 1] in _SMALL
                    return (None, span) if small else ((at, last), (first, at - 1))
        return None, span

    def _job_begins(self, start: int, last: int, *, sure: bool) -> int | None:
        """The first word of the job that ends a name. `sure`: what stands before it is a company for certain."""
        said = self._line.said
        places = [at for at in range(start, last + 1) if not {said[at - 1], said[at]} & _SMALL]
        if not sure:
            places = [
                at for at in places if not self._line.capital(at) or self._line.original(at, at).isupper()
            ]
        venues = phrases("employers", "venue")
        places = [at for at in places if at == start or not venues.at(said, at)]  # "the Red Lion pub"
        for at in places:
            if phrases("jobs", "begin").at(said, at) or self._ends_as_job(at, last):
                return at
        return next((at for at in places[:_LOOKED_UP] if self._is_job(self._line.original(at, last))), None)

    def _ends_as_job(self, first: int, last: int) -> bool:
        said = self._line.said[first : last + 1]
        return len(said) <= _LONGEST_UNKNOWN and any(
            one.end == len(said) for one in phrases("jobs", "end").all(said)
        )

    def _names_job(self, first: int, last: int) -> bool:
        """Whether words are a job."""
        if phrases("jobs", "begin").at(self._line.said, first) or self._ends_as_job(first, last):
            return True
        if phrases("employers", "venue").at(self._line.said, first):
            return False
        return self._is_job(self._line.original(first, last))
