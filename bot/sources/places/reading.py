"""What typed words hold beside the name: a postcode, a department, an arrondissement, words around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import tomli

from bot.sources.places.spelling import spelt
from bot.sources.places.table import FOLDER, PARENTS

CITIES_OF_ARRONDISSEMENTS = {"paris": 20, "marseille": 16, "lyon": 9}
"""City -> how many it has."""

_ORDINALS = (
    "premier deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme dixieme onzieme douzieme "
    "treizieme quatorzieme quinzieme seizieme dixseptieme dixhuitieme dixneuvieme vingtieme"
).split()
_ROMAN = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split()
_ENDING = r"(?:er|ere|e|em|eme|emes|ieme|eime|nd|nde|rd|st|th)"
_WORD_OF_IT = r"(?:arrondissements?|arrond?|arrdts?|arrt|ardt|arr|district)"
_ORDINAL = re.compile(rf"\b(\d{{1,2}}) ?(?:{_ENDING}\b ?(?:{_WORD_OF_IT}\b)?|{_WORD_OF_IT}\b)")
_ROMAN_ORDINAL = re.compile(
    rf"\b({'|'.join(reversed(_ROMAN))}) ?(?:{_ENDING}\b ?(?:{_WORD_OF_IT}\b)?|{_WORD_OF_IT}\b)"
)
_ROMAN_ALONE = re.compile(rf"\b({'|'.join(number for number in reversed(_ROMAN) if len(number) > 1)})$")
_SPELT_ORDINAL = re.compile(
    rf"\b({'|'.join(_ORDINALS)}|premiere|second|dix septieme|dix huitieme|dix neuvieme)\b ?(?:{_WORD_OF_IT}\b)?"
)
_SPELT_NUMBER = (
    "un|une|deux|trois|quatre|cinq|six|dix|quinze|vingt|trente|quarante|cinquante|"
    "quelques|one|ten|twenty|thirty"
)
_DISTANCE = re.compile(
    r"\b(?:a |dans un rayon de |rayon de |rayon |max |maximum |within |environ |moins de |pas plus de |a peine )*"
    rf"(?:(?:(?:\d{{1,3}}|{_SPELT_NUMBER}) ?(?:petites? |bonnes? )?(?:km|kms|kilometres?|kilometers?|bornes|"
    r"minutes?|min|mn|mins|heures?|hours?|miles?|mi)|\d ?h(?: ?\d\d)?)\b(?: (?:et demie?|et quart))?|"
    r"(?:une )?demi heure\b|(?:un )?quart d heure\b|half an hour\b)"
    r"(?: (?:max|maximum|autour|de route|de trajet|en voiture|en train|en bus|a pied|drive|away))*"
)
_NUMBER = re.compile(rf"(?:(?:le|l|dans le) )?([1-9]|1\d|20) ?{_ENDING}?(?: {_WORD_OF_IT})?")
_POSTCODE = re.compile(r"\b(?:f |fr )?(\d\d) ?(\d{3})\b(?: cedex(?: \d\d?)?)?")
_CEDEX = re.compile(r"\bcedex(?: \d\d?)?\b")
_DEPARTMENT = re.compile(
    r"(?:\b(?:dans|du|de|le|la|en|dep|dept|dpt|departement|departements|numero|n) )*\b(2[ab]|9[78]\d|\d\d|\d)\b"
)


@dataclass(frozen=True, slots=True)
class Said:
    """`name`: what is left, plain words. The numbers as digits: a postcode, a department's, an arrondissement's."""

    name: str
    postcode: str = ""
    department: str = ""
    arrondissement: int = 0
    ordinal: bool = False
    """Whether the arrondissement was said as such ("13e"), not as a bare number after its city."""


@cache
def words(group: str) -> frozenset[str]:
    """A group of phrases of words.toml, plain: `around` a place, `open` (anywhere, remote), `talk` (no place)."""
    listed = tomli.loads((FOLDER / "words.toml").read_text("utf-8"))[group]["phrases"]
    return frozenset(map(spelt, listed))


@cache
def _longest(group: str) -> int:
    return max(len(phrase.split()) for phrase in words(group))


_OVER = re.compile(
    r"/\s*(?=(?:seine|marne|oise|loire|sa[oô]ne|rh[oô]ne|mer|orge|yonne|aisne|meuse|moselle)\b)",
    re.IGNORECASE,
)


_GLUED = re.compile(r"(?<=[a-z]{3})(?=\d)|(?<=\d{5})(?=[a-z])")
"""Where a name and a number were typed without a space: "lyon3", "75013paris"."""


def without_distance(said: str) -> str:
    """Plain words without how far and how long: "a 15km de pau" -> "de pau"."""
    return " ".join(_DISTANCE.sub(" ", said).split())


def number_of(part: str) -> int:
    """The number of an arrondissement that a word is, typed in whatever way ("13", "13e", "xiii"); else 0."""
    if part in _ROMAN[1:]:
        return _ROMAN.index(part) + 1
    if part in _ORDINALS:
        return _ORDINALS.index(part) + 1
    found = _NUMBER.fullmatch(part)
    return int(found[1]) if found else 0


def rivers(text: str) -> str:
    """Plain words, a name and a number apart; "s/" and "s/s" are the "sur" and "sous" of "vitry/seine"."""
    said = spelt(_OVER.sub(" sur ", re.sub(r"\bs/s\b", " sous ", text, flags=re.IGNORECASE)))
    return _GLUED.sub(" ", re.sub(r"(?<=\w) s (?:sur )?(?=\w{3})", " sur ", said))


def read(text: str) -> Said:
    """Take the numbers out of plain or typed said. The rest keeps its order, words around the name included."""
    said = _DISTANCE.sub(" ", spelt(text))
    postcode = department = ""
    arrondissement, ordinal = 0, False
    if found := _POSTCODE.search(said):
        postcode = found[1] + found[2]
        said = said[: found.start()] + " " + said[found.end() :]
    said = _CEDEX.sub(" ", said)
    city = next((word for word in said.split() if word in CITIES_OF_ARRONDISSEMENTS), "")
    for pattern, listed in ((_ORDINAL, None), (_ROMAN_ORDINAL, _ROMAN), (_SPELT_ORDINAL, _ORDINALS)):
        found = pattern.search(said)
        if found and (city or listed is None or _has_word_of_it(found[0])):
            arrondissement, ordinal = _number(found[1], listed), True
            said = said[: found.start()] + " " + said[found.end() :]
            break
    if city and not arrondissement and (found := _ROMAN_ALONE.search(said)):
        arrondissement, ordinal = _number(found[1], _ROMAN), True
        said = said[: found.start()] + " " + said[found.end() :]
    if not arrondissement and (found := _DEPARTMENT.search(said)):
        number = found[1]
        # "69 lyon 3": the other number is the arrondissement's.
        others = [one for one in _DEPARTMENT.finditer(said) if one[1] != number]
        if city and number in PARENTS and others:
            said, found, number = said[: found.start()] + said[found.end() :], others[0], others[0][1]
            found = _DEPARTMENT.search(said) or found
        if city and number.isdecimal() and 1 <= int(number) <= CITIES_OF_ARRONDISSEMENTS[city]:
            arrondissement = int(number)
        department = number if len(number) > 1 else ""
        if arrondissement or department:
            said = said[: found.start()] + " " + said[found.end() :]
    return Said(" ".join(said.split()), postcode, department, arrondissement, ordinal)


def _has_word_of_it(said: str) -> bool:
    return re.search(_WORD_OF_IT, said) is not None


def _number(said: str, listed: list[str] | None) -> int:
    if listed is None:
        return int(said)
    said = said.replace(" ", "")
    said = {"premiere": "premier", "second": "deuxieme"}.get(said, said)
    return listed.index(said) + 1


def trimmed(name: str) -> list[str]:
    """The words without those around a place at either end, shortest cuts first, each once; never empty ones.

    "j habite a cote de rennes" -> [..., "rennes"]; "le mans" -> ["le mans", "mans"].
    """
    said = name.split()
    found = [name]
    start, end = 0, len(said)
    while start < end and (cut := _cut(said[start:end], front=True)):
        start += cut
        found.append(" ".join(said[start:end]))
    while start < end and (cut := _cut(said[start:end], front=False)):
        end -= cut
        found += [" ".join(said[begin:end]) for begin in (0, start)]
    return [part for part in dict.fromkeys(found) if part]


def _cut(said: list[str], *, front: bool) -> int:
    """How many words at the front or the end are none of a name: the longest phrase there."""
    for length in range(min(_longest("around"), len(said)), 0, -1):
        part = said[:length] if front else said[-length:]
        if " ".join(part) in words("around"):
            return length
    return 0


_LINKS = frozenset("dans de du d des la le les l en a au aux sur departement region dept dep pays".split())


def without_links(said: list[str]) -> list[str]:
    """Words without those that link a name to its area: "dans la drome" -> "drome"."""
    start = 0
    while start < len(said) - 1 and said[start] in _LINKS:
        start += 1
    return said[start:]


def is_open(said: str) -> bool:
    """Whether a longer text says, among other things, that no place is meant."""
    padded = f" {said} "
    return any(f" {phrase} " in padded for phrase in words("open") if len(phrase) > SHORTEST_OPEN)


SHORTEST_OPEN = 5
"""Letters from which such a phrase counts inside other words."""
