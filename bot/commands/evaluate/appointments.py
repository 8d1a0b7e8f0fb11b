"""`bob evaluate appointments`."""

from __future__ import annotations

from bot.commands.evaluate.rows import TODAY, Row
from bot.sources.plain import plain
from bot.understanding.appointments import Told, appointment

_LEADS = frozenset("a la le l au aux chez avec with at the in dans de du d ma mon my".split())
"""Words before the name of a place that change nothing."""


def _read(row: Row) -> Told:
    return appointment(row["text"], TODAY)


def given(row: Row) -> str:
    found = _read(row)
    return f"{found.what} | {found.kind} | {found.place} | {found.day} | {found.at} | {found.former}"


def is_right(row: Row) -> bool:
    """What it is, with whom or where, its day and hour, and the day it was on: each as expected."""
    found = _read(row)
    told = (
        found.what or "",
        found.kind or "",
        _bare(found.place or ""),
        found.day.isoformat() if found.day else "",
        f"{found.at:%H:%M}" if found.at else "",
        found.former.isoformat() if found.former else "",
    )
    expected = (row["what"], row["kind"], _bare(row["place"]), row["day"], row["at"], row["former"])
    return told == expected


def _bare(place: str) -> str:
    said = plain(place).split()
    while said and said[0] in _LEADS:
        said.pop(0)
    return " ".join(said)
