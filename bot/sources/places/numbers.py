"""Postcodes, numbers of departments and arrondissements, alone or with a name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.sources.found import Decision
from bot.sources.places import lists, reading
from bot.sources.places.areas import Areas
from bot.sources.places.deciding import MOST, Decided, decide
from bot.sources.places.names import How, Named, Names
from bot.sources.places.reading import CITIES_OF_ARRONDISSEMENTS, Said
from bot.sources.places.table import PARENTS, Table, department_of, is_arrondissement

_CODES = {"paris": "751", "lyon": "6938", "marseille": "132"}
"""City -> what the codes of its arrondissements begin with (Lyon's are 69381 to 69389)."""

_LOST_ZERO = re.compile("[1-9]000")


class Numbers:
    """Reads the numbers in plain words."""

    def __init__(self, table: Table, areas: Areas, names: Names) -> None:
        self._table = table
        self._areas = areas
        self._names = names

    def search(self, words: str) -> Decided | None:
        """The place if a number says or narrows it; None where there is none, or none that means a place."""
        if several := lists.arrondissements(words):
            return _all(code for number in several[1] if (code := _arrondissement(several[0], number)))
        if _LOST_ZERO.fullmatch(words):
            # "6000": the leading zero of a prefecture's postcode is easily lost, but it may be anything else too.
            return Decision.ASK, [(code, 0.7) for code in self._table.with_postcode(f"0{words}")[:MOST]]
        said = reading.read(words)
        if said.postcode:
            return self._of_postcode(said)
        if said.arrondissement and (found := self._of_arrondissement(said)):
            return found
        area = self._areas.numbered(said.department) if said.department else None
        if area is not None:
            return self._of_department(area, said)
        return None

    def inside(self, areas: list[str], name: str, *, misspelt: bool) -> Decided | None:
        """A name that was said to lie in one of some areas; None if nothing there bears it."""
        for part in reading.trimmed(name):
            found = self._names.misspelt(part) if misspelt else self._named(part)
            here = [one for one in found if any(self._areas.holds(area, one.code) for area in areas)]
            if decided := decide(here, within=True):
                return decided
        return None

    def _named(self, part: str) -> list[Named]:
        return [*self._customary(part), *self._names.exact(part), *self._names.beginning(part)]

    def _customary(self, part: str) -> list[Named]:
        codes = [code for code in self._names.nickname(part) if code not in self._table.areas]
        places = map(self._table.place, codes)
        return [Named(place.code, How.EXACT, place.population or 0) for place in places if place]

    def _of_department(self, area: str, said: Said) -> Decided | None:
        if not _rest(said.name):
            return self._areas.ask([area], [])
        if found := self._area_itself(area, said.name):
            return found
        for misspelt in (False, True):
            if found := self.inside([area], said.name, misspelt=misspelt):
                return found
        if found := self._areas_at_odds(area, said.name):
            return found
        for part in reading.trimmed(said.name):
            # The number says something else than the name: neither is taken.
            if elsewhere := decide(self._named(part)):
                return Decision.ASK, elsewhere[1]
        return None

    def _area_itself(self, area: str, name: str) -> Decided | None:
        """ "Gironde 33", "bretagne 35": an area by its name and number, not a town in it that is called nearly so."""
        department = area.partition(":")[2]
        for part in reading.trimmed(name):
            bare = " ".join(reading.without_links(part.split()))
            named = self._areas_called(bare)
            exact = [one for one in self._names.exact(bare) if one.how is How.EXACT]
            if not named and not exact:
                named = self._areas.misspelt(bare)
            within = [one for one in exact if self._areas.holds(area, one.code)]
            if area in named or (not within and self._areas.is_part_of_name(bare, area)):
                return self._areas.ask([area], within)
            if region := next((code for code in named if self._areas.holds(code, department)), None):
                decision, rows = self._areas.ask([area], [])
                return decision, (
                    rows if decision is Decision.TAKE else [rows[0], (region, 0.9), *rows[1 : MOST - 1]]
                )
        return None

    def _areas_called(self, name: str) -> list[str]:
        nicknamed = [code for code in self._names.nickname(name) if code in self._table.areas]
        return self._areas.named(name) or nicknamed

    def _areas_at_odds(self, area: str, name: str) -> Decided | None:
        """ "Charente 17": the number of one area, the name of another; both are asked about."""
        for part in reading.trimmed(name):
            if named := self._areas_called(" ".join(reading.without_links(part.split()))):
                rows = self._areas.ask([area], [])[1]
                return Decision.ASK, [*rows[:1], *((code, 0.9) for code in named), *rows[1:]][:MOST]
        return None

    def _of_arrondissement(self, said: Said) -> Decided | None:
        city = next((word for word in said.name.split() if word in _CODES), "")
        if city:
            code = _arrondissement(city, said.arrondissement)
            if code is None:
                return None
            if said.department == department_of(code) and not said.ordinal:
                return Decision.ASK, [(PARENTS[said.department], 1.0), (code, 1.0)]
            return Decision.TAKE, [(code, 1.0)]
        if not said.ordinal or _rest(said.name):
            return None
        codes = [_arrondissement(name, said.arrondissement) for name in CITIES_OF_ARRONDISSEMENTS]
        known = [code for code in codes if code is not None]
        return _all(known) if known else None

    def _of_postcode(self, said: Said) -> Decided | None:
        there = self._table.with_postcode(said.postcode)
        name = _rest(said.name)
        department = self._department_of(said.postcode)
        if (
            name
            and department
            and self._area_itself(department, name)
            and not self._among(there, name, misspelt=False)
        ):
            name = ""
        if there:
            if len(there) == 1 or not name:
                return self._agreeing(there, name, department) if name else _all(there)
            for misspelt in (False, True):
                if found := self._among(there, said.name, misspelt=misspelt):
                    return found
            return self._agreeing(there, name, department)
        if department is None:
            return None
        if said.postcode.endswith("000") and said.postcode[:2] in PARENTS and not name:
            return _all([PARENTS[said.postcode[:2]]])
        if name:
            for misspelt in (False, True):
                if found := self.inside([department], name, misspelt=misspelt):
                    return found
            for part in reading.trimmed(name):
                if nickname := self._names.nickname(part):
                    return _all(nickname)
        return self._areas.ask([department], [])

    def _among(self, there: list[str], name: str, *, misspelt: bool) -> Decided | None:
        """The communes of a postcode that bear a name; an arrondissement bears that of its city."""
        for part in reading.trimmed(name):
            found = self._names.misspelt(part) if misspelt else self._named(part)
            cities = {department_of(one.code) for one in found if one.code in PARENTS.values()}
            here = [one for one in found if one.code in there] or [
                Named(code, How.EXACT, 0)
                for code in there
                if is_arrondissement(code) and department_of(code) in cities
            ]
            if decided := decide(here, within=True):
                return decided
        return None

    def _agreeing(self, there: list[str], name: str, department: str | None) -> Decided:
        """The place of a postcode, unless the words beside it name a place elsewhere: then both are asked about."""
        for misspelt in (False, True):
            if found := self._among(there, name, misspelt=misspelt):
                return found
        if department is not None and (found := self.inside([department], name, misspelt=False)):
            other = found[1]
        else:
            parts = [decide(self._names.exact(part)) for part in reading.trimmed(name)]
            other = next((part[1] for part in parts if part), [])
        here = _all(there)
        if not other:
            return here
        return Decision.ASK, [*other[:2], *(row for row in here[1] if row not in other)][:MOST]

    def _department_of(self, postcode: str) -> str | None:
        if postcode.startswith("20"):
            return self._areas.numbered("2b" if postcode[2] in "26" else "2a")
        return self._areas.numbered(postcode[:3] if postcode.startswith(("97", "98")) else postcode[:2])


def _rest(name: str) -> str:
    """What is said beside the numbers, "" if that is nothing but filler words."""
    left = reading.trimmed(name)
    return "" if not left or left[-1] in reading.words("around") else name


def _all(codes: Iterable[str]) -> Decided:
    rows = list(codes)[:MOST]
    return (Decision.TAKE if len(rows) == 1 else Decision.ASK), [(code, 1.0) for code in rows]


def _arrondissement(city: str, number: int) -> str | None:
    """The INSEE code of an arrondissement; None if the city has not so many."""
    if not 1 <= number <= CITIES_OF_ARRONDISSEMENTS[city]:
        return None
    return f"{_CODES[city]}{number:0{1 if city == 'lyon' else 2}}"
