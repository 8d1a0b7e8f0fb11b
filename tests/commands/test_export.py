"""`bob catalogue export`: open data that says the same as the catalogue."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.advice.facts import Family
from bot.advice.items import Catalogue, Opening, Topic
from bot.advice.loading import load_catalogue
from bot.advice.wording import FORM, choose_form
from bot.commands.exporting import SEPARATOR, as_csv, as_json, metadata
from tests.advice.making import action, small_catalogue, strategy
from tests.commands.running import Bob

TODAY = date(2026, 12, 1)
FIELDS = ("title", "text", "first", "easier", "payload")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def texts_of(catalogue: Catalogue) -> dict[tuple[str, str, str], str]:
    """(item, version, field) -> text, straight from the catalogue."""
    found = {}
    for item in (*catalogue.actions, *catalogue.strategies):
        for field in FIELDS:
            french, english = (getattr(wording, field, None) for wording in (item.fr, item.en))
            if french:
                found[item.id, "fr_edited", field] = french
                found[item.id, "fr_vous", field] = choose_form(french, "vous")
                found[item.id, "fr_tu", field] = choose_form(french, "tu")
            if english:
                found[item.id, "en", field] = english
    return found


def test_json_has_every_item_and_every_text(catalogue: Catalogue) -> None:
    exported = json.loads(as_json(catalogue, TODAY))
    assert len(exported["items"]) == len(catalogue.actions) + len(catalogue.strategies)
    assert {
        (item["id"], version, field): text
        for item in exported["items"]
        for version, texts in item["texts"].items()
        for field, text in texts.items()
    } == texts_of(catalogue)


def test_csv_has_every_item_and_every_text(catalogue: Catalogue) -> None:
    exported = rows(as_csv(catalogue, TODAY))
    assert len(exported) == len(catalogue.actions) + len(catalogue.strategies)
    assert {
        (row["id"], version, field): row[f"{version}_{field}"].removeprefix("'")
        for row in exported
        for version in ("fr_vous", "fr_tu", "fr_edited", "en")
        for field in FIELDS
        if row[f"{version}_{field}"]
    } == texts_of(catalogue)


def test_the_forms_are_resolved_and_the_edited_one_is_as_in_the_files(catalogue: Catalogue) -> None:
    for item in json.loads(as_json(catalogue, TODAY))["items"]:
        for version in ("fr_vous", "fr_tu", "en"):
            assert not any(FORM.search(text) for text in item["texts"][version].values())
    assert any(FORM.search(text) for _, text in texts_of(catalogue).items())


def test_both_formats_say_the_same_beside_the_texts(catalogue: Catalogue) -> None:
    lists = ("obstacles", "serves", "when", "boost")
    for item, row in zip(
        json.loads(as_json(catalogue, TODAY))["items"], rows(as_csv(catalogue, TODAY)), strict=True
    ):
        item.pop("texts")
        for name, value in item.items():
            shown = SEPARATOR.join(value) if name in lists else str(value)
            assert row[name] == shown, (item["id"], name)


def test_licence_version_and_date_stand_at_the_head_of_the_json_and_in_each_row(catalogue: Catalogue) -> None:
    exported = json.loads(as_json(catalogue, TODAY))
    assert list(exported)[:5] == ["title", "licence", "licence_url", "catalogue_version", "exported_on"]
    head = {name: exported[name] for name in ("licence", "catalogue_version", "exported_on")}
    assert head == {
        "licence": "CC-BY-SA-4.0",
        "catalogue_version": catalogue.version,
        "exported_on": "2026-12-01",
    }
    assert "CC BY-SA 4.0" in Path("LICENSE-CONTENT").read_text("utf-8")
    for row in rows(as_csv(catalogue, TODAY)):
        assert {name: row[name] for name in head} == head


def test_every_condition_in_use_is_explained(catalogue: Catalogue) -> None:
    exported = json.loads(as_json(catalogue, TODAY))
    used = {
        one.name
        for item in (*catalogue.actions, *catalogue.strategies)
        for line in (*item.when, *getattr(item, "boost", ()))
        for one in line.literals
    }
    assert set(exported["conditions"]) == used
    assert all(exported["conditions"].values())


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_no_cell_is_taken_for_a_formula(start: str) -> None:
    """A text may well begin with a dash, and a contributor's name may be anything."""
    wicked = replace(
        action("network-call"),
        contributor=f"{start}HYPERLINK('x')",
        fr=replace(action("network-call").fr, payload=f'{start} une ligne, "deux"\n{start} trois'),
    )
    [row] = rows(as_csv(small_catalogue([wicked]), TODAY))
    assert row["contributor"] == f"'{start}HYPERLINK('x')"
    assert row["fr_vous_payload"] == f'\'{start} une ligne, "deux"\n{start} trois'


def test_no_cell_of_the_real_catalogue_starts_like_a_formula(catalogue: Catalogue) -> None:
    for row in rows(as_csv(catalogue, TODAY)):
        assert not [value for value in row.values() if value.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_open_and_topic_and_what_a_strategy_prefers_are_told() -> None:
    call = action("network-call", opening=Opening.OFFICE, topic=Topic.EXILE)
    way = strategy("way", Family.NETWORK, boost=("driver",))
    shop, road = json.loads(as_json(small_catalogue([call], [way]), TODAY))["items"]
    assert (shop["kind"], shop["open"], shop["topic"]) == ("action", "office", "exile")
    assert (road["kind"], road["boost"]) == ("strategy", ["driver"])
    assert "open" not in road


def test_the_description_names_each_column_of_the_csv_in_its_order(catalogue: Catalogue) -> None:
    header = next(csv.reader(io.StringIO(as_csv(catalogue, TODAY))))
    described: dict[str, Any] = json.loads(metadata(catalogue, "bob.csv", TODAY))
    assert [column["name"] for column in described["tableSchema"]["columns"]] == header
    assert described["url"] == "bob.csv"
    assert described["dc:license"] == {"@id": "https://creativecommons.org/licenses/by-sa/4.0/"}


def test_a_file_of_csv_has_its_description_beside_it(bob: Bob, tmp_path: Path) -> None:
    ran = bob("catalogue", "export", "--format", "csv", "--output", tmp_path / "bob.csv")
    assert (ran.code, ran.out) == (0, "")
    assert sorted(path.name for path in tmp_path.glob("bob*")) == ["bob.csv", "bob.csv-metadata.json"]
    content = (tmp_path / "bob.csv").read_bytes()
    assert content.decode("utf-8").startswith("kind,id,family,")
    assert content.count(b"\r\n") >= len(load_catalogue().actions)
    assert json.loads((tmp_path / "bob.csv-metadata.json").read_text("utf-8"))["url"] == "bob.csv"


def test_json_goes_to_standard_output_or_to_a_file(bob: Bob, tmp_path: Path) -> None:
    printed = bob("catalogue", "export").json
    bob("catalogue", "export", "--format", "json", "--output", tmp_path / "bob.json")
    assert json.loads((tmp_path / "bob.json").read_text("utf-8"))["items"] == printed["items"]
    assert not (tmp_path / "bob.json-metadata.json").exists()


def test_a_file_that_cannot_be_written_is_told_in_a_sentence(bob: Bob, tmp_path: Path) -> None:
    ran = bob("catalogue", "export", "--output", tmp_path / "nowhere" / "bob.json")
    assert ran.code == 1
    assert "cannot be written" in ran.sentence
