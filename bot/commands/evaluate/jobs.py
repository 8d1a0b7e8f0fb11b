"""`bob evaluate jobs`: the share of typed jobs that are found, by origin."""

from __future__ import annotations

import gc
import json
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.commands.data.rome import read_source
from bot.commands.evaluate.rows import FOLDER, PARTS, read_rows
from bot.sources.found import Decision, Found
from bot.sources.occupations import KnownOccupation, Occupations
from bot.sources.occupations.lexicon import load_lexicon
from bot.sources.occupations.official import read_referential


@dataclass(frozen=True, slots=True)
class Row:
    """One text. `groups`: of each, one code at least must be proposed (codes of ROME 4.0)."""

    text: str
    decision: str  # any | ask | unknown | rephrase
    groups: tuple[frozenset[str], ...]
    origin: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a row. `first`: the first candidate is right; `among`: a right one is among them; by fine code
    and by third-edition code. `wrongly_taken`: one was taken that is not right.
    """

    first: bool
    among: bool
    first_v3: bool
    among_v3: bool
    wrongly_taken: bool
    seconds: float


def rows(part: str, folder: Path = FOLDER) -> list[Row]:
    """The rows of one part."""
    return [
        Row(
            row["text"],
            row["decision"],
            tuple(frozenset(group.split("|")) for group in row["codes"].split("&") if group),
            row["origin"],
        )
        for row in read_rows("jobs", part, folder)
    ]


def judge(occupations: Occupations, row: Row) -> Judged:
    """Search one text and compare."""
    start = time.perf_counter()
    found = occupations.search(row.text)
    seconds = time.perf_counter() - start
    if row.decision in (Decision.UNKNOWN, Decision.REPHRASE):
        right = found.decision == row.decision
        return Judged(right, right, right, right, found.decision is Decision.TAKE, seconds)
    codes = [one.entry.code for one in found.candidates]
    parents = [one.entry.code_v3 for one in found.candidates]
    groups_v3 = tuple(frozenset(_parents(occupations, group)) for group in row.groups)
    first, among = _right(codes, row.groups, several=row.decision == "ask")
    first_v3, among_v3 = _right(parents, groups_v3, several=row.decision == "ask")
    return Judged(first, among, first_v3, among_v3, _is_wrong(found, groups_v3), seconds)


def _parents(occupations: Occupations, codes: Iterable[str]) -> Iterable[str]:
    for code in codes:
        known = occupations.by_code(code)
        yield known.code_v3 if known else code


def _right(codes: Sequence[str], groups: Sequence[frozenset[str]], *, several: bool) -> tuple[bool, bool]:
    among = all(not group.isdisjoint(codes) for group in groups)
    if several:
        return among, among
    return bool(codes) and codes[0] in groups[0], among


def _is_wrong(found: Found[KnownOccupation], groups: Sequence[frozenset[str]]) -> bool:
    return found.taken is not None and all(found.taken.code_v3 not in group for group in groups)


def summary(judged: Sequence[Judged]) -> dict[str, Any]:
    """Shares (0 to 1) and times (milliseconds) of some rows."""
    count = len(judged)
    times = sorted(one.seconds * 1000 for one in judged)

    def share(name: str) -> float:
        return round(sum(bool(getattr(one, name)) for one in judged) / count, 3)

    return {
        "rows": count,
        "top1": share("first"),
        "top5": share("among"),
        "top1_v3": share("first_v3"),
        "top5_v3": share("among_v3"),
        "wrongly_taken": share("wrongly_taken"),
        "p50_ms": round(times[count // 2], 2),
        "p99_ms": round(times[min(count - 1, int(count * 0.99))], 2),
    }


def measured(occupations: Occupations, folder: Path = FOLDER) -> dict[str, Any]:
    """Both parts, by origin and as a whole."""
    result: dict[str, Any] = {}
    for part in PARTS:
        by_origin: dict[str, list[Judged]] = defaultdict(list)
        for row in rows(part, folder):
            by_origin[row.origin].append(judge(occupations, row))
        everything = [one for judged in by_origin.values() for one in judged]
        result[part] = {"all": summary(everything)} | {
            origin: summary(judged) for origin, judged in sorted(by_origin.items())
        }
    return result


def mistakes(occupations: Occupations, folder: Path = FOLDER) -> Iterable[str]:
    """The rows of the `work` part whose first answer is wrong, for whoever improves the search."""
    for row in rows("work", folder):
        judged = judge(occupations, row)
        if not judged.first:
            found = occupations.search(row.text)
            got = ", ".join(f"{one.entry.code} {one.entry.fr} {one.score}" for one in found.candidates)
            wanted = " & ".join("|".join(sorted(group)) for group in row.groups) or row.decision
            yield f"{row.origin}: {row.text!r}: wanted {wanted}, {found.decision}: {got or '-'}"


def as_text(result: Mapping[str, Any]) -> str:
    """A table for reading."""
    lines = [f"{'':24}{'rows':>6}{'top1':>7}{'top5':>7}{'v3 top1':>9}{'v3 top5':>9}{'wrong':>7}{'p99 ms':>8}"]
    for part, origins in result.items():
        if part not in PARTS:
            continue
        for origin, figures in origins.items():
            lines.append(
                f"{part + ' ' + origin:24}{figures['rows']:>6}{figures['top1']:>7.1%}{figures['top5']:>7.1%}"
                f"{figures['top1_v3']:>9.1%}{figures['top5_v3']:>9.1%}{figures['wrongly_taken']:>7.1%}{figures['p99_ms']:>8}"
            )
    return "\n".join(lines)


def evaluate(*, as_json: bool, wrong: bool, rome: Path | None = None) -> int:
    """Print the measures, with the lexicon alone or with an archive of the official referential."""
    referential = read_referential(read_source(str(rome))) if rome else None
    occupations = Occupations(load_lexicon(), referential)
    occupations.search("xyzzy")  # what is made once, at the first need, is no look-up
    gc.collect()
    gc.freeze()  # as the application does
    source = f"ROME version {occupations.version}" if occupations.version else "the embedded lexicon"
    result = {"source": source} | measured(occupations)
    print(
        json.dumps(result, ensure_ascii=False, indent=2) if as_json else f"With {source}\n{as_text(result)}"
    )
    if wrong and not as_json:
        print("\n".join(mistakes(occupations)))
    return 0
