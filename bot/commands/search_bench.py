"""A process of its own for measuring the search of jobs and places: `python -m bot.commands.search_bench`.

Queries are the embedded names with one letter mistyped, so that nothing is found by its exact words. Prints seconds of
processor and MiB as JSON: {"load", "grown_mib", "job_p99", "job_scan", "place_p99"}; `job_scan` is what a plain scan of
all titles with rapidfuzz takes for one query (the baseline).
"""

from __future__ import annotations

import gc
import json
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from rapidfuzz import fuzz, process

from bot.sources.occupations import Occupations
from bot.sources.occupations.lexicon import load_lexicon
from bot.sources.occupations.titles import folded_titles
from bot.sources.places import places

QUERIES = 1_500
SCANS = 20


def main() -> None:
    """Measure, and print the figures."""
    folded_titles(load_lexicon(), None)  # kept from now on, as for any start but the very first
    memory, start = _memory(), time.process_time()
    occupations = Occupations(load_lexicon())
    load, grown = time.process_time() - start, _memory() - memory
    names = [" ".join(words) for words, _, _ in folded_titles(load_lexicon(), None)]
    chance = random.Random(1)
    typed = [_mistyped(chance.choice(names), chance) for _ in range(QUERIES)]
    known = places()
    towns = [_mistyped(known.by_code(code).name, chance) for code in _towns(chance)]  # type: ignore[union-attr]
    occupations.search("xyzzy")
    known.search("Toulouze")
    gc.collect()
    gc.freeze()  # as the application does once it runs
    figures = {
        "load": load,
        "grown_mib": max(0.0, grown),
        "job_p99": _p99(occupations.search, typed),
        "job_scan": _mean(
            lambda text: process.extract(text, names, scorer=fuzz.WRatio, limit=5), typed[:SCANS]
        ),
        "place_p99": _p99(known.search, towns),
    }
    print(json.dumps(figures))


def _towns(chance: random.Random) -> list[str]:
    """Codes of communes of every size."""
    from bot.sources.places.table import FOLDER, SortedLines

    codes = [line.split(",", 1)[0] for line in SortedLines(FOLDER / "communes.csv")]
    return chance.sample(codes, QUERIES)


def _mistyped(name: str, chance: random.Random) -> str:
    place = chance.randrange(1, max(2, len(name) - 1))
    return name[:place] + chance.choice("aeirst") + name[place + 1 :]


def _p99(search: Callable[[str], object], texts: Sequence[str]) -> float:
    spent = []
    for text in texts:
        start = time.process_time()
        search(text)
        spent.append(time.process_time() - start)
    return statistics.quantiles(spent, n=100)[98]


def _mean(search: Callable[[str], object], texts: Sequence[str]) -> float:
    start = time.process_time()
    for text in texts:
        search(text)
    return (time.process_time() - start) / len(texts)


def _memory() -> float:
    """Memory of this process in MiB: now, where the system tells (Linux), else at its highest."""
    with suppress(OSError):
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / (1 << 20)
    highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return highest / (1 << 20) if sys.platform == "darwin" else highest / 1024


if __name__ == "__main__":
    main()
