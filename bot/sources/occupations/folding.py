"""The form in which words of job titles are compared: no gender, no plural, no small words."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.sources.plain import plain

SMALL_WORDS = frozenset(
    (
        *(
            "a",
            "au",
            "aux",
            "avec",
            "c",
            "ce",
            "chez",
            "d",
            "dans",
            "de",
            "des",
            "du",
            "en",
            "et",
            "j",
            "l",
            "la",
        ),
        *("le", "les", "leur", "m", "n", "ou", "par", "pour", "qu", "s", "sa", "ses", "sur", "un", "une"),
        *("an", "and", "as", "at", "for", "in", "of", "on", "or", "s", "the", "to", "with"),
        *("f", "h", "hf", "fh", "mf", "nb", "x"),
    )
)
"""Words that carry no meaning in a title: French, English, and the "h/f" of job offers."""

_ENDINGS = (
    ("trices", "teur"),
    ("trisse", "teur"),
    ("trice", "teur"),
    ("euses", "eur"),
    ("euse", "eur"),
    ("iennes", "ien"),
    ("ienne", "ien"),
    ("ieres", "ier"),
    ("iere", "ier"),
    ("onnes", "on"),
    ("onne", "on"),
    ("eres", "er"),
    ("ere", "er"),
    ("elles", "el"),
    ("elle", "el"),
    ("ives", "if"),
    ("ive", "if"),
    ("ales", "al"),
    ("aux", "al"),
    ("ffes", "f"),
    ("ffe", "f"),
)
_SHORTEST = 4
"""Letters of a word from which its ending is folded."""


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """One plain word without its gender and plural: "serveuses" and "serveur" give the same."""
    if len(word) < _SHORTEST or word.isdigit():
        return word
    for ending, stem in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + stem
    if word[-1] in "sx" and word[-2] not in "su":
        word = word[:-1]
    if len(word) >= _SHORTEST:
        while len(word) > _SHORTEST and word[-1] == "e":
            word = word[:-1]
    return word


_INCLUSIVE = re.compile(
    r"\((?:[a-zéèë]{1,5})\)|[·•.](?:e|s|es|se|ses|rice|trice|euse|ère|ne|le|ve|te)\b", re.IGNORECASE
)
"""The second gender of a word as it is tacked on: "agent(e)", "chargé·e", "vendeur.se"."""


def without_second_gender(text: str) -> str:
    """ "Agent(e)" and "chargé·e" as "Agent" and "chargé"."""
    return _INCLUSIVE.sub("", text)


def tokens(text: str) -> tuple[str, ...]:
    """The folded words of a text that carry meaning, in their order; all of them where none does ("RH" stays)."""
    words = plain(without_second_gender(text)).split()
    kept = tuple(fold(word) for word in words if word not in SMALL_WORDS)
    return kept or tuple(fold(word) for word in words)


def both_genders(label: str) -> tuple[str, ...]:
    """The names within a label: "agent / agente d'entretien" gives "agent d'entretien" and "agente d'entretien".

    The feminine carries what follows; what both share is taken from its end.
    """
    first, _, second = label.partition(" / ")
    if not second:
        return (first,)
    if " / " in second:  # several names, as in "a / b / c"
        return tuple(label.split(" / "))
    shared = second.split()[len(first.split()) :]
    return (" ".join((first, *shared)), second)
