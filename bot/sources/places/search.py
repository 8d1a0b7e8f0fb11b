"""Typed words -> one place, a question between a few, or an honest "not understood". It never guesses."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from pathlib import Path

from bot.sources.found import Candidate, Decision, Found
from bot.sources.places import lists, reading, ruling_out
from bot.sources.places.areas import Areas
from bot.sources.places.deciding import MOST, Decided, decide
from bot.sources.places.everyday import is_everyday, is_one_word, is_written_otherwise
from bot.sources.places.model import Place
from bot.sources.places.names import How, Named, Names
from bot.sources.places.nearest import Points
from bot.sources.places.numbers import Numbers
from bot.sources.places.spelling import spelt
from bot.sources.places.table import ABROAD, FOLDER, PARENTS, Table, department_of, is_arrondissement

LONGEST = 240
"""Letters of a text that are looked at."""
WELL_KNOWN = 20_000
"""Inhabitants from which a place is offered too where the words, one letter aside, only begin another's name."""
FAMOUS = 1_000_000
"""Inhabitants from which a city abroad is meant by its name, whatever French town is spelt nearly so."""
NEIGHBOURS = frozenset("BE CH LU MC DE".split())
LONGEST_WITH_AREA = 10
"""Words of a name with its area at the most."""
KNOWN_ABROAD, KNOWN_BY_ANOTHER_NAME = 100_000, 500_000
"""Inhabitants from which a city abroad is taken by its name, and by another than the French and its own."""
KNOWN_AT_THE_BORDER = 10_000
"""The same in the neighbouring countries."""
NAMESAKE, NAMESAKE_WITH_ARTICLE = 500, 10_000
"""Inhabitants from which a commune named like a word of every day is asked about, and taken: La Madeleine."""
SHORTEST_FORMER = 3
"""Letters up to which a name that no place bears any longer is asked about: "fa"."""
SHORT_SPAN_FROM = 10_000
"""Inhabitants of a place whose name of two or three letters is understood inside a sentence: Pau, Gap."""
SHORTEST_SPAN, LONGEST_SPAN, MOST_WORDS = 4, 5, 25
"""Letters and words of a name inside a sentence; words of a sentence that are looked at."""
SPAN_FROM = 1_000
"""Inhabitants of a place whose one-word name is understood inside a sentence."""

_BEFORE_A_PLACE = frozenset(
    "a au aux vers sur pour de d du des en dans pres cote near in at around to from depuis".split()
)


