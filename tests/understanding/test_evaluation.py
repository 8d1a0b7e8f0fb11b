"""The rows by which understanding is judged, and how much of them is right."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from bot.commands.evaluate.rows import PARTS, outcome, part_of, read_rows

FOLDER = Path(__file__).resolve().parents[1] / "evaluation"
SUBJECTS = {"durations": 0.95, "intents": 0.95, "pauses": 0.95, "applications": 0.9, "appointments": 0.9}
"""Share that must stay right on each part."""


@pytest.mark.parametrize("subject", SUBJECTS)
def test_rows_are_many_distinct_and_in_the_part_that_their_text_gives(subject: str) -> None:
    rows = [(part, row) for part in PARTS for row in read_rows(subject, part, FOLDER)]
    assert len(rows) >= 150
    assert len({row["text"] for _, row in rows}) == len(rows)
    assert {row["lang"] for _, row in rows} == {"fr", "en"}
    assert not [row["text"] for part, row in rows if part_of(row["text"]) != part]


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize("part", PARTS)
def test_most_of_what_people_type_is_understood(subject: str, part: str) -> None:
    module = import_module(f"bot.commands.evaluate.{subject}")
    found = outcome(subject, part, module.given, module.is_right, FOLDER)
    assert found.share >= SUBJECTS[subject], found.wrong
