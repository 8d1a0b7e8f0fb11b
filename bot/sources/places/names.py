"""From a name to the places that bear it: as it is, as the beginning of a longer one, or misspelt."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cached_property
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.sources.places.spelling import key, sounds, spelt, without_article
from bot.sources.places.table import ABROAD, FOLDER, SortedLines


class How(IntEnum):
    """How words name a place, the surest first."""

    EXACT = 0
    WITHOUT_ARTICLE = 1
    FORMER = 2
    """A name that it had, that a part of it had, or that it has in another language."""
    SHORT = 3
    """The beginning of its name."""
    MISSPELT = 4


@dataclass(frozen=True, slots=True)
class Named:
    """A place that words may name. `wrong`: about how many letters differ, 0 unless misspelt.

    `doubtful`: misspelt, and too small, too far or too like another name to be taken.
    """

    code: str
    how: How
    people: int
    wrong: float = 0.0
    doubtful: bool = False

    @property
    def abroad(self) -> bool:
        return self.code.startswith(ABROAD)


SHORTEST_BEGINNING = 3
"""Letters of the beginning of a name from which longer names are looked for."""
SHORTEST_MISSPELT, LONGEST_MISSPELT = 4, 45
MOST_NEAR = 40
"""Names near to a misspelt one that are looked at more closely."""
FEWEST_LETTERS = 3
"""Different letters of a misspelt name: "aaaa" is none."""
SHORTEST_ABROAD = 6
"""Letters from which a misspelt city abroad is looked for."""


SHORTEST_START, LARGE = 4, 20_000
"""Letters of the beginning of a word, and inhabitants of the towns that are looked for behind it: "perpi"."""
SURE_OF_TWO_FROM = 12
"""Letters from which a name with two wrong ones is taken: "violence" is not Valence."""
FORMER_NAME = 1.0
"""Letters that a name which a place bears no longer counts as wrong, besides those that are."""


def _sure_from(letters: int) -> int:
    """Inhabitants from which a misspelt place is taken: words of few letters resemble many names."""
    return 20_000 if letters <= 6 else 8_000 if letters < 10 else 2_000


def _known_from(letters: int) -> int:
    """Inhabitants from which a place is looked for behind more than one wrong letter."""
    return 20_000 if letters <= 8 else 2_000 if letters < 12 else 0


class Names:
    """The index. Names are compared by `key`, without spaces: "aixenprovence" is no misspelling."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._exact = SortedLines(folder / "names.csv")
        self._beginnings = SortedLines(folder / "beginnings.csv")
        self._shapes = SortedLines(folder / "shapes.csv")
        self._nicknames_file = folder / "nicknames.csv"

    @cached_property
    def _nicknames(self) -> Mapping[str, tuple[str, ...]]:
        with self._nicknames_file.open(encoding="utf-8", newline="") as lines:
            return {key(row["name"]): tuple(row["codes"].split("|")) for row in csv.DictReader(lines)}

    def nickname(self, words: str) -> tuple[str, ...]:
        """Codes of what a nickname, a metropolitan or a customary name means; () for none."""
        bare = without_article(spelt(words)).replace(" ", "")
        return self._nicknames.get(key(words)) or self._nicknames.get(bare, ())

    def exact(self, words: str) -> list[Named]:
        """Places whose whole name this is: the present one, then without its article, then former ones."""
        said = key(words)
        found = {one.code: one for one in self._rows(said)}
        bare = without_article(spelt(words)).replace(" ", "")
        for one in self._rows(bare):
            if one.how <= How.WITHOUT_ARTICLE:
                found.setdefault(one.code, Named(one.code, How.WITHOUT_ARTICLE, one.people))
        return list(found.values())

    def _rows(self, said: str) -> list[Named]:
        found = []
        for line in self._exact.starting(f"{said},") if said else ():
            _, how, code, people = line.split(",")
            found.append(Named(code, How(int(how)), int(people)))
        return found

    def beginning(self, words: str) -> list[Named]:
        """Communes whose name goes on after these words: "aix" -> Aix-en-Provence; an s more or less at the end."""
        said = spelt(words)
        found: dict[str, Named] = {}
        other = said[:-1] if said.endswith("s") else f"{said}s"
        for start, wrong in ((said, 0.0), (without_article(said), 0.0), (other, 1.0)):
            if len(start) < SHORTEST_BEGINNING:
                continue
            for line in self._beginnings.starting(f"{start} "):
                _, code, people = line.split(",")
                found.setdefault(code, Named(code, How.SHORT, int(people), wrong))
        return list(found.values())

    def misspelt(self, words: str) -> list[Named]:
        """Places whose name differs by a letter, or by two or three in long names."""
        said = key(words)
        if not SHORTEST_MISSPELT <= len(said) <= LONGEST_MISSPELT or len(set(said)) < FEWEST_LETTERS:
            return []
        most = 1 if len(said) <= 6 else 2 if len(said) <= 15 else 3
        near: list[str] = []
        for length in range(len(said) - most, len(said) + most + 1):
            for shape in {f"{said[0]}{length}", f"{said[-3:]}{length}"}:
                row = self._shapes.row(shape)
                near += row[1].split("|") if row else ()
        heard = sounds(said)
        found: dict[str, tuple[Named, int]] = {}
        for name, distance, _ in process.extract(
            said, near, scorer=OSA.distance, score_cutoff=most + 1, limit=MOST_NEAR
        ):
            wrong = min(distance, OSA.distance(heard, sounds(name)) + 0.5)
            if wrong > most:
                continue
            for one in self._rows(name):
                if one.abroad and (
                    len(said) < SHORTEST_ABROAD
                    or distance > max(1, len(said) // 6)
                    or one.how is not How.EXACT
                ):
                    continue
                if wrong > 1 and one.people < _known_from(len(said)):
                    continue
                off = wrong + FORMER_NAME if one.how is How.FORMER else wrong
                if one.code not in found or off < found[one.code][0].wrong:
                    doubtful = (
                        one.abroad
                        or one.how is How.FORMER
                        or one.people < _sure_from(len(said))
                        or (wrong > 1 and len(said) < SURE_OF_TWO_FROM)
                    )
                    found[one.code] = Named(one.code, How.MISSPELT, one.people, off, doubtful), int(distance)
        return _compared(found.values(), exactly=len(said) > LONGEST_DENSE)

    def starting(self, words: str) -> list[Named]:
        """Large towns whose name the words begin, cut short: "perpi" -> Perpignan, "clermont f"."""
        if len(words) < SHORTEST_START:
            return []
        found = []
        for line in self._beginnings.starting(words) if " " in words else ():
            _, code, people = line.split(",")
            if int(people) >= LARGE:
                found.append(Named(code, How.MISSPELT, int(people), 1.0, doubtful=True))
        if found:
            only = len({one.code for one in found}) == 1
            return [replace(one, doubtful=False) for one in found] if only else found
        for line in self._exact.starting(words):
            _, how, code, people = line.split(",")
            if int(how) == How.EXACT and int(people) >= LARGE and not code.startswith(ABROAD):
                found.append(Named(code, How.MISSPELT, int(people), 1.0, doubtful=True))
        return found


LONGEST_DENSE = 6
"""Letters up to which names lie so close together that one just as near is a reason to ask."""


def _compared(found: Iterable[tuple[Named, int]], *, exactly: bool) -> list[Named]:
    """Misspelt places with their distance in letters; doubtful are those to which another is nearer.

    `exactly`: as near is no doubt, neither is it for one that sounds like what was typed.
    """
    listed = list(found)
    compared = []
    for named, distance in listed:
        rivals = [other for one, other in listed if one.code != named.code and not one.abroad]
        as_near = not exactly and named.wrong >= 1
        closer = any(other < distance or (other == distance and as_near) for other in rivals)
        compared.append(replace(named, doubtful=True) if closer else named)
    return compared
