"""`bob evaluate intents`."""

from __future__ import annotations

from bot.commands.evaluate.rows import Row
from bot.understanding.intents import everyday


def given(row: Row) -> str:
    return everyday(row["text"])


def is_right(row: Row) -> bool:
    return everyday(row["text"]) == row["intent"]
