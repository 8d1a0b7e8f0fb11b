"""Rows of an evaluation: what somebody typed, and what it should give.

`tests/evaluation/<subject>/work.tsv` is for looking at while the rules are written; `report.tsv` is only counted.
Which part a row is in follows from its text alone, so that it cannot be moved to the easier one.
"""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

FOLDER = Path("tests/evaluation")
PARTS = ("work", "report")
SHARE_OF_WORK = 60
"""Rows in a hundred that are for work."""
TODAY = date(2026, 11, 26)
"""The day on which all rows are typed: a Thursday."""

Row = Mapping[str, str]
"""One line: `text`, `lang`, `origin` and the columns expected; what is empty is null."""


class EvaluationError(Exception):
    """The rows are missing or malformed; the message says which file and what to do."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a part went: rows and right ones, whole and by origin ("said", "phone", "edge"), and the wrong rows."""

    part: str
    rows: int
    right: int
    by_origin: Mapping[str, tuple[int, int]]
    wrong: tuple[tuple[str, str], ...]

    @property
    def share(self) -> float:
        """Right ones among all, 0 to 1."""
        return self.right / self.rows if self.rows else 0.0


def part_of(text: str) -> str:
    """The part that a text belongs to."""
    return PARTS[int(hashlib.sha256(text.encode()).hexdigest(), 16) % 100 >= SHARE_OF_WORK]


def read_rows(subject: str, part: str, folder: Path = FOLDER) -> list[Row]:
    """The rows of one part; raises EvaluationError when the file is not there or a row is not whole."""
    path = folder / subject / f"{part}.tsv"
    if not path.is_file():
        raise EvaluationError(f"{path} is missing: run this from the project's folder.")
    with path.open(encoding="utf-8", newline="") as file:
        rows: list[Row] = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for number, row in enumerate(rows, start=2):
        if len(row) != len(rows[0]) or None in row.values():
            raise EvaluationError(f"{path}, line {number}: the columns are not those of the first line.")
    return rows


def outcome(
    subject: str,
    part: str,
    given: Callable[[Row], str],
    is_right: Callable[[Row], bool],
    folder: Path = FOLDER,
) -> Outcome:
    """Try every row of a part. `given` says what was understood, for the list of wrong rows."""
    rows = read_rows(subject, part, folder)
    tried, right, wrong = Counter[str](), Counter[str](), list[tuple[str, str]]()
    for row in rows:
        tried[row["origin"]] += 1
        if is_right(row):
            right[row["origin"]] += 1
        else:
            wrong.append((row["text"], given(row)))
    by_origin = {origin: (right[origin], tried[origin]) for origin in sorted(tried)}
    return Outcome(part, len(rows), right.total(), by_origin, tuple(wrong))
