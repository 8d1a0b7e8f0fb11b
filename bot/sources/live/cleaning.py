"""The words that may leave Bob: a job or a town as it was typed, without anything that says who typed it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from bot.sources.plain import plain

LONGEST: Final = 80
READ: Final = 400
MOST_PARTS: Final = 5

_ADDRESSES = re.compile(r"\S*@\S*|\b(?:https?://|www\.|t\.me/)\S*", re.IGNORECASE)
_NUMBERS = re.compile(r"\+?\d(?:[\s./()\-]*\d){7,}")
"""Eight digits and more: telephones, social security; postcodes have five."""
_OWN_NAME = re.compile(
    r"\b(?i:je\s+m['’]\s*appel+e|je\s+me\s+nomme|mon\s+(?:pr[ée])?nom\s*(?:est|c'est|:)|my\s+name\s+is|my\s+name['’]s)\s+"
    r"\w[\w'’\-]*(?:\s+[A-ZÀ-Þ][\w'’\-]*)*"
)
_BETWEEN = re.compile(r"[,;/\n|•]+|\s(?i:ou|or)\s")


def cleaned(text: str, names: Iterable[str] = ()) -> str:
    """At most 80 characters of the text: no e-mail or web address, no long number, none of `names`.

    "" when no letter or digit is left.
    """
    text = "".join(
        char if unicodedata.category(char)[0] != "C" else "\n" if char == "\n" else " "
        for char in unicodedata.normalize("NFC", text[:READ])
    )
    for pattern in (_ADDRESSES, _NUMBERS, _OWN_NAME):
        text = pattern.sub(" ", text)
    private = {part for name in names for part in plain(name).split() if len(part) > 1}
    lines = (" ".join(_without(line.split(), private)) for line in text.splitlines())
    return _shortened(", ".join(line for line in lines if line))


def parts(words: str) -> tuple[str, ...]:
    """The titles in cleaned words ("serveuse ou vendeuse" has two), `MOST_PARTS` at most."""
    found = (_trimmed(part) for part in _BETWEEN.split(words))
    return tuple(part for part in found if any(map(str.isalpha, part)))[:MOST_PARTS]


def _without(words: list[str], private: set[str]) -> list[str]:
    return [word for word in words if private.isdisjoint(plain(word).split())] if private else words


def _shortened(text: str) -> str:
    if len(text) > LONGEST:
        text = text[: LONGEST + 1].rpartition(" ")[0] or text[:LONGEST]
    return _trimmed(text)


def _trimmed(text: str) -> str:
    """The text from its first letter or digit to its last, closing brackets and signs as in "C++" kept."""
    start = next((place for place, char in enumerate(text) if char.isalnum()), len(text))
    return text[start:].rstrip(" ,;:.!?/|•-–—\"'’«»")
