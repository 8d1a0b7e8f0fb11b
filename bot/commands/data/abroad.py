"""Cities abroad and countries, from GeoNames: which of them, under which names."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import numpy as np
from babel import Locale

from bot.sources.places.spelling import key
from bot.sources.places.table import ABROAD, FOLDER

Row = dict[str, Any]

EXONYMS = FOLDER / "exonyms.csv"
"""French names of cities, written by hand: GeoNames does not say which of its names are French."""

GEONAMES_OF_FRANCE = frozenset("FR RE GP MQ GF YT PM BL MF WF PF NC TF".split())
"""Codes of countries in GeoNames that are French departments and collectivities."""
EVERYWHERE = 15_000
"""Inhabitants from which a city abroad is kept."""
NEAR_FRANCE, NEAR_KM = 1_000, 40.0
"""And the smaller ones from so many inhabitants, so near to a French commune: people work across the border."""
WELL_KNOWN = 300_000
"""Inhabitants from which a city's names in other languages are kept; all of those in the countries below are."""
OFTEN_NAMED = frozenset("BE CH LU MC AD DE IT ES GB PT NL IE MA DZ TN SN CI CM CA".split())
OFTEN_NAMED_FROM = 50_000
_LATIN = re.compile(r"[A-ZÀÂÇÈÉÊËÎÏÔÙÛÜŒ][A-Za-zàâäçèéêëîïôöùûüœ' .’-]{2,}")
_KM_PER_DEGREE = 111.2
LARGEST = 5


def abroad_rows(
    places: Iterable[Row], french: Sequence[tuple[float, float]], exonyms_file: Path = EXONYMS
) -> list[Row]:
    """The rows of cities.csv, by code. `french`: points of the French communes, in degrees."""
    zones = available_timezones()
    with exonyms_file.open(encoding="utf-8", newline="") as file:
        exonyms = {(row["country"], row["name"]): row["french"] for row in csv.DictReader(file)}
    points = np.array(french)
    rows = []
    for place in places:
        if place["countrycode"] in GEONAMES_OF_FRANCE or place["timezone"] not in zones:
            continue
        people = int(place["population"])
        if people >= EVERYWHERE or (people >= NEAR_FRANCE and _is_near(place, points)):
            rows.append(_city(place, exonyms))
    return sorted(rows, key=lambda row: str(row["code"]))


def _is_near(place: Row, points: np.ndarray[Any, Any]) -> bool:
    north = (points[:, 0] - place["latitude"]) * _KM_PER_DEGREE
    east = (points[:, 1] - place["longitude"]) * _KM_PER_DEGREE * np.cos(np.radians(place["latitude"]))
    return bool((north**2 + east**2).min() <= NEAR_KM**2)


def _city(place: Row, exonyms: Mapping[tuple[str, str], str]) -> Row:
    return {
        "code": f"{ABROAD}{place['geonameid']}",
        "name": exonyms.get((place["countrycode"], place["name"]), place["name"]).split(",")[0],
        "country": place["countrycode"],
        "time_zone": place["timezone"],
        "population": place["population"],
        "latitude": round(place["latitude"], 4),
        "longitude": round(place["longitude"], 4),
        "original": place["name"].split(",")[0] if (place["countrycode"], place["name"]) in exonyms else "",
        "names": "|".join(_other_names(place, exonyms)),
    }


def _other_names(place: Row, exonyms: Mapping[tuple[str, str], str]) -> list[str]:
    """What else a well-known city is called."""
    people = int(place["population"])
    french = exonyms.get((place["countrycode"], place["name"]))
    names: dict[str, str] = {}
    shown = {key(french or place["name"]), key(place["name"])}
    often = place["countrycode"] in OFTEN_NAMED and people >= OFTEN_NAMED_FROM
    if not often and people < WELL_KNOWN:
        return []
    for name in sorted(place["alternatenames"]):
        if _LATIN.fullmatch(name) and not name.isupper() and key(name) not in shown:
            names.setdefault(key(name), name.replace("’", "'"))
    return sorted(names.values())


def country_rows(countries: Mapping[str, Row], cities: Iterable[Row]) -> list[Row]:
    """The rows of areas.csv for countries: code, French and English name, largest cities."""
    within: dict[str, list[Row]] = defaultdict(list)
    for row in cities:
        within[row["country"]].append(row)
    for rows in within.values():
        rows.sort(key=lambda row: -int(row["population"]))
    french, english = Locale("fr").territories, Locale("en").territories
    return [
        {
            "kind": "country",
            "code": code,
            "name": french[code],
            "english": english[code],
            "population": countries[code]["population"],
            "largest": "|".join(row["code"] for row in within[code][:LARGEST]),
        }
        for code in sorted(countries)
        if code in french and code not in GEONAMES_OF_FRANCE - {"FR"}
    ]
