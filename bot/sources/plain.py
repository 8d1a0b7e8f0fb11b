"""The form in which words are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_OTHERS = re.compile(r"[^a-z0-9]+")


LONGEST_KEPT = 64
"""Characters of a text that is remembered: names and short answers, never a whole message."""


def plain(text: str) -> str:
    """Lower case, no accents, no punctuation, single spaces."""
    return _kept(text) if len(text) <= LONGEST_KEPT else _plain(text)


def _plain(text: str) -> str:
    if text.isascii():
        return " ".join(_OTHERS.sub(" ", text.lower()).split())
    text = unicodedata.normalize("NFKD", text.replace("’", "'").replace("œ", "oe").replace("Œ", "oe"))
    text = "".join(char for char in text if not unicodedata.combining(char)).lower()
    return " ".join(_OTHERS.sub(" ", text).split())


_kept = lru_cache(maxsize=4096)(_plain)
