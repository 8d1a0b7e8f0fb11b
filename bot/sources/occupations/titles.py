"""Every name that leads to an occupation, folded and ready for the index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.sources import plain as plain_module
from bot.sources.kept import digest_of, kept
from bot.sources.occupations import folding, said
from bot.sources.occupations.folding import both_genders, tokens
from bot.sources.occupations.lexicon import FOLDER, GroupEntry
from bot.sources.occupations.referential import Referential
from bot.sources.plain import plain

RARE = 0.04
"""What a title that few people use loses."""
NOT_OFFICIAL = 0.06
"""What a name of the lexicon loses where the referential gives the very words to another occupation."""
BARE = 0.08
"""What a name loses without the words around it ("travailler chez le dentiste")."""

Folded = tuple[tuple[str, ...], str, float]
"""The folded words of a name, the code that it leads to, and what its score loses."""


@dataclass(frozen=True, slots=True)
class Title:
    """A name that leads to an occupation. `rare`: the referential says that few people use it; `official`: it
    is the referential's.
    """

    text: str
    code: str
    rare: bool = False
    official: bool = False


def folded_titles(groups: Mapping[str, GroupEntry], referential: Referential | None) -> Sequence[Folded]:
    """The names of the lexicon, and of the referential where there is one, each once for a code."""
    sources = (Path(str(module.__file__)) for module in (folding, said, plain_module))
    files = (*sources, Path(__file__), said.FILE)
    version = f"{referential.version} {referential.digest}" if referential else ""
    lexicon = repr([(code, group.fr, group.en, group.fine) for code, group in groups.items()])
    key = digest_of((version.encode(), lexicon.encode(), *(file.read_bytes() for file in files)))
    if referential is not None and not referential.digest:
        return _folded(titles(groups, referential))  # of no file: not to be told from another one
    name = "titles.official" if referential else "titles"
    return kept(FOLDER, name, key, lambda: _folded(titles(groups, referential)))


def _folded(found: Iterable[Title]) -> list[Folded]:
    folded: dict[tuple[tuple[str, ...], str], float] = {}
    official: dict[tuple[str, ...], set[str]] = {}
    for title in found:
        for place, words in enumerate(forms(title.text)):
            if title.official and not place:
                official.setdefault(words, set()).add(title.code)
            penalty = RARE * title.rare + BARE * (place > 0)
            if not title.official and title.code not in official.get(words, {title.code}):
                penalty += NOT_OFFICIAL
            known = folded.get((words, title.code))
            if known is None or penalty < known:
                folded[words, title.code] = penalty
    return [(words, code, penalty) for (words, code), penalty in folded.items()]


def forms(text: str) -> tuple[tuple[str, ...], ...]:
    """The folded words of a name, and of what is left without the words around a job, if that differs."""
    words = tokens(text)
    bare = said.without_around(plain(text), soft=False)
    return tuple(dict.fromkeys((words, tokens(bare)))) if bare else (words,)


def titles(groups: Mapping[str, GroupEntry], referential: Referential | None) -> Iterable[Title]:
    """Every name, official titles first."""
    if referential is not None:
        for title in referential.titles:
            for name in both_genders(title.text):
                yield Title(name, title.code, title.rare, official=True)
    gone = referential.successors if referential else {}
    for group in groups.values():
        for code, fine in group.fine.items():
            for name in (*both_genders(fine.label), *fine.fr, *fine.en):
                yield Title(name, gone.get(code, code))
        for general in _general_titles(group):
            yield Title(general.text, gone.get(general.code, general.code))


def _general_titles(group: GroupEntry) -> Iterable[Title]:
    """The everyday labels of a group lead to its most common occupation, where none of its own bears them already."""
    taken = {
        tokens(name)
        for fine in group.fine.values()
        for name in (*both_genders(fine.label), *fine.fr, *fine.en)
    }
    main = max(group.fine, key=lambda code: (group.fine[code].common, code))
    for name in (*both_genders(group.fr), group.en):
        if tokens(name) not in taken:
            yield Title(name, main)
