"""`bob evaluate durations`."""

from __future__ import annotations

from bot.commands.evaluate.rows import TODAY, Row
from bot.understanding.durations import duration


def given(row: Row) -> str:
    found = duration(row["text"], TODAY)
    return f"{found.kind} {found.months}"


def is_right(row: Row) -> bool:
    """The kind, and the months within 0.3 or 8 in a hundred."""
    found = duration(row["text"], TODAY)
    if found.kind != row["kind"] or (found.months is None) != (row["months"] == ""):
        return False
    expected = float(row["months"] or 0)
    return found.months is None or abs(found.months - expected) <= max(0.3, 0.08 * expected)
