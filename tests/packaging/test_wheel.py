import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_the_wheel_holds_the_three_rooms_their_data_and_the_command(tmp_path: Path) -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: the files to expect are unknown")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = tmp_path.glob("bob-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
        (entry_points,) = (name for name in held if name.endswith("entry_points.txt"))
        assert "bob = bot.cli:main" in archive.read(entry_points).decode()
    assert {name.split("/")[0] for name in held if ".dist-info" not in name} == {
        "bot",
        "storage",
        "scheduler",
    }
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "bot", "storage", "scheduler"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert tracked.returncode == 0, tracked.stderr
    assert set(tracked.stdout.split("\0")) - {""} <= held
    assert not any("__pycache__" in name for name in held)