class Places:
    """Every French commune, department and region, cities abroad and countries."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._table = Table(folder)
        self._names = Names(folder)
        self._areas = Areas(self._table)
        self._numbers = Numbers(self._table, self._areas, self._names)

    @cached_property
    def _points(self) -> Points:
        return Points(self._table)

    def by_code(self, code: str | None) -> Place | None:
        """The place of a code (see `Place.code`); None when it is empty or not known."""
        return self._table.place(code) if code else None

    def nearest(self, latitude: float, longitude: float) -> Place | None:
        """The commune, arrondissement or city abroad whose centre is nearest; None in a desert or at sea."""
        return self.by_code(self._points.nearest(latitude, longitude))

    def distance(self, one: Place, other: Place) -> float:
        """Kilometres between two places as the crow flies; exact to some kilometres where `approximate`."""
        return Points.kilometres((one.latitude, one.longitude), (other.latitude, other.longitude))

    def search(self, text: str) -> Found[Place]:
        """What typed words name. Never raises; candidates are only there for `take` (one) and `ask` (some)."""
        decision, rows = self._search(text[:LONGEST])
        places = ((self._table.place(code), score) for code, score in rows)
        return Found(decision, tuple(Candidate(place, score) for place, score in places if place))

    def _search(self, text: str) -> Decided:
        words = reading.rivers(text)
        if not words or "http" in words or words in reading.words("talk"):
            return Decision.REPHRASE, []
        if words in reading.words("open"):
            return Decision.UNKNOWN, []
        if words in reading.words("around"):
            if nickname := self._names.nickname(words):
                return self._customary(nickname)
            here = [one for one in self._names.exact(words) if one.how is How.EXACT and not one.abroad]
            areas = self._areas.named(words)
            if areas or not is_everyday(words):
                return self._areas.ask(areas, here) if areas else decide(here) or (Decision.REPHRASE, [])
        if found := self._whole(words):
            return (Decision.ASK, found[1]) if is_written_otherwise(text) else found
        left, out = ruling_out.split(text)
        return self._without(text, left, out) if out else self._said(text)

    def _without(self, text: str, left: str, out: list[str]) -> Decided:
        """What was said beside what was ruled out; that is never proposed."""
        ruled = {code for part in out if part for code, _ in self._said(part)[1]}
        said = reading.rivers(left)
        found = self._said(left) if said else (Decision.REPHRASE, list[tuple[str, float]]())
        rows = [row for row in found[1] if not self._is_ruled_out(row[0], ruled)]
        if rows:
            return found[0], rows
        if not ruled and not found[1] and found[0] is Decision.REPHRASE:
            # What was ruled out is no place: "no car".
            return (Decision.UNKNOWN if reading.is_open(reading.rivers(text)) else Decision.REPHRASE), []
        return (Decision.UNKNOWN if ruling_out.says_anywhere(left) else Decision.REPHRASE), []

    def _is_ruled_out(self, code: str, ruled: set[str]) -> bool:
        if code in ruled or any(self._areas.holds(area, code) for area in ruled & self._table.areas.keys()):
            return True
        return is_arrondissement(code) and PARENTS[department_of(code)] in ruled

    def _said(self, text: str) -> Decided:
        words = reading.rivers(text)
        near = reading.without_distance(words)
        found = (
            self._listed(lists.numbered(text))
            or self._whole(near)
            or self._numbers.search(words)
            or self._trimmed(near)
            or self._listed(lists.parts(text), all_of_them=False)
        )
        if found and found[0] is not Decision.REPHRASE:
            return found
        if any(part in reading.words("open") for part in reading.trimmed(words)):
            return Decision.UNKNOWN, []
        found = found or self._misspelt(near) or self._inside(near)
        if found and found[0] is not Decision.REPHRASE:
            return found
        return (Decision.UNKNOWN if reading.is_open(words) else Decision.REPHRASE), []

    def _whole(self, words: str) -> Decided | None:
        """All of the words are a name: of a place, customary, or of an area."""
        nickname = self._names.nickname(words)
        if nickname:
            return self._customary(nickname)
        areas = self._areas.named(words)
        exact = self._names.exact(words)
        if areas:
            return self._areas.ask(areas, [one for one in exact if one.how <= How.WITHOUT_ARTICLE])
        if is_everyday(words):
            return self._namesake(words, [one for one in exact if not one.abroad])
        found = decide([*exact, *self._longer(words, exact)], words=len(words.split()))
        if found and len(words) <= SHORTEST_FORMER and all(one.how is How.FORMER for one in exact):
            found = Decision.ASK, found[1]
        return self._or_at_home(words, exact, found) if found else None

    def _namesake(self, words: str, exact: list[Named]) -> Decided | None:
        """Communes whose very name words of every day are: several words name one, a single word asks."""
        found = decide(exact)
        if not found or not is_one_word(words):
            return found
        people = {one.code: one.people for one in exact}
        first = max(exact, key=lambda one: one.people)
        with_article = " " in words and first.how is How.EXACT
        if found[0] is Decision.TAKE and with_article and first.people >= NAMESAKE_WITH_ARTICLE:
            return found
        known = [row for row in found[1] if people[row[0]] >= NAMESAKE]
        return (Decision.ASK, known) if known else None

    def _or_at_home(self, words: str, exact: list[Named], found: Decided) -> Decided:
        """A far city of little fame is asked about, and what is a letter away in France with it: "chamberi"."""
        decision, places = found
        code = places[0][0]
        if decision is not Decision.TAKE or not code.startswith(ABROAD):
            return found
        named = next(one for one in exact if one.code == code)
        near_home = self._table.country(code) in NEIGHBOURS and named.people >= KNOWN_AT_THE_BORDER
        if named.how is How.EXACT and (near_home or named.people >= FAMOUS):
            return found
        near = [one for one in self._names.misspelt(words) if one.wrong <= 1 and one.people >= WELL_KNOWN]
        at_home = decide([one for one in near if not one.abroad and not one.doubtful])
        if at_home:
            return Decision.ASK, [*at_home[1][: MOST - 1], *places]
        known = KNOWN_ABROAD if named.how is How.EXACT else KNOWN_BY_ANOTHER_NAME
        return found if named.people >= known else (Decision.ASK, places)

    def _longer(self, words: str, exact: list[Named]) -> list[Named]:
        """Names that begin with the words and, if nothing has just that name, well-known ones a letter away."""
        longer = self._names.beginning(words)
        if any(one.how is How.EXACT for one in exact):
            return longer
        if not any(one.wrong == 0 for one in longer):
            return []
        return longer + [
            replace(one, how=How.SHORT)
            for one in self._names.misspelt(words)
            if one.wrong <= 1 and one.people >= WELL_KNOWN and not one.abroad
        ]

    def _customary(self, codes: tuple[str, ...]) -> Decided:
        if len(codes) > 1:
            return Decision.ASK, [(code, 0.9) for code in codes[:MOST]]
        if codes[0] in self._table.areas:
            return self._areas.ask(list(codes), [])
        return Decision.TAKE, [(codes[0], 0.9)]

    def _trimmed(self, words: str) -> Decided | None:
        """What remains without the words around a name, or a name and the area it lies in."""
        parts = reading.trimmed(words)
        if any(part in reading.words("talk") for part in parts):
            return Decision.REPHRASE, []
        for part in parts[1:]:
            if found := self._whole(part):
                return found
        for part in parts:
            if found := self._within(part, misspelt=False):
                return found
        return None

    def _within(self, words: str, *, misspelt: bool) -> Decided | None:
        """ "valence drome", "rome italie", "martinique fort de france": a name and its area, in either order."""
        said = words.split()
        for cut in range(1, len(said) if len(said) <= LONGEST_WITH_AREA else 0):
            front, back = said[:cut], said[cut:]
            for name, area in ((front, back), (back, front)):
                areas = self._areas.named(" ".join(reading.without_links(area)))
                if areas and (found := self._numbers.inside(areas, " ".join(name), misspelt=misspelt)):
                    return found
        return None

    def _listed(self, parts: list[str], *, all_of_them: bool = True) -> Decided | None:
        """ "Nantes ou Rennes", "entre Lyon et Grenoble": each is asked about; one beside filler words stands alone."""
        found: list[Decided] = []
        for part in parts:
            words = reading.without_distance(spelt(part))
            one = self._whole(words) or self._numbers.search(words) or self._trimmed(words)
            if one and one[1]:
                found.append(one)
        return None if all_of_them and len(found) < len(parts) else self._union(found)

    def _union(self, found: list[Decided]) -> Decided | None:
        if len(found) <= 1:
            return found[0] if found else None
        each = max(1, MOST // len(found))
        rows = dict(row for _, listed in found for row in listed[:each])
        return (Decision.ASK if len(rows) > 1 else Decision.TAKE), list(rows.items())[:MOST]

    def _misspelt(self, words: str) -> Decided | None:
        for part in reading.trimmed(words):
            if is_everyday(part) or len(part.split()) > LONGEST_SPAN + 1:
                continue
            misspelt = [*self._names.misspelt(part), *self._names.beginning(part)]
            found = decide(misspelt)
            if areas := self._areas.misspelt(part):
                town = [found] if found and found[0] is Decision.TAKE else []
                return self._union([self._areas.ask(areas, []), *town])
            if not found or found[0] is not Decision.TAKE:
                found = decide([*misspelt, *self._names.starting(part)])
            if found:
                return found
            if found := self._within(part, misspelt=True):
                return found
        return None

    def _inside(self, words: str) -> Decided | None:
        """Names inside a sentence, the longest first; sure only behind a word that leads to a place."""
        said = words.split()[:MOST_WORDS]
        taken: set[int] = set()
        found: list[Decided] = []
        for length in range(min(LONGEST_SPAN, len(said)), 0, -1):
            for start in range(len(said) - length + 1):
                span = range(start, start + length)
                if taken.isdisjoint(span) and (one := self._span(said, start, length)):
                    taken.update(span)
                    found.append(one)
        return self._union(found)

    def _span(self, said: list[str], start: int, length: int) -> Decided | None:
        part = " ".join(said[start : start + length])
        led = said[start - 1] in _BEFORE_A_PLACE if start else False
        if part in reading.words("open") or (is_everyday(part) and is_one_word(part)):
            return None
        if len(part) < SHORTEST_SPAN and not led:
            return None
        nickname = self._names.nickname(part)
        areas = self._areas.named(part)
        if nickname or areas:
            return (self._customary(nickname) if nickname else self._areas.ask(areas, [])) if led else None
        known = [
            one
            for one in self._names.exact(part)
            if not one.abroad
            and one.how is not How.FORMER
            and (length > 1 or one.people >= (SPAN_FROM if len(part) >= SHORTEST_SPAN else SHORT_SPAN_FROM))
        ]
        decided = decide(known)
        # "Lyon Part-Dieu", "Cergy préfecture": a town, then which part of it.
        led = led or (start == 0 and any(one.people >= WELL_KNOWN for one in known))
        return (decided if led else (Decision.ASK, decided[1])) if decided else None
