"""Wrong arguments, files and settings: one clear sentence, the right exit code, no traceback."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import main
from tests.commands.running import Bob

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = (
    ("run",),
    ("sandbox",),
    ("db", "upgrade"),
    ("catalogue", "check"),
    ("catalogue", "stats"),
    ("catalogue", "links"),
    ("catalogue", "new"),
    ("catalogue", "export"),
    ("evaluate",),
    ("advise",),
    ("replay",),
    ("schema", "profile"),
    ("doctor",),
    ("bench",),
    ("stats",),
    ("backup",),
    ("restore",),
    ("docs",),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(bob: Bob, command: tuple[str, ...]) -> None:
    ran = bob(*command, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"usage: bob {' '.join(command)}")


def test_the_list_of_commands_has_a_line_for_each(bob: Bob) -> None:
    listing = bob("--help").out
    names = {command[0] for command in COMMANDS}
    assert {name for name in names if not re.search(rf"^    {name}\s+\S", listing, re.MULTILINE)} == set()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "COMMAND"),
        (("dance",), "'dance'"),
        (("catalogue",), "WHAT"),
        (("catalogue", "eat"), "'eat'"),
        (("advise",), "--profile"),
        (
            ("advise", "--profile", "x.json", "--date", "tomorrow"),
            "'tomorrow' is not a date; expected YYYY-MM-DD",
        ),
        (("advise", "--profile", "x.json", "--date", "2026-02-30"), "'2026-02-30' is not a date"),
        (("advise", "--profile", "x.json", "--lang", "de"), "'de'"),
        (("advise", "--profile", "x.json", "--form", "sie"), "'sie'"),
        (("advise", "--profile", "x.json", "--colour"), "--colour"),
        (("replay", "--profile", "x.json", "--days", "0"), "from 1 to 730"),
        (("replay", "--profile", "x.json", "--days", "many"), "from 1 to 730"),
        (("replay", "--profile", "x.json", "--habits", "sometimes"), "'sometimes'"),
        (("backup",), "file"),
        (("restore",), "file"),
    ],
)
def test_wrong_arguments_are_told_in_one_sentence_with_code_2(
    bob: Bob, arguments: tuple[str, ...], said: str
) -> None:
    ran = bob(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.sentence


@pytest.mark.parametrize("command", ["advise", "replay"])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read"),
        (b"{", "not valid JSON"),
        (b"\xff\xfe", "not valid JSON in UTF-8"),
        (b"[]", "expected an object"),
        (b"", "not valid JSON"),
    ],
)
def test_a_profile_file_that_cannot_be_used_is_told_by_its_name(
    bob: Bob, tmp_path: Path, command: str, content: bytes | None, said: str
) -> None:
    file = tmp_path / "me.json"
    if content is not None:
        file.write_bytes(content)
    ran = bob(command, "--profile", file)
    assert (ran.code, ran.out) == (1, "")
    assert ran.sentence.startswith(f"{file}: ")
    assert said in ran.sentence


@pytest.mark.parametrize("command", ["advise", "replay"])
def test_a_folder_is_no_profile_file(bob: Bob, tmp_path: Path, command: str) -> None:
    ran = bob(command, "--profile", tmp_path)
    assert ran.code == 1
    assert "cannot be read" in ran.sentence


@pytest.mark.parametrize("fields", [{"months": 1e400}, {"months": float("nan")}])
def test_numbers_that_are_none_are_refused(
    bob: Bob, profile_file: Callable[..., Path], fields: dict[str, float]
) -> None:
    ran = bob("advise", "--profile", profile_file(**fields))
    assert ran.code == 1
    assert "months" in ran.sentence


def test_run_with_a_token_only_names_every_variable_that_is_missing(bob: Bob) -> None:
    ran = bob("run", BOT_TOKEN="700000001:sandbox-test-token-000")
    assert (ran.code, ran.out) == (1, "")
    lines = ran.err.splitlines()
    assert [line.split()[0] for line in lines] == ["OPERATOR_NAME", "OPERATOR_CONTACT", "PRIVACY_URL"]
    assert all("is missing: expected" in line and "for example" in line for line in lines)
    assert "sandbox-test-token" not in ran.err


@pytest.mark.parametrize("command", [("run",), ("sandbox",), ("db", "upgrade"), ("stats",)])
def test_a_wrong_setting_is_named_by_each_command_that_needs_it(bob: Bob, command: tuple[str, ...]) -> None:
    ran = bob(*command, SANDBOX_PORT="eighty")
    assert ran.code == 1
    assert ran.sentence.startswith("SANDBOX_PORT is not usable: expected a port")


def test_a_misspelt_variable_is_pointed_out(bob: Bob) -> None:
    ran = bob("run", BOT_TOKENN="700000001:sandbox-test-token-000")
    assert ran.code == 1
    assert ran.sentence == "BOT_TOKENN is not a variable of Bob: did you mean BOT_TOKEN?"


def test_a_data_folder_that_cannot_be_made_is_told_in_a_sentence(bob: Bob, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    ran = bob("db", "upgrade", DATA_DIR=str(tmp_path / "file" / "var"))
    assert ran.code == 1
    assert str(tmp_path / "file") in ran.sentence


def test_run_in_a_data_folder_that_cannot_be_made_is_told_in_a_sentence(bob: Bob, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    ran = bob("sandbox", DATA_DIR=str(tmp_path / "file" / "var"), OPEN_BROWSER="no")
    assert ran.code == 1
    assert "set DATA_DIR to a folder where Bob may write" in ran.sentence


def test_a_port_that_is_taken_is_told_in_a_sentence(bob: Bob) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        ran = bob("sandbox", SANDBOX_PORT=str(other.getsockname()[1]), OPEN_BROWSER="no")
    assert ran.code == 1
    assert ran.sentence.startswith(f"Port {ran.sentence.split()[1]} is taken")


def test_a_database_in_memory_cannot_be_upgraded(bob: Bob) -> None:
    ran = bob("db", "upgrade", DATABASE_URL="sqlite:///:memory:")
    assert ran.code == 1
    assert "in memory" in ran.sentence


def test_an_interrupted_command_ends_with_130(bob: Bob, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("bot.commands.calls.schema_profile", interrupted)
    assert bob("schema", "profile").code == 130


def test_a_fault_that_nobody_foresaw_shows_where_it_happened(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> int:
        raise KeyError("a bug")

    monkeypatch.setattr("bot.commands.calls.schema_profile", broken)
    with pytest.raises(KeyError):
        main(["schema", "profile"])


def test_a_reader_that_has_left_is_no_fault() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        ran = subprocess.run(
            [sys.executable, "-m", "bot", "schema", "profile"],
            cwd=ROOT,
            stdout=writing,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
        )
    finally:
        os.close(writing)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_the_module_runs_as_a_program() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "bot", "schema", "profile"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("{")
