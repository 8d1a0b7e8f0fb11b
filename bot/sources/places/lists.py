"""Several places in one answer: "paris 12 ou 20", "69006 et 69003", "Paris + 92", "Nantes ou Rennes"."""

from __future__ import annotations

import re

from bot.sources.found import MOST
from bot.sources.places.reading import CITIES_OF_ARRONDISSEMENTS, number_of
from bot.sources.places.spelling import spelt

_STRONG = r"[+&|\n]|\bou bien\b|\bou\b|\bor\b|\bet\b|\band\b"
_SEPARATOR = re.compile(rf"\s*(?:[,;/]|{_STRONG})\s*", re.IGNORECASE)
_STRONG_SEPARATOR = re.compile(rf"\s*(?:{_STRONG})\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"^.*?\b(?:entre|between)\s+", re.IGNORECASE)
_POSTCODE = re.compile(r"\b\d{5}\b")
_DIGIT = re.compile(r"\d")
_LINKS = frozenset(
    "et ou or and le la les l dans du de d des a au entre en sur vers puis aussi je j cherche habite suis vis i live "
    "in arrondissement arrondissements arr arrdt ardt e eme eme er ere bien soit voire the".split()
)


def parts(text: str) -> list[str]:
    """What stands between the separators, at most `MOST` parts; fewer than two are no list."""
    listed = [part for part in _SEPARATOR.split(_BETWEEN.sub("", text)) if part.strip()]
    return listed if 2 <= len(listed) <= MOST else []


def numbered(text: str) -> list[str]:
    """Parts that are each whole, though numbers alone might be hints about their neighbours.

    "Paris + 92", "92, 93, 94"; not "Saint-Denis, 93". A bare arrondissement takes the city of the part before it.
    """
    if not _DIGIT.search(text) or arrondissements(spelt(text)):
        return []
    postcodes = list(dict.fromkeys(_POSTCODE.findall(text)))
    if postcodes:
        return postcodes[:MOST] if len(postcodes) > 1 else []
    listed = [spelt(part) for part in _SEPARATOR.split(text) if part.strip()]
    if sum(bool(_DIGIT.search(part)) for part in listed) < 2:
        listed = [spelt(part) for part in _STRONG_SEPARATOR.split(text) if part.strip()]
    if not 2 <= len(listed) <= MOST:
        return []
    city, whole = "", []
    for part in listed:
        city = next((word for word in part.split() if word in CITIES_OF_ARRONDISSEMENTS), city)
        number = number_of(part)
        whole.append(f"{city} {part}" if city and number and city not in part.split() else part)
    return whole


def arrondissements(words: str) -> tuple[str, list[int]] | None:
    """A city and several of its arrondissements, where nothing else is said: "paris 5e et 13e"."""
    city, numbers = "", list[int]()
    for word in words.split():
        if word in CITIES_OF_ARRONDISSEMENTS and city in ("", word):
            city = word
        elif number := number_of(word):
            numbers.append(number)
        elif word not in _LINKS:
            return None
    numbers = list(dict.fromkeys(numbers))
    if not city or len(numbers) < 2 or max(numbers) > CITIES_OF_ARRONDISSEMENTS[city]:
        return None
    return city, numbers[:MOST]
