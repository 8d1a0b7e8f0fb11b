"""Codes and names against the official files, where they are at hand."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from bot.sources.occupations import FILE as OCCUPATIONS
from bot.sources.places import FILE as PLACES

DATA = Path(__file__).parents[3] / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the official files (ROME, COG) are not here")


def test_every_occupation_has_an_official_code() -> None:
    import tomllib

    file = DATA / "rome" / "rome_isco08.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        official = {row["code_rome"] for row in csv.DictReader(lines)}
    used = {item["code"] for item in tomllib.loads(OCCUPATIONS.read_text("utf-8"))["occupation"]}
    assert used <= official


def test_every_town_has_its_official_code_name_department_and_region() -> None:
    with (DATA / "geo" / "communes_fr.csv").open(encoding="utf-8", newline="") as lines:
        official = {row["insee"]: (row["nom"], row["dep"], row["reg"]) for row in csv.DictReader(lines)}
    with PLACES.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            assert official[row["insee"]] == (row["name"], row["department"], row["region"])
