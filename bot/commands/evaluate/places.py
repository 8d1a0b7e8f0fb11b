"""`bob evaluate places`: how many typed places are understood, by part and origin, and how long a look-up takes.

A row holds a text, the expected decision, the acceptable codes (separated by |) and an origin, separated by tabs.
Right is, for `take`: one of the codes was taken; for `ask`: nothing was taken and all of the codes are among the
candidates; for the others: that decision. `work` is what the search was tuned on, `report` what it was not.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.commands.evaluate.rows import FOLDER, PARTS, read_rows
from bot.sources.found import Decision, Found
from bot.sources.places import Place, Places, places


@dataclass(frozen=True, slots=True)
class Row:
    """One typed text and what is expected."""

    text: str
    decision: Decision
    codes: frozenset[str]
    origin: str


def rows(part: str, folder: Path = FOLDER) -> list[Row]:
    """The rows of one part."""
    return [
        Row(
            row["text"],
            Decision(row["decision"]),
            frozenset(filter(None, row["codes"].split("|"))),
            row["origin"],
        )
        for row in read_rows("places", part, folder)
    ]


def is_right(row: Row, found: Found[Place]) -> bool:
    """Whether an answer is what the row expects."""
    codes = {one.entry.code for one in found.candidates}
    if found.decision is not row.decision:
        return False
    if row.decision is Decision.TAKE:
        return codes <= row.codes
    return row.codes <= codes


def measure(part: str, listed: list[Row], known: Places) -> dict[str, Any]:
    """Shares right, milliseconds and what went wrong, of one part."""
    seconds, wrong = [], []
    asked, right = Counter[str](), Counter[str]()
    for row in listed:
        begun = time.perf_counter()
        found = known.search(row.text)
        seconds.append(time.perf_counter() - begun)
        asked[row.origin] += 1
        if is_right(row, found):
            right[row.origin] += 1
        else:
            wrong.append(
                {
                    "text": row.text,
                    "expected": row.decision,
                    "decision": found.decision,
                    "candidates": [one.entry.label for one in found.candidates],
                }
            )
    seconds.sort()
    return {
        "part": part,
        "rows": len(listed),
        "right": sum(right.values()),
        "share": round(sum(right.values()) / max(1, len(listed)), 4),
        "p50_ms": round(1000 * seconds[len(seconds) // 2], 3) if seconds else None,
        "p99_ms": round(1000 * seconds[int(len(seconds) * 0.99)], 3) if seconds else None,
        "origins": {
            origin: {"rows": count, "right": right[origin]} for origin, count in sorted(asked.items())
        },
        "wrong": wrong,
    }


def evaluate(*, as_json: bool, wrong: bool, folder: Path = FOLDER) -> int:
    """Print the measures of both parts."""
    known = places()
    listed = {part: rows(part, folder) for part in PARTS}
    for text in ("Toulouze", "je vis en Bretagne", "le 93", "Paname"):
        # What is read once, at its first need, is no look-up.
        known.search(text)
    measured = [measure(part, listed[part], known) for part in PARTS]
    if as_json:
        print(json.dumps(measured, ensure_ascii=False, indent=2))
        return 0
    for one in measured:
        print(
            f"{one['part']}: {one['right']} of {one['rows']} right ({one['share']:.1%}), "
            f"p50 {one['p50_ms']} ms, p99 {one['p99_ms']} ms"
        )
        for origin, counts in one["origins"].items():
            print(f"  {origin:16}{counts['right']:4} of {counts['rows']}")
        for item in one["wrong"] if wrong and one["part"] == "work" else ():
            found = " ".join((item["decision"], ", ".join(item["candidates"])))
            print(f"  wrong: {item['text']!r}: {item['expected']} expected, {found}")
    return 0
