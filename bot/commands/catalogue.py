"""`bob catalogue check`, `stats` and `links`: the recommendations, reviewed and counted by a program."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from bot.advice.links import uses
from bot.advice.lint import lint_folder
from bot.advice.loading import load_catalogue, read_catalogue
from bot.advice.stats import stats
from bot.dialogs import wordlint


def check(*, as_json: bool, folder: Path | None = None, today: date | None = None) -> int:
    """Print every fault of the catalogue (Bob's own by default); exit code 1 when there is one.

    With Bob's own, the words of the dialogues are checked too (`bot/locales`).
    """
    faults = lint_folder(folder, today=today or date.today())  # noqa: DTZ011  (the reviewers' own calendar)
    if folder is None:
        faults = [*faults, *wordlint.faults()]
    if as_json:
        _print_json({"ok": not faults, "faults": [asdict(fault) for fault in faults]})
        return 1 if faults else 0
    for fault in faults:
        print(fault)
    print(_verdict(len(faults)))
    return 1 if faults else 0


def _verdict(faults: int) -> str:
    if faults:
        return f"{faults} to mend."
    return "The catalogue is sound."


def print_stats(*, as_json: bool) -> int:
    """Print how much there is of what, and how many actions fit people made up for the purpose."""
    counted = stats(load_catalogue())
    if as_json:
        _print_json(counted)
    else:
        print("\n".join(_lines(counted)))
    return 0


def print_links(*, as_json: bool, folder: Path | None = None) -> int:
    """Print every link that recommendations may use, the least recently checked first, for checking by hand."""
    reading = read_catalogue(folder)
    rows = uses(reading.links.values(), [*reading.actions, *reading.strategies])
    if as_json:
        _print_json(rows)
        return 0
    for row in rows:
        used = f"{row['items']} items" if row["items"] != 1 else "1 item"
        print(f"{row['checked']}  {used if row['items'] else 'UNUSED':8}  {row['url']}  ({row['owner']})")
    print(f"{len(rows)} links, {sum(not row['items'] for row in rows)} unused.")
    return 0


def _lines(counted: dict[str, Any], depth: int = 0) -> list[str]:
    """`name: value` lines, what is nested further in."""
    found: list[str] = []
    indent = "  " * depth
    for name, value in counted.items():
        words = str(name).replace("_", " ") if depth == 0 else str(name)
        if isinstance(value, dict):
            found += [f"{indent}{words}:", *_lines(value, depth + 1)]
        elif isinstance(value, list):
            found.append(f"{indent}{words}:{'' if value else ' none'}")
            found += [f"{indent}  {_row(row)}" for row in value]
        else:
            found.append(f"{indent}{words}: {value}")
    return found


def _row(row: Any) -> str:
    return ", ".join(f"{name} {value}" for name, value in row.items()) if isinstance(row, dict) else str(row)


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))
