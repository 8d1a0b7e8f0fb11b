"""Small pure functions on words: vous / tu, variables, plurals, places.

A text is rendered in this order: `choose_form`, then `fill`. Values are put in last and never looked into, so
that a first name such as "{x|y}" or "%s" comes out as it was typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

FORM = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")
PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def choose_form(text: str, form: str) -> str:
    """Each `{Envoyez|Envoie}` becomes its left side for the form "vous", its right side for "tu"."""
    if form not in ("vous", "tu"):
        raise ValueError(f"unknown form {form!r}; expected vous or tu")
    side = 1 if form == "vous" else 2
    return FORM.sub(lambda match: match[side], text)


def placeholders(text: str) -> tuple[str, ...]:
    """Names of the `{variables}` in a text, in order, each once."""
    return tuple(dict.fromkeys(PLACEHOLDER.findall(text)))


def fill(text: str, values: Mapping[str, object]) -> str:
    """Put values in the place of `{variables}`; KeyError names one that has no value. Values are left
    untouched.
    """
    return PLACEHOLDER.sub(lambda match: str(values[match[1]]), text)


def is_one(count: float, language: str) -> bool:
    """True when a count takes the singular: below 2 in French (0 included), exactly 1 in English."""
    return count == 1 if language == "en" else 0 <= count < 2


def number(value: float) -> str:
    """A count without a useless decimal: 3.0 gives "3"."""
    return str(int(value)) if value == int(value) else f"{value:g}"


def duration(months: float, language: str) -> str:
    """Months of search in everyday words: "moins d'un mois", "6 mois", "un an et demi", "2 ans"."""
    english = language == "en"
    whole = int(months)
    if whole < 1:
        return "less than a month" if english else "moins d'un mois"
    if whole == 1:
        return "a month" if english else "un mois"
    if whole < 12:
        return f"{whole} months" if english else f"{whole} mois"
    years, rest = divmod(whole, 12)
    if rest >= 6 and years == 1:
        return "a year and a half" if english else "un an et demi"
    if years == 1:
        return "a year" if english else "un an"
    return f"{years} years" if english else f"{years} ans"


def years(count: float, language: str) -> str:
    """Years of experience in everyday words: "moins d'un an", "un an", "6 ans"."""
    return duration(max(count, 0) * 12, language) if count >= 1 else _less_than_a_year(language)


def _less_than_a_year(language: str) -> str:
    return "less than a year" if language == "en" else "moins d'un an"


# Towns whose h is said (no elision before it). Most French towns in H elide: d'Hyères, d'Hénin-Beaumont.
_SAID_H = (
    "hague", "haguenau", "ham", "hambach", "hambourg", "han", "hanau", "hanoi", "hanovre", "hardelot",
    "harfleur", "harlem", "hautmont", "havre", "haye", "hayange", "hazebrouck", "hem", "herne", "hoenheim",
    "hollande", "hombourg", "honfleur", "hong", "hossegor", "houilles", "houlgate", "houston", "huelgoat",
    "hull", "hulluch", "huningue",
)  # fmt: skip
_ARTICLE = re.compile(r"^(les?)[\s\u00a0]+(?=\S)", re.IGNORECASE)


def in_place(place: str, language: str = "fr") -> str:
    """ "à Lyon", "au Havre", "aux Sables-d'Olonne", "à La Rochelle"; "in Lyon" in English."""
    place = place.strip()
    if language == "en":
        return f"in {place}"
    article, rest = _split_article(place)
    if article:
        return f"{'au' if article == 'le' else 'aux'} {rest}"
    return f"à {place}"


def near_place(place: str, language: str = "fr") -> str:
    """ "près de Lyon", "près d'Angers", "près du Havre", "près des Sables-d'Olonne", "near Lyon"."""
    place = place.strip()
    return f"near {place}" if language == "en" else f"près {of_place(place)}"


def of_place(place: str) -> str:
    """French "de" before a place: "de Lyon", "d'Angers", "du Havre", "des Sables-d'Olonne"."""
    place = place.strip()
    article, rest = _split_article(place)
    if article:
        return f"{'du' if article == 'le' else 'des'} {rest}"
    return f"d'{place}" if _elides(place) else f"de {place}"


def _split_article(place: str) -> tuple[str, str]:
    """("le" or "les", the rest) for places such as "Le Havre"; ("", place) otherwise. La and L' stay: "à La
    Baule".
    """
    match = _ARTICLE.match(place)
    return (match[1].lower(), place[match.end() :]) if match else ("", place)


def _elides(place: str) -> bool:
    plain = "".join(c for c in unicodedata.normalize("NFD", place.lower()) if not unicodedata.combining(c))
    if plain[:1] in tuple("aeiouœæ"):
        return True
    if plain[:1] == "y":  # d'Yvetot, d'Yerres, but de Yutz
        return plain[1:2] not in tuple("aou")
    if plain[:1] == "h":
        return re.split(r"[\s\-']", plain, maxsplit=1)[0] not in _SAID_H
    return False
