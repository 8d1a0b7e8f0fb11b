"""Typed words -> one place, a question between a few, or an honest "not understood". It never guesses."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from bot.sources.found import Candidate, Decision, Found
from bot.sources.places import lists, reading, ruling_out
from bot.sources.places.areas import Areas
from bot.sources.places.deciding import MOST, Decided, decide
from bot.sources.places.everyday import is_everyday, is_one_word, is_written_otherwise
from bot.sources.places.mending import mended
from bot.sources.places.model import Place
from bot.sources.places.names import How, Names
from bot.sources.places.nearest import Points
from bot.sources.places.numbers import Numbers
from bot.sources.places.spelling import spelt
from bot.sources.places.table import FOLDER, PARENTS, Table, department_of, is_arrondissement
from bot.sources.places.whole import WELL_KNOWN, Whole

LONGEST, LONGEST_MESSAGE = 240, 500
"""Letters of a text that are looked at, and those in which a town behind a preposition is looked for."""
LONGEST_WITH_AREA = 10
"""Words of a name with its area at the most."""
LONGEST_TALK = 14
"""Letters from which several words of every day may be a misspelt name: "vert sain denis"."""
SHORT_SPAN_FROM = 10_000
"""Inhabitants of a place whose name of two or three letters is understood inside a sentence: Pau, Gap."""
SHORTEST_SPAN, LONGEST_SPAN, MOST_WORDS = 4, 5, 25
"""Letters and words of a name inside a sentence; words of a sentence that are looked at."""
MOST_IN_A_MESSAGE = 70
"""Words of a long message that are looked at."""
MOST_BEFORE_A_TOWN = 6
"""Words that end with a large town, of which it is sure without a preposition: "cariste cdi amiens"."""
SPAN_FROM = 1_000
"""Inhabitants of a place whose one-word name is understood inside a sentence."""

_BEFORE_A_PLACE = frozenset(
    "a au aux vers sur pour de d du des en dans pres cote near in at around to from depuis".split()
)
_INTO_A_PLACE = frozenset("a au aux vers sur cote near in".split())


class Places:
    """Every French commune, department and region, cities abroad and countries."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._table = Table(folder)
        self._names = Names(folder)
        self._areas = Areas(self._table)
        self._whole = Whole(self._table, self._names, self._areas)
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
        decision, rows = self._answer(text)
        places = ((self._table.place(code), score) for code, score in rows)
        return Found(decision, tuple(Candidate(place, score) for place, score in places if place))

    def _answer(self, text: str) -> Decided:
        found = self._search(text[:LONGEST])
        if found[0] is Decision.TAKE and is_written_otherwise(text.rsplit(maxsplit=1)[-1]):
            return Decision.ASK, found[1]
        if found[0] is Decision.REPHRASE and len(text) >= LONGEST // 2:
            return self._in_passing(reading.rivers(text[:LONGEST_MESSAGE])) or found
        return found

    def _search(self, text: str) -> Decided:
        text = mended(text, self._names)
        words = reading.rivers(text)
        if len(words) <= 1 or "http" in words or words in reading.words("talk"):
            return Decision.REPHRASE, []
        if words in reading.words("open"):
            return Decision.UNKNOWN, []
        if words in reading.words("around"):
            if nickname := self._names.nickname(words):
                return self._whole.customary(nickname)
            here = [one for one in self._names.exact(words) if one.how is How.EXACT and not one.abroad]
            areas = self._areas.named(words)
            if areas or not is_everyday(words):
                return self._areas.ask(areas, here) if areas else decide(here) or (Decision.REPHRASE, [])
        if found := self._whole.search(words):
            return (Decision.ASK, found[1]) if is_written_otherwise(text) else found
        left, out = ruling_out.split(text)
        return self._without(text, left, out) if out else self._said(text)

    def _in_passing(self, words: str) -> Decided | None:
        """The last large town behind a preposition in a long message: "... et ce serait à Tours parce que ..."."""
        said = words.split()[:MOST_IN_A_MESSAGE]
        if len(said) <= MOST_WORDS:
            return None
        for place in range(len(said) - 1, 0, -1):
            if said[place - 1] not in _INTO_A_PLACE:
                continue
            for length in range(min(LONGEST_SPAN, len(said) - place), 0, -1):
                if said[place] in _BEFORE_A_PLACE:
                    break
                part = " ".join(said[place : place + length])
                if is_everyday(part):
                    continue
                large = [
                    one for one in self._names.exact(part) if one.people >= WELL_KNOWN and not one.abroad
                ]
                if found := decide(one for one in large if one.how <= How.WITHOUT_ARTICLE):
                    return found
        return None

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
        return (
            Decision.UNKNOWN if ruling_out.says_anywhere(left) or reading.is_open(said) else Decision.REPHRASE
        ), []

    def _is_ruled_out(self, code: str, ruled: set[str]) -> bool:
        if code in ruled or any(self._areas.holds(area, code) for area in ruled & self._table.areas.keys()):
            return True
        return is_arrondissement(code) and PARENTS[department_of(code)] in ruled

    def _said(self, text: str) -> Decided:
        words = reading.rivers(text)
        near = reading.without_distance(words)
        name = reading.read(words).name
        # "Les Istres-et-Bury (51)", "Eure-et-Loir 28" are one name.
        bare = " ".join(reading.without_links(name.split()))
        one = " et " in name and (self._areas.named(bare) or self._names.exact(name))
        found = (
            (None if one else self._listed(lists.numbered(text)))
            or self._whole.search(near)
            or self._numbers.search(words)
            or self._trimmed(near)
            or self._long_area(near)
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

    def _long_area(self, words: str) -> Decided | None:
        """ "sene et marne": the misspelt name of an area rather than two places."""
        areas = self._areas.misspelt(words) if " et " in words else []
        return self._areas.ask(areas, []) if areas else None

    def _trimmed(self, words: str) -> Decided | None:
        """What remains without the words around a name, or a name and the area it lies in."""
        parts = reading.trimmed(words)
        if any(part in reading.words("talk") for part in parts):
            return Decision.REPHRASE, []
        for part in parts:
            if found := self._named_within(part):
                return found
        for part in parts[1:]:
            if found := self._whole.search(part):
                return found
        for part in parts:
            if found := self._within(part, misspelt=False):
                return found
        return None

    def _named_within(self, words: str) -> Decided | None:
        """ "bailleul nord", "saint louis alsace": a very name, then a whole French department or region."""
        said = words.split()
        if len(said) > LONGEST_WITH_AREA or self._areas.named(words) or self._names.nickname(words):
            return None
        for cut in range(max(1, len(said) - LONGEST_SPAN), len(said)):
            name = " ".join(said[:cut])
            areas = self._areas.french(" ".join(reading.without_links(said[cut:])))
            areas = areas or [
                code for code in self._names.nickname(" ".join(said[cut:])) if code in self._table.areas
            ]
            if not areas:
                continue
            here = [
                one
                for one in self._names.exact(name)
                if one.how is How.EXACT and any(self._areas.holds(area, one.code) for area in areas)
            ]
            if found := decide(here, within=True):
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
            one = self._whole.search(words) or self._numbers.search(words) or self._trimmed(words)
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
            talk = is_everyday(part) and (is_one_word(part) or len(part) < LONGEST_TALK)
            if talk or len(part.split()) > LONGEST_SPAN + 1:
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
        last = start > 0 and start + length == len(said) <= MOST_BEFORE_A_TOWN
        if last and self._areas.french(part):
            here = [one for one in self._names.exact(part) if one.how is How.EXACT and not one.abroad]
            return self._areas.ask(areas, here)
        if nickname or areas:
            return (
                (self._whole.customary(nickname) if nickname else self._areas.ask(areas, [])) if led else None
            )
        known = [
            one
            for one in self._names.exact(part)
            if not one.abroad
            and one.how is not How.FORMER
            and (length > 1 or one.people >= (SPAN_FROM if len(part) >= SHORTEST_SPAN else SHORT_SPAN_FROM))
        ]
        decided = decide(known)
        # "Lyon Part-Dieu", "Cergy préfecture": a town, then which part of it.
        large = any(one.people >= WELL_KNOWN and one.how is How.EXACT for one in known)
        led = led or (large and last)
        led = led or (start == 0 and any(one.people >= WELL_KNOWN for one in known))
        return (decided if led else (Decision.ASK, decided[1])) if decided else None
