"""Departments, regions and countries: their names, and what is asked when one of them was typed."""

from __future__ import annotations

from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.sources.found import Decision
from bot.sources.places.deciding import MOST, Decided, decide
from bot.sources.places.model import Kind
from bot.sources.places.names import Named
from bot.sources.places.spelling import key, spelt, without_article
from bot.sources.places.table import ABROAD, Table, department_of

WELL_KNOWN = 20_000
"""Inhabitants from which a commune named like an area comes before it: Vienne (38) before the department."""
A_TOWN = 1_000
"""Inhabitants from which it is offered beside the area: Grenade (31) and the island."""
SHORTEST_COUNTRY = 7
"""Letters of a country's name from which a wrong one is understood."""
SHORTEST_MISSPELT, TWO_LETTERS_FROM = 6, 11
"""The same of a French area's name, from which a wrong one, and two, are understood."""
COUNTRY_ITSELF = 0.5
"""A city with more of its country's people stands for it: Monaco, Singapore."""
LONGEST_LINK = 3
"""Letters up to which a word of such a name says nothing by itself: "de", "sur", "val"."""
CORSICA = "20"
"""What people still write for the two departments of Corsica."""
PARIS = "75056"


class Areas:
    """Areas by name, with and without article, and by number."""

    def __init__(self, table: Table) -> None:
        self._table = table

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        names: dict[str, list[str]] = {}
        departments = {row["name"] for row in self._table.areas.values() if row["kind"] == Kind.DEPARTMENT}
        for code, row in self._table.areas.items():
            # A region of one department is that department, and the department of Paris is the commune.
            if (row["kind"] == Kind.REGION and row["name"] in departments) or row["name"] == "Paris":
                continue
            for name in sorted({row["name"], row["english"]} - {""}):
                said = spelt(name)
                for form in sorted({said, without_article(said)} - {""}):
                    listed = names.setdefault(form.replace(" ", ""), [])
                    if code not in listed:
                        listed.append(code)
        return names

    def named(self, words: str) -> list[str]:
        """Codes of the areas of that name."""
        bare = without_article(spelt(words)).replace(" ", "")
        return self._names.get(key(words)) or self._names.get(bare, [])

    def french(self, words: str) -> list[str]:
        """The same, departments and regions alone."""
        return [code for code in self.named(words) if not code.startswith(Kind.COUNTRY)]

    @cached_property
    def _french(self) -> list[str]:
        french = {Kind.DEPARTMENT, Kind.REGION}
        return [name for name, codes in self._names.items() if self._table.areas[codes[0]]["kind"] in french]

    @cached_property
    def _countries(self) -> list[str]:
        return [
            name for name, codes in self._names.items() if self._table.areas[codes[0]]["kind"] == Kind.COUNTRY
        ]

    def misspelt(self, words: str) -> list[str]:
        """Codes of the area whose name differs by a letter, or by two in a long French one: "haute-garone"."""
        said = key(words)
        if len(said) < SHORTEST_MISSPELT:
            return []
        most = 2 if len(said) >= TWO_LETTERS_FROM else 1
        near = process.extractOne(said, self._french, scorer=OSA.distance, score_cutoff=most)
        if near is None and len(said) >= SHORTEST_COUNTRY:
            near = process.extractOne(said, self._countries, scorer=OSA.distance, score_cutoff=1)
        return self._names[near[0]] if near else []

    def numbered(self, number: str) -> str | None:
        """The area of a department's number as people write it ("93", "2a", "1"); 20 is Corsica."""
        if number == CORSICA:
            return "region:94"
        code = f"department:{number.upper().zfill(2)}"
        return code if code in self._table.areas else None

    def holds(self, area: str, code: str) -> bool:
        """Whether a commune, department or city abroad lies in an area."""
        kind, _, number = area.partition(":")
        if kind == Kind.COUNTRY:
            return self._table.country(code) == number
        department = department_of(code)
        if kind == Kind.DEPARTMENT:
            return department == number
        return bool(department) and self._table.areas[f"department:{department}"]["region"] == number

    def is_part_of_name(self, words: str, area: str) -> bool:
        """Whether words are some of those in an area's name: "garonne" beside the number 31."""
        said, name = set(words.split()), set(spelt(self._table.areas[area]["name"]).split())
        return said <= name and any(len(word) > LONGEST_LINK for word in said - {"saint", "haute", "hautes"})

    def ask(self, areas: list[str], namesakes: list[Named]) -> Decided:
        """Where in it? The area, what bears its name, and its largest towns; a country that is a city is taken."""
        row = self._table.areas[areas[0]]
        if areas[0] == "country:FR":
            return Decision.UNKNOWN, []
        if areas[0] == "department:75":
            return Decision.TAKE, [(PARIS, 1.0)]
        largest = [code for code in row["largest"].split("|") if code]
        if row["kind"] == Kind.COUNTRY:
            for one in namesakes:
                if one.code in largest[:1] and one.people >= COUNTRY_ITSELF * int(row["population"]):
                    return Decision.TAKE, [(one.code, 1.0)]
        decided = decide(namesakes)
        known = [code for code, _ in decided[1]] if decided else []
        people = {one.code: one.people for one in namesakes}
        home = [code for code in known if not code.startswith(ABROAD)]
        first = [code for code in home if people[code] >= WELL_KNOWN]
        famed = [code for code in known if code not in home and people[code] >= WELL_KNOWN]
        towns = [code for code in home if people[code] >= A_TOWN]
        asked = list(dict.fromkeys((*first, *areas, *famed[:1], *towns[:1], *known[:1], *largest)))
        asked = [code for code in asked if not self._is_the_same(code, areas[0])]
        named = {*areas, *known}
        rows = [(code, 1.0 if code in named else 0.6) for code in asked][:MOST]
        return (Decision.ASK if asked != [row["largest"]] else Decision.TAKE), rows

    def _is_the_same(self, code: str, area: str) -> bool:
        """Whether an answer would show twice: a country's city of its name, an island that is one commune."""
        row = self._table.areas[area]
        if row["kind"] == Kind.COUNTRY:
            place = self._table.place(code)
            return code.startswith(ABROAD) and place is not None and place.name == row["name"]
        if code != area or row["kind"] != Kind.DEPARTMENT or "|" in row["largest"]:
            return False
        alone = self._table.place(row["largest"])
        return alone is not None and alone.name == row["name"]
