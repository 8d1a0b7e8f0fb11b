"""The list of links, and how often each is used."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.advice.links import Link, uses
from bot.advice.loading import read_catalogue
from tests.advice.making import TODAY
from tests.advice.test_lint import LINKS, PAGE, SOUND, french
from tests.advice.test_loading import catalogue_folder, faults_of

LISTED = '[[link]]\nurl = "https://pix.fr"\nowner = "Pix"\nchecked = 2026-11-26\nwhat = "Tests"\n'


def test_links_are_read_by_address(tmp_path: Path) -> None:
    catalogue_folder(tmp_path)
    text = LISTED + 'country = "anywhere"\n' + LISTED.replace("pix", "apec")
    (tmp_path / "links.toml").write_text(text, "utf-8")
    reading = read_catalogue(tmp_path)
    assert reading.faults == []
    assert set(reading.links) == {"https://pix.fr", "https://apec.fr"}
    assert reading.links["https://pix.fr"].country == "anywhere"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (LISTED + LISTED, "https://pix.fr: url: is listed twice"),
        (LISTED + 'country = "France"\n', "https://pix.fr: country: expected two capital letters"),
        (LISTED.replace("owner", "owners"), "https://pix.fr: owner: is missing"),
    ],
)
def test_a_fault_in_the_list_of_links_is_named(tmp_path: Path, text: str, expected: str) -> None:
    catalogue_folder(tmp_path)
    (tmp_path / "links.toml").write_text(text, "utf-8")
    assert any(f"links.toml: {expected}" in fault for fault in faults_of(tmp_path))


def test_uses_are_counted_in_the_field_and_in_the_words() -> None:
    other = Link("https://pix.fr", "Pix", TODAY - timedelta(9), "Tests")
    linked = replace(SOUND, link=PAGE)
    said = replace(SOUND, fr=french(f"{{Ouvrez|Ouvre}} {PAGE}."))
    rows = uses([*LINKS.values(), other], [linked, said, SOUND])
    assert [(row["url"], row["items"]) for row in rows] == [("https://pix.fr", 0), (PAGE, 2)]
