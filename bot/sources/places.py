"""Towns that Bob recognises: the largest French communes and two of each department, and an honest "not in it".

Codes, names and populations are those of INSEE (official geographical code 2026, municipal populations 2023).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.sources.matching import Match, Names

FILE = Path(__file__).parent / "data" / "places.csv"

OVERSEAS_ZONES = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "975": "America/Miquelon",
    "976": "Indian/Mayotte",
    "977": "America/St_Barthelemy",
    "978": "America/Marigot",
    "986": "Pacific/Wallis",
    "987": "Pacific/Tahiti",
    "988": "Pacific/Noumea",
}


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """One commune. `namesakes`: how many other communes bear the same name, so that it is asked back."""

    code: str
    name: str
    department: str
    region: str
    population: int
    namesakes: int

    @property
    def label(self) -> str:
        return f"{self.name} ({self.department})"

    @property
    def time_zone(self) -> str:
        return OVERSEAS_ZONES.get(self.department, "Europe/Paris")


class Places:
    """The list, searchable by name ("Saint-Denis", "st denis", "Lyon 69")."""

    def __init__(self, file: Path = FILE) -> None:
        with file.open(encoding="utf-8", newline="") as lines:
            self._places = [
                KnownPlace(
                    row["insee"],
                    row["name"],
                    row["department"],
                    row["region"],
                    int(row["population"]),
                    int(row["namesakes"]),
                )
                for row in csv.DictReader(lines)
            ]
        names: list[tuple[str, KnownPlace]] = []
        for place in self._places:
            for name in _spellings(place.name):
                names.append((name, place))
                names.append((f"{name} {place.department}", place))
        self._names = Names(names)
        self._by_code = {place.code: place for place in self._places}

    def search(self, text: str) -> Match[KnownPlace]:
        """Match a typed town. One that has namesakes is only proposed, unless its department was typed too."""
        found = self._names.search(text)
        if found.sure and found.sure.namesakes and found.sure.department not in text.split()[-1:]:
            return Match(close=(found.sure,))
        return found

    def by_code(self, code: str | None) -> KnownPlace | None:
        """The commune of an INSEE code, None when it is empty or not in the list."""
        return self._by_code.get(code or "")


def _spellings(name: str) -> list[str]:
    short = name.replace("Sainte-", "Ste ").replace("Saint-", "St ").replace("-lès-", "-les-")
    return [name] if short == name else [name, short]


@cache
def places() -> Places:
    """The embedded list, loaded once."""
    return Places()
