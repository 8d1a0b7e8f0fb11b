import subprocess
import sys
from pathlib import Path

import pytest

from tests.skips import Skip, is_allowed, read_allowed

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = """
import pytest

def test_runs():
    assert True

@pytest.mark.skip(reason="no database here")
def test_database():
    pass

@pytest.mark.xfail(reason="known", strict=True)
def test_known_fault():
    assert False
"""


def run_sample(
    folder: Path, allowed: str, *options: str, ci: str = "true"
) -> subprocess.CompletedProcess[str]:
    """A run of the sample in its own folder, with our plugin reading the given list of allowed skips."""
    (folder / "test_sample.py").write_text(SAMPLE)
    (folder / "allowed.txt").write_text(allowed)
    (folder / "conftest.py").write_text(
        "from pathlib import Path\nfrom tests import skips\n"
        "skips.ALLOWED = Path(__file__).with_name('allowed.txt')\n"
        "pytest_plugins = ['tests.skips']\n"
    )
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "--rootdir",
            folder,
            *options,
            folder,
        ],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)} | ({"CI": ci} if ci else {}),
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("options", [(), ("-n", "2")], ids=["alone", "with workers"])
def test_a_skip_that_nobody_allowed_fails_the_run_in_ci(tmp_path: Path, options: tuple[str, ...]) -> None:
    done = run_sample(tmp_path, "", *options)
    assert done.returncode == 1
    assert "test_sample.py::test_database | no database here" in done.stdout
    assert "list them in tests/allowed_skips.txt" in done.stdout


def test_a_listed_skip_and_an_expected_failure_pass(tmp_path: Path) -> None:
    done = run_sample(tmp_path, "test_sample.py::test_d* | no database*\n")
    assert done.returncode == 0, done.stdout
    assert "nobody allowed" not in done.stdout


def test_a_listed_test_with_another_reason_fails(tmp_path: Path) -> None:
    assert run_sample(tmp_path, "test_sample.py::* | no network\n").returncode == 1


def test_a_skip_is_only_reported_outside_of_ci(tmp_path: Path) -> None:
    assert run_sample(tmp_path, "", ci="").returncode == 0


def test_a_whole_file_that_skips_itself_is_seen(tmp_path: Path) -> None:
    (tmp_path / "test_other.py").write_text(
        "import pytest\npytest.skip('no browser', allow_module_level=True)\n"
    )
    done = run_sample(tmp_path, "test_sample.py::* | *\n")
    assert done.returncode == 1
    assert "test_other.py | no browser" in done.stdout


def test_a_reason_must_be_given_for_each_allowed_skip() -> None:
    with pytest.raises(ValueError, match="line 2"):
        read_allowed("# known\ntests/test_a.py::*\n")


def test_the_list_is_read_with_comments_and_blank_lines() -> None:
    allowed = read_allowed("# known\n\n tests/a.py::* | no data * \n")
    assert allowed == [Skip("tests/a.py::*", "no data *")]
    assert is_allowed(Skip("tests/a.py::test_x", "no data here"), allowed)
    assert not is_allowed(Skip("tests/b.py::test_x", "no data here"), allowed)


def test_our_own_list_is_well_formed() -> None:
    read_allowed((ROOT / "tests" / "allowed_skips.txt").read_text())
