"""The lexicon's codes and labels against the official files, where they are at hand."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from bot.sources.occupations.lexicon import load_lexicon

DATA = Path(__file__).parents[4] / "shared" / "data" / "rome"
pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the official files (ROME) are not here")

GROUPS = load_lexicon()


def rows(name: str) -> list[dict[str, str]]:
    """The lines of an official file; apostrophes are doubled there."""
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return [
            {column: cell.replace("''", "'").strip() for column, cell in row.items()}
            for row in csv.DictReader(lines)
        ]


def test_all_532_codes_of_the_third_edition_are_there_with_their_official_label() -> None:
    official = {row["code_rome"]: row["libelle_rome"] for row in rows("rome_isco08.csv")}
    official |= {
        row["code_rome"]: row["libelle_rome"] for row in rows("v347/unix_referentiel_code_rome_v347_utf8.csv")
    }
    assert len(official) == 532
    assert {code: group.rome for code, group in GROUPS.items()} == official


def test_all_1584_codes_of_the_fourth_edition_are_there_with_their_official_label_and_parent() -> None:
    official = {
        row["code_rome"]: (row["libelle_rome"], row["code_rome_parent"])
        for row in rows("unix_referentiel_code_rome_v460_utf8.csv")
    }
    assert len(official) == 1584
    known = {
        fine_code: (fine.label, code)
        for code, group in GROUPS.items()
        for fine_code, fine in group.fine.items()
    }
    assert known == official


def test_every_group_has_the_international_code_of_the_official_table() -> None:
    """The table has lost the leading zero of the armed forces' codes."""
    official = {row["code_rome"]: row["isco08"].zfill(4) for row in rows("rome_isco08.csv")}
    assert {code: group.isco for code, group in GROUPS.items()} == official
