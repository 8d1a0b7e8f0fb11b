from __future__ import annotations

from pathlib import Path

import pytest

from bot.advice.faults import CatalogueError
from bot.advice.items import Catalogue
from bot.advice.loading import FOLDER, load_catalogue, read_catalogue
from bot.advice.profile import ObstacleId

ACTION = """
[[action]]
id = "network-say-hello"
family = "network"
obstacles = ["stuck-market"]
serves = ["use-network"]
minutes = 5
effort = "small"
when = ["experienced(1)", "not frustrated(network) or network(large)"]
repeat_days = 30
grade = "expert"
source = "Pratique de conseil"
contributor = "Bob"
reviewed = 2026-11-26
device = "phone"
easier_minutes = 2
[action.fr]
text = "{Dites|Dis} bonjour."
first = "Un prénom."
easier = "{Notez|Note} un prénom."
payload = "Bonjour [prénom]"
[action.en]
text = "Say hello."
first = "One name."
easier = "Write one name."
payload = "Hello [name]"
"""


def catalogue_folder(folder: Path, **files: str) -> Path:
    """Bob's own sentences with these action files ("a" becomes actions/a.toml)."""
    for name in ("conditions.toml", "diagnosis.toml"):
        (folder / name).write_bytes((FOLDER / name).read_bytes())
    (folder / "actions").mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / "actions" / f"{name}.toml").write_text(content, encoding="utf-8")
    return folder


def faults_of(folder: Path) -> list[str]:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder)
    return [str(fault) for fault in caught.value.faults]


def test_an_action_is_read_with_all_its_fields(tmp_path: Path) -> None:
    catalogue = load_catalogue(catalogue_folder(tmp_path, a=ACTION))
    action = catalogue.action("network-say-hello")
    assert action.obstacles == (ObstacleId.STUCK_MARKET,)
    assert [str(line) for line in action.when] == [
        "experienced(1)",
        "not frustrated(network) or network(large)",
    ]
    assert action.wording("en").payload == "Hello [name]"
    assert action.wording("fr").text == "{Dites|Dis} bonjour."


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("minutes = 5", "minutes = 25", "minutes: expected a whole number from 1 to 20, found 25"),
        ("minutes = 5", "", "minutes: is missing; expected a whole number from 1 to 20"),
        ('"small"', '"tiny"', "effort: expected one of small, medium, big, found 'tiny'"),
        ('["stuck-market"]', '["stuck"]', "obstacles: expected a list of undefined-project"),
        ('["use-network"]', "[]", "serves: is empty; expected the id of one strategy at least"),
        ("2026-11-26", '"yesterday"', "reviewed: expected a date such as 2026-11-26"),
        (
            "experienced(1)",
            "experienced(lots)",
            "when: experienced got 'lots'; expected a number from 0 to 50",
        ),
        ("experienced(1)", "experinced(1)", "did you mean experienced?"),
        ('"network-say-hello"', '"Say Hello"', "id: expected lower-case words joined by hyphens"),
        ('"network-say-hello"', '"skill-say-hello"', "id: expected to start with the family, network-"),
        ('first = "Un prénom."', "", "fr.first: is missing"),
        ("easier_minutes", "easy_minutes", "easy_minutes: is not a field of this table"),
        ("easier_minutes = 2", "easier_minutes = 9", "a whole number from 1 to 5, found 9"),
        ('device = "phone"', 'device = "phone"\nlink = "www.x.fr"', "link: expected an address"),
        ("[action.en]", "[action.de]", "en: is missing"),
    ],
)
def test_a_fault_names_file_item_field_and_what_is_expected(
    tmp_path: Path, before: str, after: str, expected: str
) -> None:
    assert before in ACTION
    faults = faults_of(catalogue_folder(tmp_path, wrong=ACTION.replace(before, after, 1)))
    assert any(expected in fault for fault in faults), faults
    assert all(fault.startswith("actions/wrong.toml: ") for fault in faults)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    wrong = ACTION.replace("minutes = 5", "minutes = 0").replace('"small"', '"huge"')
    faults = faults_of(catalogue_folder(tmp_path, a=wrong, b="not toml ["))
    assert len(faults) == 3
    assert any(fault.startswith("actions/b.toml: cannot be read as TOML") for fault in faults)


def test_an_id_used_twice_names_where_it_is_used_already(tmp_path: Path) -> None:
    faults = faults_of(catalogue_folder(tmp_path, a=ACTION, b=ACTION))
    assert faults == ["actions/b.toml: network-say-hello: id: is already used in actions/a.toml"]


def test_a_file_holds_one_kind_of_table_only(tmp_path: Path) -> None:
    faults = faults_of(catalogue_folder(tmp_path, a=ACTION + "\n[[strategy]]\nid = 'x'"))
    assert faults == [
        "actions/a.toml: strategy: is not expected here; this file holds [[action]] tables only"
    ]


def test_a_condition_without_a_sentence_is_a_fault(tmp_path: Path) -> None:
    folder = catalogue_folder(tmp_path, a=ACTION)
    text = (folder / "conditions.toml").read_text("utf-8").replace("[weekday]\nsilent = true\n", "")
    (folder / "conditions.toml").write_text(text, encoding="utf-8")
    assert faults_of(folder) == [
        "conditions.toml: weekday: this condition has no sentence; add its table, or silent = true"
    ]


def test_the_version_changes_with_any_file(tmp_path: Path) -> None:
    first = load_catalogue(catalogue_folder(tmp_path, a=ACTION)).version
    again = load_catalogue(tmp_path).version
    other = load_catalogue(catalogue_folder(tmp_path, a=ACTION.replace("minutes = 5", "minutes = 6"))).version
    assert first == again
    assert other != first
    assert len(first) == 12


def test_what_is_sound_can_be_read_beside_what_is_not(tmp_path: Path) -> None:
    reading = read_catalogue(catalogue_folder(tmp_path, a=ACTION, b="not toml ["))
    assert len(reading.faults) == 1
    assert [action.id for action in reading.catalogue().actions] == ["network-say-hello"]


def test_added_items_take_the_place_of_those_with_the_same_id(catalogue: Catalogue) -> None:
    first = catalogue.actions[0]
    changed = catalogue.with_items([first])
    assert [action.id for action in changed.actions] == [action.id for action in catalogue.actions]
    assert changed.version != catalogue.version
    assert changed.version == catalogue.with_items([first]).version


def test_an_id_of_the_other_kind_is_not_found(catalogue: Catalogue) -> None:
    with pytest.raises(KeyError):
        catalogue.action(catalogue.strategies[0].id)
    with pytest.raises(KeyError):
        catalogue.strategy("no-such-strategy")
