"""The commands of the Makefile, without installing anything again."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = ["help", "setup", "run", "test", "test-long", "lint", "bench", "docs", "lock", "clean"]


def make(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=folder,
        env={name: value for name, value in os.environ.items() if name != "MAKEFLAGS"} | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The Makefile and the locks in a folder whose name has spaces and accents."""
    folder = tmp_path / "à côté de tout"
    shutil.copytree(ROOT / "requirements", folder / "requirements")
    shutil.copy(ROOT / "Makefile", folder)
    return folder


@pytest.fixture
def installed(copy: Path) -> Path:
    """The same with a finished `.venv` that borrows this test's Python."""
    binaries = copy / ".venv" / "bin"
    binaries.mkdir(parents=True)
    (binaries / "python").symlink_to(sys.executable)
    for kind in ("run", "dev"):
        (copy / ".venv" / f".installed-{kind}").touch()
    return copy


def module_that_reports(folder: Path) -> None:
    """A `bot` that prints what it was started with, in place of Bob."""
    (folder / "bot").mkdir()
    (folder / "bot" / "__main__.py").write_text(
        "import os, sys\nprint('started', sys.argv[1:], os.environ.get('BOT_TOKEN'))\n"
    )


def test_make_alone_lists_every_command_with_one_line_in_order(copy: Path) -> None:
    listing = make(copy).stdout.splitlines()
    names = [re.fullmatch(r"  make ([a-z-]+) +\S.*", line) for line in listing]
    assert [name and name[1] for name in names] == COMMANDS


def test_every_listed_command_is_described_within_a_terminal_line(copy: Path) -> None:
    assert max(map(len, make(copy).stdout.splitlines())) <= 100


def test_run_starts_bob_with_the_environment_it_was_given(installed: Path) -> None:
    module_that_reports(installed)
    result = make(installed, "run", BOT_TOKEN="42:token")
    assert result.stdout.strip() == "started ['run'] 42:token", result.stderr


def test_nothing_is_installed_again_while_the_locks_stay_the_same(installed: Path) -> None:
    assert "install.py" not in make(installed, "--dry-run", "setup").stdout


@pytest.mark.parametrize("changed", ["run.lock", "dev.lock"])
def test_a_changed_lock_installs_again(installed: Path, changed: str) -> None:
    later = (installed / ".venv" / ".installed-dev").stat().st_mtime + 5
    os.utime(installed / "requirements" / changed, (later, later))
    assert "install.py dev" in make(installed, "--dry-run", "setup").stdout


def test_a_changed_list_of_test_packages_does_not_delay_run(installed: Path) -> None:
    later = (installed / ".venv" / ".installed-run").stat().st_mtime + 5
    os.utime(installed / "requirements" / "dev.lock", (later, later))
    assert "install.py" not in make(installed, "--dry-run", "run").stdout


def test_an_environment_whose_python_is_gone_is_made_again(installed: Path) -> None:
    (installed / ".venv" / "bin" / "python").unlink()
    assert "install.py run" in make(installed, "--dry-run", "run").stdout


def test_an_interrupted_installation_is_taken_up_again(installed: Path) -> None:
    (installed / ".venv" / ".installed-dev").unlink()
    assert "install.py dev" in make(installed, "--dry-run", "test").stdout


def test_says_in_one_sentence_that_python_is_missing(copy: Path) -> None:
    tools = copy / "tools"
    tools.mkdir()
    for name in ("make", "sh", "sed"):
        (tools / name).symlink_to(str(shutil.which(name)))
    result = make(copy, "run", PATH=str(tools))
    assert result.returncode != 0
    said = [line for line in result.stderr.splitlines() if not line.startswith("make")]
    assert len(said) == 1
    assert said[0].startswith("Bob needs Python 3.11 or newer")


def test_takes_a_newer_python_when_python3_is_too_old(copy: Path) -> None:
    tools = copy / "tools"
    tools.mkdir()
    (tools / "python3").write_text("#!/bin/sh\nexit 1\n")
    (tools / "python3.12").write_text('#!/bin/sh\n[ "$1" = -c ] || echo "chosen: $*"\n')
    for name in ("python3", "python3.12"):
        (tools / name).chmod(0o755)
    for name in ("make", "sh", "sed"):
        (tools / name).symlink_to(str(shutil.which(name)))
    result = make(copy, "run", PATH=str(tools))
    assert "chosen: requirements/install.py run" in result.stdout


def test_clean_removes_the_environment_and_the_caches(installed: Path) -> None:
    (installed / ".mypy_cache").mkdir()
    (installed / "bot" / "__pycache__").mkdir(parents=True)
    assert make(installed, "clean").returncode == 0
    assert not (installed / ".venv").exists()
    assert not (installed / ".mypy_cache").exists()
    assert not (installed / "bot" / "__pycache__").exists()


def test_ci_runs_the_tests_through_make() -> None:
    script = ROOT / ".ci" / "run"
    lines = script.read_text().splitlines()
    assert os.access(script, os.X_OK)
    assert "set -euo pipefail" in lines
    assert lines[-1] == "exec make test"
    assert subprocess.run(["bash", "-n", script], timeout=20).returncode == 0
