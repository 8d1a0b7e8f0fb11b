"""`bob evaluate pauses`."""

from __future__ import annotations

from bot.commands.evaluate.rows import TODAY, Row
from bot.understanding.pauses import pause


def given(row: Row) -> str:
    found = pause(row["text"], TODAY)
    return f"{found.kind} {found.until}"


def is_right(row: Row) -> bool:
    """The kind and the very date."""
    found = pause(row["text"], TODAY)
    until = found.until.isoformat() if found.until else ""
    return (found.kind.value, until) == (row["kind"], row["until"])
