"""The form in which words are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_OTHERS = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Lower case, no accents, no punctuation, single spaces."""
    if text.isascii():
        return " ".join(_OTHERS.sub(" ", text.lower()).split())
    text = unicodedata.normalize("NFKD", text.replace("’", "'").replace("œ", "oe").replace("Œ", "oe"))
    text = "".join(char for char in text if not unicodedata.combining(char)).lower()
    return " ".join(_OTHERS.sub(" ", text).split())
