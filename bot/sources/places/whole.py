"""Words that are, all of them, a name: of a place, customary, or of an area."""

from __future__ import annotations

from dataclasses import replace

from bot.sources.found import Decision
from bot.sources.places.areas import Areas
from bot.sources.places.deciding import LARGE, MOST, Decided, decide, score
from bot.sources.places.everyday import is_everyday, is_one_word
from bot.sources.places.names import How, Named, Names
from bot.sources.places.spelling import spelt
from bot.sources.places.table import ABROAD, Table

WELL_KNOWN = 20_000
"""Inhabitants from which a place is offered too where the words, one letter aside, only begin another's name."""
FAMOUS = 1_000_000
"""Inhabitants from which a city abroad is meant by its name, whatever French town is spelt nearly so."""
KNOWN_ABROAD, KNOWN_BY_ANOTHER_NAME = 100_000, 500_000
"""Inhabitants from which a city abroad is taken by its name, and by another than the French and its own."""
KNOWN_AT_THE_BORDER = 10_000
"""The same in the neighbouring countries."""
NAMESAKE, NAMESAKE_WITH_ARTICLE = 500, 10_000
"""Inhabitants from which a commune named like a word of every day is asked about, and taken: La Madeleine."""
SHORTEST_FORMER = 3
"""Letters up to which a name that no place bears any longer is asked about: "fa"."""
NEIGHBOURS = frozenset("BE CH LU MC DE".split())


class Whole:
    """Reads plain words as one name."""

    def __init__(self, table: Table, names: Names, areas: Areas) -> None:
        self._table = table
        self._names = names
        self._areas = areas

    def search(self, words: str) -> Decided | None:
        """All of the words are a name: of a place, customary, or of an area."""
        nickname = self._names.nickname(words)
        if nickname:
            return self.customary(nickname)
        areas = self._areas.named(words)
        exact = self._without_glue(words, self._names.exact(words))
        if areas:
            return self._areas.ask(areas, [one for one in exact if one.how <= How.WITHOUT_ARTICLE])
        if is_everyday(words):
            return self._namesake(words, [one for one in exact if not one.abroad])
        exact = self._written_so(words, exact)
        found = decide([*exact, *self._longer(words, exact)], words=len(words.split()))
        if found and len(words) <= SHORTEST_FORMER and all(one.how is How.FORMER for one in exact):
            found = Decision.ASK, found[1]
        return self._or_at_home(words, exact, found) if found else None

    def _without_glue(self, words: str, exact: list[Named]) -> list[Named]:
        """Not Dangers for "d'Angers", nor Denicé for "de Nice": the preposition is no part of a smaller town's name."""
        preposition, _, rest = words.partition(" ")
        if not exact or preposition not in ("d", "de"):
            return exact
        larger = max((one.people for one in self._names.exact(rest) if not one.abroad), default=0)
        return [one for one in exact if one.people >= larger]

    def _written_so(self, words: str, exact: list[Named]) -> list[Named]:
        """Not Lemuy for "le muy" nor Château-Renard for "chateaurenard", where the larger town is written so."""
        very = [one for one in exact if one.how is How.EXACT and not one.abroad]
        if len(very) < 2:
            return exact
        first = max(very, key=lambda one: one.people)
        written = {one.code: spelt(place.name) for one in very if (place := self._table.place(one.code))}
        if first.people < LARGE or written.get(first.code) != words:
            return exact
        return [one for one in exact if written.get(one.code, words) == words]

    def _namesake(self, words: str, exact: list[Named]) -> Decided | None:
        """Communes whose very name words of every day are: several words name one, a single word asks."""
        found = decide(exact)
        if not found or not is_one_word(words):
            return found
        people = {one.code: one.people for one in exact}
        first = max(exact, key=lambda one: one.people)
        with_article = " " in words and first.how is How.EXACT
        if found[0] is Decision.TAKE and with_article and first.people >= NAMESAKE_WITH_ARTICLE:
            return found
        known = [row for row in found[1] if with_article or people[row[0]] >= NAMESAKE]
        return (Decision.ASK, known) if known else None

    def _or_at_home(self, words: str, exact: list[Named], found: Decided) -> Decided:
        """A far city of little fame is asked about, and what is a letter away in France with it: "chamberi"."""
        decision, places = found
        code = places[0][0]
        if decision is not Decision.TAKE or not code.startswith(ABROAD):
            return found
        named = next(one for one in exact if one.code == code)
        near_home = self._table.country(code) in NEIGHBOURS and named.people >= KNOWN_AT_THE_BORDER
        if named.how is How.EXACT and (near_home or named.people >= FAMOUS):
            return found
        begun = [] if " " in words or named.people >= KNOWN_BY_ANOTHER_NAME else self._names.starting(words)
        if begun:
            # "basti": the beginning of a large French town's name rather than a city of little fame.
            return Decision.ASK, [
                (one.code, score(one)) for one in sorted(begun, key=lambda one: -one.people)
            ][:MOST]
        near = [one for one in self._names.misspelt(words) if one.wrong <= 1 and one.people >= WELL_KNOWN]
        at_home = decide([one for one in near if not one.abroad and not one.doubtful])
        if at_home:
            return Decision.ASK, [*at_home[1][: MOST - 1], *places]
        known = KNOWN_ABROAD if named.how is How.EXACT else KNOWN_BY_ANOTHER_NAME
        return found if named.people >= known else (Decision.ASK, places)

    def _longer(self, words: str, exact: list[Named]) -> list[Named]:
        """Names that begin with the words and, if nothing has just that name, well-known ones a letter away."""
        longer = self._names.beginning(words)
        if any(one.how is How.EXACT for one in exact):
            return longer
        if not any(one.wrong == 0 for one in longer):
            return []
        return longer + [
            replace(one, how=How.SHORT)
            for one in self._names.misspelt(words)
            if one.wrong <= 1 and one.people >= WELL_KNOWN and not one.abroad
        ]

    def customary(self, codes: tuple[str, ...]) -> Decided:
        if len(codes) > 1:
            return Decision.ASK, [(code, 0.9) for code in codes[:MOST]]
        if codes[0] in self._table.areas:
            return self._areas.ask(list(codes), [])
        return Decision.TAKE, [(codes[0], 0.9)]
