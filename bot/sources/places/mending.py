"""Beginnings of names that were glued, mistyped or cut short: "stmalo", "sain denis", "saint seb sur loire"."""

from __future__ import annotations

import re

from bot.sources.places.names import LARGE, How, Names

_GLUED = re.compile(r"(?<![\w-])(ste?)([a-zà-ÿ]{3,})(?![\w-]*\d)", re.IGNORECASE)
_FIRST_WORDS = {
    **dict.fromkeys("sain sait sant siant saitn sanit sint saing saimt sainr sain't sanint".split(), "saint"),
    **dict.fromkeys("saite sinte saine siante sante".split(), "sainte"),
    **dict.fromkeys("for fore".split(), "fort"),
    "bour": "bourg",
    "mon": "mont",
}
"""What is typed for the first word of names."""
_MISTYPED = re.compile(
    rf"(?<![\w-])({'|'.join(_FIRST_WORDS)})([ -]+)((?:de |d'|en )?[a-zà-ÿ]+)", re.IGNORECASE
)
_ARTICLE = re.compile(r"(?:le|la|les) [a-zà-ÿ]{3,}", re.IGNORECASE)
"""A name that may lack its last letter: "le man"."""
_SAINTS = {
    "seb": "sebastien",
    "laur": "laurent",
    "mich": "michel",
    "germ": "germain",
    "quent": "quentin",
    "herb": "herblain",
}
_CUT_SHORT = re.compile(rf"\b(s(?:ain)?t[ -]+)({'|'.join(_SAINTS)})\b", re.IGNORECASE)


def mended(text: str, names: Names) -> str:
    """The text with such beginnings written out, where that makes a name and what was typed is none."""

    def is_name(words: str) -> bool:
        return bool(names.exact(words) or names.beginning(words))

    def apart(found: re.Match[str]) -> str:
        if names.exact(found[0]):
            return found[0]
        for begun, rest in (("saint", found[0][2:]), ("sainte", found[2] if len(found[1]) > 2 else "")):
            if rest and is_name(f"{begun} {rest}"):
                return f"{begun} {rest}"
        return found[0]

    def written_out(found: re.Match[str]) -> str:
        first = _FIRST_WORDS[found[1].lower()]
        right = f"{first} {found[3]}"
        return right if is_name(right) and not is_name(f"{found[1]} {found[3]}") else found[0]

    if (
        _ARTICLE.fullmatch(text)
        and all(one.abroad for one in names.exact(text))
        and any(one.how is How.EXACT and one.people >= LARGE for one in names.exact(f"{text}s"))
    ):
        return f"{text}s"
    text = _CUT_SHORT.sub(lambda found: found[1] + _SAINTS[found[2].lower()], text)
    return _MISTYPED.sub(written_out, _GLUED.sub(apart, text))
