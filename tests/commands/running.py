"""Bob's command line, called in this process: what it prints, and its exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from bot.settings import VARIABLES

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "examples" / "profile.json"


@dataclass(frozen=True)
class Ran:
    """What one command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The standard output as JSON."""
        return json.loads(self.out)

    @property
    def sentence(self) -> str:
        """The one line on standard error; usage lines of wrong arguments are left out."""
        lines = [line for line in self.err.splitlines() if not line.startswith(("usage:", " "))]
        assert "Traceback" not in self.err, self.err
        assert len(lines) == 1, self.err
        return lines[0]


Bob = Callable[..., Ran]


@pytest.fixture
def bob(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Callable[..., Ran]:
    """Runs `bob ARGUMENTS` with a data folder of its own; keywords are environment variables."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "var"))

    def run(*arguments: str | Path, **environment: str) -> Ran:
        with monkeypatch.context() as changed:
            for name, value in environment.items():
                changed.setenv(name, value)
            capsys.readouterr()
            try:
                code = main([str(argument) for argument in arguments])
            except SystemExit as left:  # argparse
                code = int(left.code or 0)
            printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    return run


@pytest.fixture
def profile_file(tmp_path: Path) -> Callable[..., Path]:
    """Writes a profile file with these fields."""

    def write(**fields: Any) -> Path:
        file = tmp_path / "me.json"
        file.write_text(json.dumps(fields, ensure_ascii=False), "utf-8")
        return file

    return write
