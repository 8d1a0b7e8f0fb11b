"""The sorted indexes beside the tables of places: names, beginnings of names, shapes of names, postcodes.

They say nothing that the tables do not say; they are there so that nothing is computed when Bob starts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from bot.sources.places.names import SHORTEST_MISSPELT, How
from bot.sources.places.spelling import key, spelt, without_article
from bot.sources.places.table import ABROAD, PARENTS, SortedLines, is_arrondissement

FOREIGN_MISSPELT_FROM = 100_000
"""Inhabitants of a city abroad from which misspellings of its name are understood."""


def write(folder: Path) -> None:
    """Write the indexes of the tables in a folder."""
    communes = [line.split(",") for line in SortedLines(folder / "communes.csv")]
    cities = [line.split(",") for line in SortedLines(folder / "cities.csv")]
    names = _names(communes, cities)
    _lines(folder / "names.csv", "key,how,code,population", (",".join(map(str, row)) for row in names))
    _lines(folder / "beginnings.csv", "name,code,population", _beginnings(communes))
    _lines(folder / "shapes.csv", "shape,keys", _shapes(names))
    _lines(folder / "postcodes.csv", "postcode,codes", _postcodes(communes))


def _lines(file: Path, heading: str, lines: Iterable[str]) -> None:
    ordered = sorted({line.encode() for line in lines})
    file.write_bytes(b"\n".join((heading.encode(), *ordered)) + b"\n")


def _names(communes: list[list[str]], cities: list[list[str]]) -> set[tuple[str, int, str, int]]:
    """Key of a name, how it names the place, code of the place, its inhabitants; the surest way only."""
    rows: dict[tuple[str, str], tuple[int, int]] = {}

    def add(name: str, how: How, code: str, people: str) -> None:
        if name:
            before = rows.get((name, code), (int(how), 0))
            rows[name, code] = (min(before[0], int(how)), int(people))

    for row in communes:
        add(key(row[1]), How.EXACT, row[0], row[5])
        add(without_article(spelt(row[1])).replace(" ", ""), How.WITHOUT_ARTICLE, row[0], row[5])
        for name in row[9].split("|"):
            add(key(name), How.FORMER, row[0], row[5])
    for row in cities:
        add(key(row[1]), How.EXACT, row[0], row[4])
        add(key(row[7]), How.EXACT, row[0], row[4])
        for name in row[8].split("|"):
            add(key(name), How.FORMER, row[0], row[4])
    return {(name, how, code, people) for (name, code), (how, people) in rows.items()}


def _beginnings(communes: list[list[str]]) -> Iterable[str]:
    """Names of several words, with spaces; without their article too."""
    for row in communes:
        name = spelt(row[1])
        if not is_arrondissement(row[0]):
            for form in (name, without_article(name)):
                if " " in form:
                    yield f"{form},{row[0]},{row[5]}"


def _shapes(names: Iterable[tuple[str, int, str, int]]) -> Iterable[str]:
    """Keys of the same length and first letter, or last three letters: where a misspelt name is looked for."""
    shapes: dict[str, set[str]] = defaultdict(set)
    for name, _, code, people in names:
        abroad = code.startswith(ABROAD)
        if len(name) >= SHORTEST_MISSPELT and not (abroad and people < FOREIGN_MISSPELT_FROM):
            shapes[f"{name[0]}{len(name)}"].add(name)
            shapes[f"{name[-3:]}{len(name)}"].add(name)
    return (f"{shape},{'|'.join(sorted(listed))}" for shape, listed in shapes.items())


def _postcodes(communes: list[list[str]]) -> Iterable[str]:
    """Codes of the communes of each postcode, the largest first; arrondissements instead of their city."""
    there: dict[str, list[list[str]]] = defaultdict(list)
    for row in communes:
        if row[0] not in PARENTS.values():
            for postcode in row[2].split():
                there[postcode].append(row)
    for postcode, rows in there.items():
        rows.sort(key=lambda row: -int(row[5]))
        yield f"{postcode},{'|'.join(row[0] for row in rows)}"
