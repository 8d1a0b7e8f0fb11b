"""The form in which names of places are compared: no accents, no spaces, saint and sainte written out."""

from __future__ import annotations

from bot.sources.plain import plain

_SPELT_OUT = {
    "st": "saint",
    "ste": "sainte",
    "sts": "saints",
    "stes": "saintes",
    "lez": "les",
    "nd": "notredame",
    "mt": "mont",
    "vlle": "villeneuve",
    "vlnve": "villeneuve",
    "pce": "provence",
    "grd": "grand",
}
ARTICLES = ("le ", "la ", "les ", "l ")


def spelt(text: str) -> str:
    """ "St-Étienne" -> "saint etienne": plain words, abbreviations of names of places spelt out."""
    words = plain(text)
    return " ".join(_SPELT_OUT.get(word, word) for word in words.split())


def key(text: str) -> str:
    """ "L'Haÿ-les-Roses", "l hay les roses", "lhaylesroses" -> "lhaylesroses"."""
    return spelt(text).replace(" ", "")


def without_article(name: str) -> str:
    """ "le havre" -> "havre"; "" for a name without article."""
    for article in ARTICLES:
        if name.startswith(article):
            return name[len(article) :]
    return ""


def sounds(name: str) -> str:
    """A rough French pronunciation of a plain name: what most misspellings keep."""
    for written, said in _SOUNDS:
        name = name.replace(written, said)
    short = "".join(char for char, before in zip(name, " " + name, strict=False) if char != before)
    return short.rstrip("estxdp") or short


_SOUNDS = (
    ("eau", "o"), ("au", "o"), ("ph", "f"), ("qu", "k"), ("q", "k"), ("ck", "k"), ("ch", "S"), ("h", ""),
    ("sc", "s"), ("ce", "se"), ("ci", "si"), ("cy", "si"), ("c", "k"), ("y", "i"), ("ain", "in"), ("ein", "in"),
    ("an", "en"), ("am", "em"), ("ai", "e"), ("ei", "e"), ("z", "s"), ("lle", "le"),
)  # fmt: skip
