"""From words to occupations: take one, propose a few, or ask to say it otherwise."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from bot.sources.found import MOST, Candidate, Decision, Found, in_turn
from bot.sources.occupations.folding import SMALL_WORDS, fold, tokens
from bot.sources.occupations.index import TitleIndex
from bot.sources.occupations.known import KnownOccupation
from bot.sources.occupations.naming import COMMON, ONE_WORD, THEME, Named, is_much_more_common, only_wish
from bot.sources.occupations.said import (
    Said,
    drops_soft,
    is_around,
    is_chat,
    is_wished,
    joined_parts,
    take_apart,
    wished_part,
    without_around,
    without_dots,
    without_opening,
)
from bot.sources.plain import plain

SURE = 0.86
"""Score from which a name is the one meant, if no other comes near it."""
AHEAD = 0.05
"""How far it must be ahead of the next occupation."""
CLOSE = 0.56
"""Score from which an occupation is worth proposing."""
NEARLY = 0.55
"""Share of the best score below which a proposal only distracts."""
EXPLAINED, EXPLAINED_ALONE = 0.36, 0.68
"""How much of several words, of one word alone, a name must account for: less is mere resemblance."""
MOST_WORDS = 40
"""Words of a sentence that are looked at."""
_WORD = re.compile(r"[^\W_]+")
LONGEST_NAME = 6
"""Words of a name looked for inside a sentence."""
SHORTEST, LONGEST_ACRONYM = 2, 4
LONG_NAME = 3
"""Words of a name that is taken whole, commas and all."""
EXACT = 0.94
"""Score of the very words."""
NAMED = 0.78
"""Score from which words between commas are a job of their own."""
SOFT = 0.06
"""What a find loses when words were left out that may belong to the name of a job."""
WHOLE_THEME = 0.9

Scores = dict[int, float]


class OccupationFinder:
    """Searches titles of occupations, and themes ("avec des enfants") that stand for several of them."""

    def __init__(
        self,
        occupations: Sequence[KnownOccupation],
        titles: Sequence[tuple[tuple[str, ...], int, float]],
        themes: Iterable[tuple[str, Sequence[int]]] = (),
    ) -> None:
        """`titles`: folded words, the number of the occupation they lead to, and what their score loses; `themes`: a
        name and the occupations it stands for, best first.
        """
        self._occupations = occupations
        self._entry = [entry for _, entry, _ in titles]
        self._penalty = [penalty for _, _, penalty in titles]
        self._index = TitleIndex([words for words, _, _ in titles], self._entry)
        self._themes = {_key(tokens(name)): tuple(entries) for name, entries in themes}

    def warm_up(self) -> None:
        """Make the tables of misspelt words now."""
        self._index.search(("xyzzy",))

    def search(self, text: str) -> Found[KnownOccupation]:
        """What a person typed about their job, in French or English."""
        text = without_dots(unicodedata.normalize("NFC", text))
        found = self._said_outright(text)
        if found is None:
            said = take_apart(text)
            found = self._of_no_job(text, said) or self._of_jobs(text, said)
        return found

    def _said_outright(self, text: str) -> Found[KnownOccupation] | None:
        """All of the text is a theme, a whole label or an acronym; None where it is not."""
        theme = self._themes.get(_key(tokens(text))) or self._misspelt_theme(text)
        if theme:
            return self._of_theme(theme)
        outright = self._outright(text)
        return self._decided(outright) if outright else None

    def _of_no_job(self, text: str, said: Said) -> Found[KnownOccupation] | None:
        """They do not know, speak of a theme, look for any work, or say something else; None where a job is named."""
        if said.unknown:
            return Found(Decision.UNKNOWN)
        theme = self._theme(said.whole)
        if theme is not None:
            return theme
        if said.any_work:
            named = self.named(text)  # "travailler dans la formation"
            return _ask(named[0].candidates) if named else Found(Decision.UNKNOWN)
        if is_chat(said.whole):
            return Found(Decision.UNKNOWN if said.undecided else Decision.REPHRASE)
        return None

    def _of_jobs(self, text: str, said: Said) -> Found[KnownOccupation]:
        """One job, several, or a sentence around them."""
        if len(said.parts) > 1 and not any(map(is_sentence, said.parts)):
            several = self._of_several(said.parts)
            if several is not None:
                return several
        whole = self._of(said.whole)
        if whole.taken and (whole.candidates[0].score >= EXACT or not is_sentence(said.whole)):
            return whole
        if is_sentence(said.whole):
            return self._of_sentence(text, whole, undecided=said.undecided)
        several = self._of_joined(said.whole)
        if several is not None:
            return several
        return self._of_sentence(text, whole) if whole.decision is Decision.REPHRASE else whole

    def _outright(self, text: str) -> Scores:
        """The occupations whose name is just this: a whole label, or an acronym ("AS"), small word though it may be."""
        words = tokens(text)
        if len(words) < LONG_NAME and not self._is_acronym(text):
            return {}
        found: Scores = {}
        for name in self._index.exact(words):
            entry = self._entry[name]
            score = 1.0 - self._penalty[name] + COMMON * (self._occupations[entry].common - 5)
            found[entry] = max(found.get(entry, 0.0), score)
        return found

    def _is_acronym(self, text: str) -> bool:
        word = plain(text)
        return (
            1 < len(word) <= LONGEST_ACRONYM
            and " " not in word
            and (text.strip().isupper() or not is_around(word))
        )

    def _of_several(self, parts: Sequence[str]) -> Found[KnownOccupation] | None:
        """Several jobs named: the best of each in turn; None where fewer than two lead anywhere."""
        found = [self._theme(part) or self._of(part) for part in _wished_first(parts)[: 2 * MOST]]
        known = [one for one in found if one.candidates and one.candidates[0].score >= NAMED]
        if len(known) < 2:
            return None
        taken = {one.taken.code for one in known if one.taken}
        if len(taken) == 1 and all(one.taken for one in known):
            return known[0]  # both genders of one
        return _ask(in_turn([one.candidates for one in known], lambda one: one.entry.code))

    def _of_joined(self, words: str) -> Found[KnownOccupation] | None:
        """Jobs joined by "et", each of which is sure; None for the name of one job."""
        parts = joined_parts(words)
        if len(parts) < 2 or any(self._of(part).decision is not Decision.TAKE for part in parts[:MOST]):
            return None
        return self._of_several(parts[:MOST])

    def _theme(self, words: str) -> Found[KnownOccupation] | None:
        """The occupations of a theme, if that is all that is said, and no title ("conducteur de travaux") either."""
        for said in filter(None, (words, without_opening(words))):
            found = self._themes.get(_key(tokens(said)))
            if found:
                return self._of_theme(found)
        if self._index.exact(tokens(words)):
            return None
        bare = without_around(words, soft=False)
        if bare and self._index.exact(tokens(bare)):
            return None
        found = self._themes.get(_key(tokens(bare or without_around(words))))
        return self._of_theme(found) if found else None

    def _misspelt_theme(self, text: str) -> Sequence[int] | None:
        """The theme of one word that is misspelt ("vandeuse"), as if it were written well."""
        words = tokens(text)
        if len(words) != 1:
            return None
        meant = self._index.meant(words[0])
        return self._themes.get(meant) if meant else None

    def _of_theme(self, entries: Sequence[int]) -> Found[KnownOccupation]:
        return _ask([Candidate(self._occupations[entry], WHOLE_THEME) for entry in entries])

    def _of(self, words: str) -> Found[KnownOccupation]:
        """One job in plain words."""
        bare = without_around(words)
        if len(words) < SHORTEST:
            return Found(Decision.REPHRASE)
        best: Scores = {}
        for said in dict.fromkeys((bare,) if is_sentence(words) else filter(None, (words, bare))):
            if said != words and len(said) <= LONGEST_ACRONYM - 1:
                continue  # "qui es tu" is not the ES of the social sector
            less = SOFT if said != words and drops_soft(words) else 0.0
            for entry, score in self._scores(tokens(said)).items():
                score -= less
                best[entry] = max(best.get(entry, 0.0), score)
        return self._decided(best)

    def _scores(self, words: tuple[str, ...]) -> Scores:
        """The occupations that resemble the words, with the score of their best title."""
        scores: Scores = {}
        for name in self._index.exact(words):
            entry = self._entry[name]
            scores[entry] = max(scores.get(entry, 0.0), 1.0 - self._penalty[name])
        least = EXPLAINED_ALONE if len(set(words)) == 1 else EXPLAINED
        for hit in self._index.search(words):
            if hit.explained < least:
                continue
            entry = self._entry[hit.name]
            score = min(hit.score, 0.97) - self._penalty[hit.name]
            scores[entry] = max(scores.get(entry, 0.0), score)
        return {
            entry: score + COMMON * (self._occupations[entry].common - 5) for entry, score in scores.items()
        }

    def _decided(self, scores: Scores) -> Found[KnownOccupation]:
        ranked = sorted(scores.items(), key=lambda one: (-one[1], self._occupations[one[0]].code))
        if not ranked or ranked[0][1] < CLOSE:
            return Found(Decision.REPHRASE)
        candidates = [
            Candidate(self._occupations[entry], round(max(score, 0.0), 3)) for entry, score in ranked
        ]
        first, score = ranked[0]
        rivals = [entry for entry, other in ranked[1:] if other > score - AHEAD]
        mine = self._occupations[first]
        if score >= SURE and all(is_much_more_common(mine, self._occupations[entry]) for entry in rivals):
            return Found(Decision.TAKE, (candidates[0],))
        return _ask([one for one in candidates if one.score >= score * NEARLY])

    def named(self, text: str) -> list[Named]:
        """The names of jobs and the themes inside a sentence: the longest first take their words."""
        parts = [(match.start(), match.end(), plain(match[0])) for match in _WORD.finditer(text)]
        parts = [part for part in parts if part[2] and part[2] not in SMALL_WORDS][:MOST_WORDS]
        taken: set[int] = set()
        named = []
        for length in range(min(LONGEST_NAME, len(parts)), 0, -1):
            for start in range(len(parts) - length + 1):
                span = range(start, start + length)
                if not taken.isdisjoint(span) or is_around(parts[start][2]):
                    continue
                found = self._exactly(tuple(fold(part[2]) for part in parts[start : start + length]))
                if found:
                    taken.update(span)
                    begin = parts[start][0]
                    words = text[begin : parts[start + length - 1][1]]
                    named.append(Named(words, length, is_wished(plain(text[:begin])), tuple(found)))
        return named

    def _of_sentence(
        self, text: str, whole: Found[KnownOccupation], *, undecided: bool = False
    ) -> Found[KnownOccupation]:
        """A sentence: what is named inside it, then what resembles what follows "je voudrais être"."""
        named = self.named(text)
        if undecided and not named:
            return Found(Decision.UNKNOWN)
        outright = only_wish(named, plain(text))
        if outright is not None:
            return outright
        window = self._of(wished_part(plain(text)))
        scores: dict[str, Candidate[KnownOccupation]] = {}
        for one in (
            *whole.candidates,
            *window.candidates,
            *(each for name in named for each in name.scored()),
        ):
            known = scores.get(one.entry.code)
            if known is None or known.score < one.score:
                scores[one.entry.code] = one
        if not scores:
            return Found(Decision.REPHRASE)
        return _ask(sorted(scores.values(), key=lambda one: (-one.score, -one.entry.common, one.entry.code)))

    def bearing(self, words: str) -> list[KnownOccupation]:
        """The occupations that bear just this name."""
        entries = dict.fromkeys(self._entry[name] for name in self._index.exact(tokens(words)))
        return [self._occupations[entry] for entry in entries]

    def _exactly(self, words: tuple[str, ...]) -> list[Candidate[KnownOccupation]]:
        """The occupations of just these words as a name or a theme; a bare small word is not one."""
        if len(words) == 1 and (len(words[0]) < 3 or not without_around(words[0])):
            return []
        theme = self._themes.get(_key(words))
        if theme:
            return [
                Candidate(self._occupations[entry], THEME - place / 100) for place, entry in enumerate(theme)
            ]
        entries = dict.fromkeys(self._entry[name] for name in self._index.exact(words))
        ordered = sorted(entries, key=lambda entry: -self._occupations[entry].common)
        return [Candidate(self._occupations[entry], ONE_WORD) for entry in ordered]


def _wished_first(parts: Sequence[str]) -> list[str]:
    """What is over, or not wanted any more, comes last."""
    return sorted(parts, key=lambda part: is_wished(part) is False)


def _ask(candidates: Iterable[Candidate[KnownOccupation]]) -> Found[KnownOccupation]:
    """A question among distinct occupations."""
    distinct: dict[str, Candidate[KnownOccupation]] = {}
    for one in candidates:
        distinct.setdefault(one.entry.code, one)
    return Found(Decision.ASK, tuple(distinct.values())[:MOST])


def is_sentence(words: str) -> bool:
    """Whether plain words say more than a title."""
    return len(words.split()) > LONGEST_NAME


def _key(words: Iterable[str]) -> str:
    return " ".join(sorted(set(words)))
