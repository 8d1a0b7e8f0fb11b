"""Where each commune is: its own point in GeoNames, or the nearest known centre, flagged as approximate."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from statistics import mean, median
from typing import Any

from bot.sources.places.spelling import key

Point = tuple[float, float]
Row = dict[str, Any]

TOO_FAR = 1.3
"""Degrees from the middle of its department beyond which a namesake elsewhere was found."""
_ARRONDISSEMENT = re.compile(r"(Paris|Lyon|Marseille) (\d\d?)")
_COUNTRY_OF = {
    "971": "GP", "972": "MQ", "973": "GF", "974": "RE", "975": "PM", "976": "YT",
    "977": "BL", "978": "MF", "986": "WF", "987": "PF", "988": "NC",
}  # fmt: skip


class Coordinates:
    """Communes of the administrative list matched to places of GeoNames by name and region."""

    def __init__(self, communes: Sequence[Row], places: Iterable[Row]) -> None:
        self._communes = communes
        self._named: dict[tuple[str, str], list[Row]] = defaultdict(list)
        by_country: dict[str, list[Row]] = defaultdict(list)
        for place in places:
            by_country[place["countrycode"]].append(place)
            for name in {key(name) for name in (_as_commune(place["name"]), *place["alternatenames"])}:
                self._named[name, _where(place)].append(place)
        self._largest = {
            country: _point(max(found, key=lambda place: int(place["population"])))
            for country, found in by_country.items()
        }
        self._own: dict[str, Point] = {}
        self._match_unique()
        self._match_near()
        self._by_postcode = self._means(lambda item: item.get("codesPostaux", []))
        self._by_district = self._means(lambda item: [item.get("arrondissement", "")])

    def of(self, commune: Row) -> tuple[float, float, bool]:
        """Latitude, longitude, and whether they are those of its surroundings only."""
        own = self._own.get(commune["code"])
        if own:
            return (*own, False)
        near = [
            self._by_postcode[code] for code in commune.get("codesPostaux", []) if code in self._by_postcode
        ]
        if near:
            return mean(point[0] for point in near), mean(point[1] for point in near), True
        district = self._by_district.get(commune.get("arrondissement", ""))
        return (*(district or self._largest[_country(commune)]), True)

    def _candidates(self, commune: Row) -> list[Row]:
        where = _country(commune)
        return self._named.get((key(commune["nom"]), commune["region"] if where == "FR" else where), [])

    def _match_unique(self) -> None:
        """Names that are there once on both sides."""
        times: dict[tuple[str, str], int] = defaultdict(int)
        for commune in self._communes:
            times[key(commune["nom"]), commune["region"]] += 1
        for commune in self._communes:
            found = self._candidates(commune)
            if len(found) == 1 and times[key(commune["nom"]), commune["region"]] == 1:
                self._own[commune["code"]] = _point(found[0])

    def _match_near(self) -> None:
        """Namesakes: the one nearest to the middle of the department. Matches too far from it are dropped."""
        known: dict[str, list[Point]] = defaultdict(list)
        for commune in self._communes:
            if commune["code"] in self._own:
                known[commune["departement"]].append(self._own[commune["code"]])
        middle = {
            code: (median(point[0] for point in points), median(point[1] for point in points))
            for code, points in known.items()
        }
        free = {place["geonameid"]: 0 for found in self._named.values() for place in found}
        for commune in self._communes:
            centre = middle.get(commune["departement"])
            if centre is None or _country(commune) == "PF":  # its islands lie a thousand kilometres apart
                continue
            own = self._own.get(commune["code"])
            if own:
                if _degrees(own, centre) > TOO_FAR:
                    del self._own[commune["code"]]
                continue
            found = [
                place
                for place in self._candidates(commune)
                if not free[place["geonameid"]] and _degrees(_point(place), centre) <= TOO_FAR
            ]
            # Of two namesakes in one department the larger place is the commune, the other a hamlet.
            if found:
                best = max(found, key=lambda place: int(place["population"]))
                free[best["geonameid"]] = 1
                self._own[commune["code"]] = _point(best)

    def _means(self, groups: Any) -> dict[str, Point]:
        members: dict[str, list[Point]] = defaultdict(list)
        for commune in self._communes:
            if commune["code"] in self._own:
                for group in groups(commune):
                    members[group].append(self._own[commune["code"]])
        return {
            group: (mean(point[0] for point in points), mean(point[1] for point in points))
            for group, points in members.items()
            if group
        }


def _as_commune(name: str) -> str:
    """ "Paris 05 Panthéon" as the administrative list has it: "Paris 5e Arrondissement"."""
    found = _ARRONDISSEMENT.match(name)
    if not found:
        return name
    number = int(found[2])
    return f"{found[1]} {number}{'er' if number == 1 else 'e'} Arrondissement"


def _country(commune: Row) -> str:
    return _COUNTRY_OF.get(commune["departement"], "FR")


def _where(place: Row) -> str:
    country = str(place["countrycode"])
    return str(place["admin1code"]) if country == "FR" else country


def _point(place: Row) -> Point:
    return float(place["latitude"]), float(place["longitude"])


def _degrees(one: Point, other: Point) -> float:
    return max(abs(one[0] - other[0]), abs(one[1] - other[1]) * 0.7)
