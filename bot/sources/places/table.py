"""The embedded tables: sorted text files that are searched where they lie, so that nothing is loaded at the start.

`bob data build places` writes them (docs/sources.md). A file holds a heading and lines in the order of their bytes;
no field holds a comma. A place is known by its code everywhere.
"""

from __future__ import annotations

import csv
import mmap
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from bot.sources.places.model import Kind, Place

FOLDER = Path(__file__).parent / "data"
COMMUNE_COLUMNS = (
    "code", "name", "postcodes", "department", "region", "population", "latitude", "longitude", "approximate",
    "former",
)  # fmt: skip
CITY_COLUMNS = (
    "code", "name", "country", "time_zone", "population", "latitude", "longitude", "original", "names",
)  # fmt: skip
AREA_COLUMNS = ("kind", "code", "name", "english", "region", "seat", "population", "largest")
"""`largest`: codes of its most populous towns, separated by |."""

ZONES = {
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
"""Of departments and collectivities; the others follow Paris."""
ISLAND_ZONES = {
    **dict.fromkeys(("98720", "98723", "98731", "98746", "98756", "98757"), "Pacific/Marquesas"),
    "98719": "Pacific/Gambier",
}
"""Communes of French Polynesia that keep another time than Tahiti."""

PARENTS = {"75": "75056", "69": "69123", "13": "13055"}
"""Department -> the commune that is divided into municipal arrondissements."""
_CODE = re.compile(r"[0-9A-Za-z:]{1,40}")
ABROAD = "geonames:"
"""What the codes of cities abroad begin with."""


class SortedLines:
    """A sorted file in the memory of the system rather than ours. Lines are found in some microseconds."""

    def __init__(self, file: Path) -> None:
        with file.open("rb") as opened:
            self._bytes = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        self._first = self._bytes.find(b"\n") + 1

    def starting(self, words: str) -> Iterator[str]:
        """The lines that begin so, in order."""
        wanted = words.encode()
        data = self._bytes
        low, high = self._first, len(data)
        while low < high:
            middle = data.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = data.find(b"\n", middle) + 1 or len(data)
            if data[middle : middle + len(wanted)] < wanted:
                low = end
            else:
                high = middle
        while low < len(data) and data[low : low + len(wanted)] == wanted:
            end = data.find(b"\n", low)
            yield data[low:end].decode()
            low = end + 1

    def row(self, code: str) -> list[str] | None:
        """The fields of the line whose first one this is."""
        line = next(self.starting(f"{code},"), None) if code else None
        return None if line is None else line.split(",")

    def __iter__(self) -> Iterator[str]:
        place, data = self._first, self._bytes
        while place < len(data):
            end = data.find(b"\n", place)
            yield data[place:end].decode()
            place = end + 1


class Table:
    """Places by code."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.communes = SortedLines(folder / "communes.csv")
        self.cities = SortedLines(folder / "cities.csv")
        self._postcodes = SortedLines(folder / "postcodes.csv")
        self._areas_file = folder / "areas.csv"

    @cached_property
    def areas(self) -> dict[str, dict[str, str]]:
        """Code ("department:93", "region:53", "country:BE") -> row."""
        with self._areas_file.open(encoding="utf-8", newline="") as file:
            return {f"{row['kind']}:{row['code']}": row for row in csv.DictReader(file)}

    def with_postcode(self, postcode: str) -> list[str]:
        """Codes of the communes of a postcode, the largest first; arrondissements rather than their city."""
        row = self._postcodes.row(postcode)
        return row[1].split("|") if row else []

    def country(self, code: str) -> str:
        """ISO code of the country of a place."""
        if code.startswith(ABROAD):
            row = self.cities.row(code)
            return row[2] if row else ""
        return code[8:] if code.startswith("country:") else "FR"

    def place(self, code: str) -> Place | None:
        """The place of a code; None if there is none."""
        if not _CODE.fullmatch(code):
            return None
        if code.startswith(ABROAD):
            row = self.cities.row(code)
            return self._city(row) if row else None
        if code in self.areas:
            return self._area(code)
        row = self.communes.row(code)
        return self._commune(row) if row else None

    def _commune(self, row: list[str]) -> Place:
        code, name, postcodes, department, region, people, latitude, longitude, approximate, _ = row
        return Place(
            code,
            name,
            Kind.ARRONDISSEMENT if is_arrondissement(code) else Kind.COMMUNE,
            department,
            self.areas[f"department:{department}"]["name"],
            region if len(region) == len("11") else None,  # the collectivities are in none
            int(people),
            tuple(postcodes.split()),
            float(latitude),
            float(longitude),
            approximate == "1",
            time_zone=zone_of(code),
        )

    def _city(self, row: list[str]) -> Place:
        code, name, country, zone, people, latitude, longitude, _, _ = row
        return Place(
            code,
            name,
            Kind.CITY,
            population=int(people),
            latitude=float(latitude),
            longitude=float(longitude),
            country=country,
            country_name=self.areas[f"country:{country}"]["name"],
            time_zone=zone,
        )

    def _area(self, code: str) -> Place:
        area = self.areas[code]
        if area["kind"] == Kind.COUNTRY:
            return Place(
                code,
                area["name"],
                Kind.COUNTRY,
                country=area["code"],
                country_name=area["name"],
                time_zone="",
            )
        seat = self.communes.row(area["seat"])
        department = area["code"] if area["kind"] == Kind.DEPARTMENT else None
        return Place(
            code,
            area["name"],
            Kind(area["kind"]),
            department,
            area["name"] if department else None,
            area["region"] if len(area["region"]) == len("11") else None,
            int(area["population"]),
            latitude=float(seat[6]) if seat else 0.0,
            longitude=float(seat[7]) if seat else 0.0,
            approximate=True,
            time_zone=zone_of(area["seat"]),
        )


def department_of(code: str) -> str:
    """Code of the department of a commune, or of one that is itself meant; "" for the rest."""
    if code.startswith("department:"):
        return code[11:]
    if ":" in code:
        return ""
    return code[:3] if code.startswith(("97", "98")) else code[:2]


def zone_of(code: str) -> str:
    """The time zone of a commune."""
    return ISLAND_ZONES.get(code) or ZONES.get(department_of(code), "Europe/Paris")


def is_arrondissement(code: str) -> bool:
    """Whether the code is that of a municipal arrondissement."""
    return code.startswith(("751", "6938", "132"))
