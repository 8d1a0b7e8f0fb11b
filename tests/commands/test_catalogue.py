"""`bob catalogue check` and `bob catalogue stats`."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.advice.loading import FOLDER, load_catalogue
from bot.commands import catalogue
from tests.commands.running import Bob

TODAY = date(2026, 12, 1)


@pytest.fixture
def broken(tmp_path: Path) -> tuple[Path, list[str]]:
    """A copy of the catalogue with three faults, and the files that they are in."""
    folder = shutil.copytree(FOLDER, tmp_path / "catalogue")
    (folder / "actions" / "broken.toml").write_text("[[action]\n", "utf-8")
    too_long = replace_first(folder, "minutes = 10\n", "minutes = 45\n")
    unknown = replace_first(folder, 'grade = "expert"', 'grade = "certain"')
    return folder, [f"{too_long}|minutes", f"{unknown}|grade", "actions/broken.toml|"]


def replace_first(folder: Path, old: str, new: str) -> str:
    """Replace the first occurrence in the first file of actions that has it; returns the file's name."""
    for file in sorted(folder.glob("actions/*.toml")):
        text = file.read_text("utf-8")
        if old in text:
            file.write_text(text.replace(old, new, 1), "utf-8")
            return file.relative_to(folder).as_posix()
    raise AssertionError(f"no file of actions holds {old!r}")


def test_the_project_s_own_catalogue_is_sound(capsys: pytest.CaptureFixture[str]) -> None:
    code = catalogue.check(as_json=False, today=TODAY)
    assert (code, capsys.readouterr().out) == (0, "The catalogue is sound.\n")


def test_faults_as_json_name_file_item_field_and_message(
    broken: tuple[Path, list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    folder, expected = broken
    assert catalogue.check(as_json=True, folder=folder, today=TODAY) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["ok"] is False
    assert all(set(fault) == {"file", "item", "field", "message"} for fault in found["faults"])
    assert set(expected) <= {f"{fault['file']}|{fault['field']}" for fault in found["faults"]}


def test_the_command_lists_the_faults_one_a_line_and_exits_with_1(
    bob: Bob, monkeypatch: pytest.MonkeyPatch, broken: tuple[Path, list[str]]
) -> None:
    folder, expected = broken
    monkeypatch.setattr("bot.advice.loading.FOLDER", folder)
    ran = bob("catalogue", "check")
    lines = ran.out.splitlines()
    assert (ran.code, ran.err) == (1, "")
    for place in expected:
        file, field = place.split("|")
        assert any(line.startswith(f"{file}: ") and f"{field}: " in line for line in lines), place
    assert lines[-1] == f"{len(lines) - 1} to mend."


def test_the_counts_are_those_of_the_files(bob: Bob) -> None:
    counted = bob("catalogue", "stats", "--json").json
    loaded = load_catalogue()
    assert counted["actions"] == len(loaded.actions) == counted["by_kind"]["action"]
    assert counted["strategies"] == len(loaded.strategies) == counted["by_kind"]["strategy"]
    for name in ("by_family", "by_grade", "by_effort", "by_minutes"):
        assert sum(counted[name].values()) == len(loaded.actions), name
    items = len(loaded.actions) + len(loaded.strategies)
    assert counted["by_language"] == {"fr": items, "en": items}
    assert counted["by_obstacle"]["any"] == sum(not action.obstacles for action in loaded.actions)


def test_the_coverage_names_the_situations_with_the_fewest_actions(bob: Bob) -> None:
    coverage = bob("catalogue", "stats", "--json").json["coverage"]
    counts = [row["actions"] for row in coverage["thinnest"]]
    assert 0 < coverage["min"] == counts[0] <= coverage["median"]
    assert counts == sorted(counts)


def test_the_counts_can_be_read_without_json(bob: Bob) -> None:
    out = bob("catalogue", "stats").out
    assert f"actions: {len(load_catalogue().actions)}\n" in out
    assert "by family:\n" in out


def test_the_links_are_listed_for_checking_by_hand_with_their_uses(bob: Bob) -> None:
    rows = bob("catalogue", "links", "--json").json
    actions = load_catalogue().actions
    assert [row["checked"] for row in rows] == sorted(row["checked"] for row in rows)
    for row in rows:
        assert row["items"] >= sum(action.link == row["url"] for action in actions)
        assert row["owner"]
    lines = bob("catalogue", "links").out.splitlines()
    unused = [row["url"] for row in rows if not row["items"]]
    assert lines[-1] == f"{len(rows)} links, {len(unused)} unused."
    assert [line.split()[2] for line in lines if "UNUSED" in line] == unused
