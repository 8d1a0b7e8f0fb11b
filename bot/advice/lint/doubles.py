"""Items that say nearly the same thing."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz

from bot.advice.faults import Fault
from bot.advice.items import Action, Catalogue, Pitch, Strategy, Wording
from bot.advice.lint.said import Item
from bot.advice.unwritten import unwritten
from bot.advice.wording import choose_form


@dataclass(frozen=True, slots=True)
class _Likeness:
    """A part of an item's words, and the ratio (0 to 100) from which two of them count as doubles.

    The thresholds lie between the likest pairs of items that reviewers hold to be two things (87 for texts, 73 for
    the others) and copies in which a few words were changed.
    """

    field: str
    words: Callable[[Wording | Pitch], str]
    scorer: Callable[..., float]
    too_close: int


IN_COMMON = 0.4
"""Share of the words of the shorter text that the other one holds too, wherever two texts are too close."""


def _all_words(wording: Wording | Pitch) -> str:
    if isinstance(wording, Pitch):
        return f"{wording.title} {wording.text}"
    return f"{wording.text} {wording.first} {wording.easier}"


def _payload(wording: Wording | Pitch) -> str:
    return (wording.payload if isinstance(wording, Wording) else None) or ""


_LIKENESSES = (
    _Likeness("text", lambda wording: wording.text, fuzz.token_set_ratio, 88),
    _Likeness("text", _all_words, fuzz.token_sort_ratio, 82),
    _Likeness("payload", _payload, fuzz.token_sort_ratio, 85),
)


def doubles(catalogue: Catalogue) -> Iterator[Fault]:
    """One fault per pair and language, on the later of the two."""
    yield from _among(catalogue.actions)
    yield from _among(catalogue.strategies)


def _among(items: Sequence[Action] | Sequence[Strategy]) -> Iterator[Fault]:
    for language in ("fr", "en"):
        told: set[tuple[int, int]] = set()
        for likeness in _LIKENESSES:
            for pair in _pairs(items, language, likeness):
                if pair not in told:
                    told.add(pair)
                    kept, double = items[pair[0]], items[pair[1]]
                    message = f"says nearly the same as {kept.id} ({kept.file})"
                    yield Fault(double.file, double.id, f"{language}.{likeness.field}", message)


def _pairs(items: Sequence[Item], language: str, likeness: _Likeness) -> Iterator[tuple[int, int]]:
    """Places of two items that are too close, the earlier first; those without words are left out."""
    found = [_plain(choose_form(likeness.words(item.wording(language)), "vous")) for item in items]
    places = [place for place, words in enumerate(found) if words and not any(unwritten(items[place]))]
    words = [found[place] for place in places]
    for first, second in alike(words, likeness.scorer, likeness.too_close):
        yield places[first], places[second]


def alike(
    texts: Sequence[str], scorer: Callable[..., float], too_close: int, in_common: float = IN_COMMON
) -> Iterator[tuple[int, int]]:
    """Places of two texts whose ratio is at least `too_close`; only those that share words are compared."""
    vocabulary: dict[str, int] = {}
    bags = [{vocabulary.setdefault(word, len(vocabulary)) for word in text.split()} for text in texts]
    holds = np.zeros((len(texts), len(vocabulary)), np.float32)
    for row, bag in enumerate(bags):
        holds[row, list(bag)] = 1
    sizes = holds.sum(axis=1)
    shared = holds @ holds.T >= in_common * np.minimum(sizes[:, None], sizes[None, :])
    for first, second in np.argwhere(np.triu(shared, k=1)).tolist():
        if scorer(texts[first], texts[second], score_cutoff=too_close) >= too_close:
            yield first, second


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.lower())
    letters = "".join(c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c))
    return " ".join(letters.split())
