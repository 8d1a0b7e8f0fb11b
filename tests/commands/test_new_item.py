"""`bob catalogue new`: a skeleton that loads, and that the check knows to be unfinished."""

from __future__ import annotations

import shutil
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from bot.advice.facts import Family
from bot.advice.lint import Fault, lint_folder
from bot.advice.loading import FOLDER, load_catalogue, read_catalogue
from bot.advice.profile import ObstacleId
from bot.cli import FAMILIES, OBSTACLES
from tests.commands.running import Bob

TODAY = date(2026, 12, 1)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the catalogue, in the place of Bob's own."""
    copy = shutil.copytree(FOLDER, tmp_path / "catalogue")
    for module in ("bot.advice.loading", "bot.commands.skeletons"):
        monkeypatch.setattr(f"{module}.FOLDER", copy)
    return copy


@cache
def faults_before() -> frozenset[Fault]:
    """What the check finds in the catalogue as it is: nothing, but while somebody mends it."""
    return frozenset(lint_folder(FOLDER, today=TODAY))


def fields_to_write(folder: Path, item: str) -> set[str]:
    """The fields that the check names; every fault that has come has to be about this item."""
    faults = set(lint_folder(folder, today=TODAY)) - faults_before()
    assert {fault.item for fault in faults} == {item}
    assert {fault.message for fault in faults} <= {"is still to be written", "no action serves this strategy"}
    return {fault.field for fault in faults}


WORDS = {f"{language}.{field}" for language in ("fr", "en") for field in ("text", "first", "easier")}
PAYLOADS = {"fr.payload", "en.payload"}


@pytest.mark.parametrize("family", Family)
def test_the_check_names_exactly_what_is_left_to_write_of_an_action(
    bob: Bob, folder: Path, family: str
) -> None:
    ran = bob("catalogue", "new", "action", f"{family}-something-new")
    assert (ran.code, ran.err) == (0, "")
    expected = WORDS | {"serves", "contributor"}
    if family in (Family.APPLICATION, Family.NETWORK):
        expected |= PAYLOADS
    assert fields_to_write(folder, f"{family}-something-new") == expected


def test_the_check_names_exactly_what_is_left_to_write_of_a_strategy(bob: Bob, folder: Path) -> None:
    bob("catalogue", "new", "strategy", "ask-the-street", "--family", "network", "--obstacle", "bravo")
    written = next(item for item in read_catalogue(folder).strategies if item.id == "ask-the-street")
    assert (written.file, written.obstacles) == ("strategies/network.toml", (ObstacleId.BRAVO,))
    expected = {"fr.title", "fr.text", "en.title", "en.text", "contributor", ""}
    assert fields_to_write(folder, "ask-the-street") == expected


def test_nobody_gets_what_is_not_written_yet(bob: Bob, folder: Path) -> None:
    before = load_catalogue(folder)
    bob("catalogue", "new", "action", "network-something-new")
    bob("catalogue", "new", "strategy", "ask-the-street", "--family", "network")
    after = load_catalogue(folder)
    assert after.actions == before.actions
    assert after.strategies == before.strategies


def test_it_goes_to_the_end_of_the_file_of_its_like_and_changes_nothing_before(
    bob: Bob, folder: Path
) -> None:
    path = folder / "actions" / "application_followup.toml"
    before = path.read_text("utf-8")
    bob("catalogue", "new", "action", "application-follow-up-card")
    after = path.read_text("utf-8")
    assert after.startswith(before)
    assert '\n[[action]]\nid = "application-follow-up-card"\n' in after[len(before) - 1 :]


@pytest.mark.parametrize("file", ["street", "street.toml", "actions/street.toml"])
def test_it_goes_to_the_file_that_is_named(bob: Bob, folder: Path, file: str) -> None:
    for name in ("network-one", "network-two"):
        assert bob("catalogue", "new", "action", name, "--file", file).code == 0
    found = [item.id for item in read_catalogue(folder).actions if item.file == "actions/street.toml"]
    assert found == ["network-one", "network-two"]


def test_two_skeletons_are_no_doubles(bob: Bob, folder: Path) -> None:
    bob("catalogue", "new", "action", "network-one")
    bob("catalogue", "new", "action", "network-two")
    messages = {fault.message for fault in set(lint_folder(folder, today=TODAY)) - faults_before()}
    assert messages == {"is still to be written"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("action", "application-follow-up-call"), "exists already, in actions/application_followup.toml"),
        (("action", "regain-confidence"), "The id of an action starts with its family: application"),
        (
            ("strategy", "regain-confidence", "--family", "motivation"),
            "exists already, in strategies/motivation",
        ),
        (("strategy", "ask-the-street"), "A strategy needs its family"),
        (("action", "Network Call"), "is not an id: expected lower-case words"),
        (("action", "street-call", "--family", "network"), "network-street-call?"),
        (("action", "network-new", "--file", "../elsewhere.toml"), "is not the name of a file of actions/"),
        (
            ("action", "network-new", "--file", "strategies/network.toml"),
            "is not the name of a file of actions/",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence_and_nothing_is_written(
    bob: Bob, folder: Path, arguments: tuple[str, ...], said: str
) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    ran = bob("catalogue", "new", *arguments)
    assert (ran.code, ran.out) == (1, "")
    assert said in ran.sentence
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_file_that_cannot_be_read_is_left_as_it_is(bob: Bob, folder: Path) -> None:
    broken = folder / "actions" / "broken.toml"
    broken.write_text("[[action]\n", "utf-8")
    ran = bob("catalogue", "new", "action", "network-new", "--file", "broken")
    assert ran.code == 1
    assert "cannot be read as TOML" in ran.sentence
    assert broken.read_text("utf-8") == "[[action]\n"


def test_the_command_knows_every_family_and_obstacle() -> None:
    assert tuple(Family) == FAMILIES
    assert tuple(ObstacleId) == OBSTACLES
