import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = ["run", "dev"]
PIN = re.compile(r"(?P<name>[a-z0-9][a-z0-9-]*)==(?P<version>\S+)(?P<marker> ; .+)?")


def blocks(kind: str) -> list[str]:
    """One text for each pinned package: its line, and its hashes."""
    text = (ROOT / "requirements" / f"{kind}.lock").read_text()
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return re.split(r"\n(?=\S)", "\n".join(lines))


def pins(kind: str) -> dict[str, set[str]]:
    """The pinned versions by package; several where they differ between versions of Python."""
    found: dict[str, set[str]] = {}
    for block in blocks(kind):
        match = PIN.match(block)
        assert match, block
        found.setdefault(match["name"], set()).add(match["version"])
    return found


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[^A-Za-z0-9._-]", requirement)[0].lower() for requirement in requirements}


@pytest.mark.parametrize("kind", LOCKS)
def test_every_package_is_pinned_with_hashes(kind: str) -> None:
    for block in blocks(kind):
        first, *hashes = (line.strip().removesuffix(" \\") for line in block.splitlines())
        assert PIN.fullmatch(first), first
        assert hashes, f"{first} has no hash"
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", line) for line in hashes), first


@pytest.mark.parametrize("kind", LOCKS)
def test_the_lock_names_no_address_and_no_place_to_download_from(kind: str) -> None:
    text = (ROOT / "requirements" / f"{kind}.lock").read_text()
    assert not re.search(r"://|file:|@ |^\s*-(?!-hash)", text, re.MULTILINE)


def test_all_that_bob_needs_is_locked() -> None:
    assert names(PROJECT["project"]["dependencies"]) <= pins("run").keys()


def test_all_that_the_tests_need_is_locked() -> None:
    assert names(PROJECT["dependency-groups"]["dev"]) <= pins("dev").keys()


def test_both_locks_agree() -> None:
    run, dev = pins("run"), pins("dev")
    shared = run.keys() & dev.keys()
    assert {name: run[name] for name in shared} == {name: dev[name] for name in shared}


def test_the_database_driver_needs_no_compiler() -> None:
    assert pins("run")["psycopg"] == pins("run")["psycopg-binary"]


def test_bob_does_not_start_with_greenlet() -> None:
    assert "greenlet" not in pins("run")
