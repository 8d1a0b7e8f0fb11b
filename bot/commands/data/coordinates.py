"""Where each commune is: its own point in GeoNames, or the nearest known centre, flagged as approximate."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from statistics import mean, median
from typing import Any

from bot.sources.places.spelling import key

Point = tuple[float, float]
Row = dict[str, Any]
Groups = Callable[[Row], list[str]]

TOO_FAR, TOO_FAR_IN_DISTRICT = 1.0, 0.6
"""Degrees from the middle of its department, or its district, beyond which a namesake elsewhere was found."""
FEWEST = 4
"""Communes of a group from which its middle is trusted."""
_ARRONDISSEMENT = re.compile(r"(Paris|Lyon|Marseille) (\d\d?)")
_COUNTRY_OF = {
    "971": "GP", "972": "MQ", "973": "GF", "974": "RE", "975": "PM", "976": "YT",
    "977": "BL", "978": "MF", "986": "WF", "987": "PF", "988": "NC",
}  # fmt: skip


class Coordinates:
    """Communes of the administrative list matched to places of GeoNames by name and region."""

    def __init__(self, communes: Sequence[Row], places: Iterable[Row], groupings: Iterable[Row]) -> None:
        """`groupings`: communities of communes (EPCI) with their members."""
        self._communes = communes
        self._grouping = {member["code"]: item["code"] for item in groupings for member in item["membres"]}
        self._named: dict[tuple[str, str], list[Row]] = defaultdict(list)
        by_country: dict[str, list[Row]] = defaultdict(list)
        for place in places:
            by_country[place["countrycode"]].append(place)
            self._named[key(_as_commune(place["name"])), _where(place)].append(place)
        self._largest = {
            country: _point(max(found, key=lambda place: int(place["population"])))
            for country, found in by_country.items()
        }
        self._own: dict[str, Point] = {}
        self._taken: set[int] = set()
        self._match(unique=True)
        self._drop_far(_department, TOO_FAR)
        self._match(unique=False)
        self._drop_far(_department, TOO_FAR)
        self._drop_far(_district, TOO_FAR_IN_DISTRICT)
        self._by_postcode = self._middles(lambda item: item.get("codesPostaux", []))
        self._by_grouping = self._middles(lambda item: [self._grouping.get(item["code"], "")])
        self._by_district = self._middles(_district)

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
        wider = self._by_grouping.get(self._grouping.get(commune["code"], "")) or self._by_district.get(
            commune.get("arrondissement", "")
        )
        return (*(wider or self._largest[_country(commune)]), True)

    def _candidates(self, commune: Row) -> list[Row]:
        where = _country(commune)
        return self._named.get((key(commune["nom"]), commune["region"] if where == "FR" else where), [])

    def _match(self, *, unique: bool) -> None:
        """Names that are there once on both sides; then namesakes, to the largest place within the department."""
        times: dict[tuple[str, str], int] = defaultdict(int)
        for commune in self._communes:
            times[key(commune["nom"]), commune["region"]] += 1
        middles = self._middles(_department)
        for commune in sorted(self._communes, key=lambda item: -item.get("population", 0)):
            found = [place for place in self._candidates(commune) if place["geonameid"] not in self._taken]
            if commune["code"] in self._own or not found:
                continue
            alone = len(found) == 1 and times[key(commune["nom"]), commune["region"]] == 1
            if not unique:
                centre = middles.get(commune["departement"])
                found = [place for place in found if centre and _degrees(_point(place), centre) <= TOO_FAR]
            if found and (alone or not unique):
                best = max(found, key=lambda place: int(place["population"]))
                self._own[commune["code"]] = _point(best)
                self._taken.add(best["geonameid"])

    def _drop_far(self, groups: Groups, degrees: float) -> None:
        """Leave out matches that lie far from the others of their group; a group of few says nothing."""
        middles = self._middles(groups, fewest=FEWEST)
        for commune in self._communes:
            own = self._own.get(commune["code"])
            if own is None or _country(commune) != "FR":  # overseas, communes and islands are far apart
                continue
            if any(group in middles and _degrees(own, middles[group]) > degrees for group in groups(commune)):
                del self._own[commune["code"]]

    def _middles(self, groups: Groups, fewest: int = 1) -> dict[str, Point]:
        """The median point of the communes of each group that have one of their own."""
        members: dict[str, list[Point]] = defaultdict(list)
        for commune in self._communes:
            if commune["code"] in self._own:
                for group in groups(commune):
                    members[group].append(self._own[commune["code"]])
        return {
            group: (median(point[0] for point in points), median(point[1] for point in points))
            for group, points in members.items()
            if group and len(points) >= fewest
        }


def _department(commune: Row) -> list[str]:
    return [commune["departement"]]


def _district(commune: Row) -> list[str]:
    return [commune.get("arrondissement", "")]


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
