"""Codes and names against the official files, where they are at hand."""

from __future__ import annotations

import csv
from pathlib import Path
from statistics import median, quantiles

import pytest

from bot.sources.places.nearest import Points
from bot.sources.places.table import COMMUNE_COLUMNS, FOLDER, SortedLines

DATA = Path(__file__).parents[3] / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the official files (COG) are not here")


def official_communes() -> dict[str, dict[str, str]]:
    with (DATA / "geo" / "communes_fr.csv").open(encoding="utf-8", newline="") as lines:
        return {row["insee"]: row for row in csv.DictReader(lines)}


def own_communes() -> dict[str, dict[str, str]]:
    rows = (
        dict(zip(COMMUNE_COLUMNS, line.split(","), strict=True))
        for line in SortedLines(FOLDER / "communes.csv")
    )
    return {row["code"]: row for row in rows}


def test_every_inhabited_commune_is_there_with_its_official_name_department_and_region() -> None:
    own, official = own_communes(), official_communes()
    missing = {code for code in official.keys() - own.keys() if int(official[code]["population"] or 0) > 0}
    assert not missing
    assert own.keys() <= official.keys()
    for code, row in own.items():
        expected = official[code]
        assert (row["name"], row["department"]) == (expected["nom"], expected["dep"])
        if len(row["region"]) == 2:
            assert row["region"] == expected["reg"]


def test_communes_are_where_they_are() -> None:
    """Those with a point of their own are near the post office's; the others at least in the neighbourhood."""
    own, official = own_communes(), official_communes()
    exact, approximate = [], []
    for code, row in own.items():
        there = official[code]
        if there["lat"]:
            point = float(row["latitude"]), float(row["longitude"])
            away = Points.kilometres(point, (float(there["lat"]), float(there["lon"])))
            (approximate if row["approximate"] == "1" else exact).append(away)
    print(f"{len(exact)} exact: median {median(exact):.1f}, p95 {quantiles(exact, n=20)[-1]:.1f} km")
    far = quantiles(approximate, n=20)[-1]
    print(f"{len(approximate)} approximate: median {median(approximate):.1f}, p95 {far:.1f} km")
    assert median(exact) < 1.5
    assert quantiles(exact, n=20)[-1] < 4
    assert median(approximate) < 8
    assert far < 20
