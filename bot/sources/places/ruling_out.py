"""Places that words rule out: "partout sauf Paris", "Lyon mais pas Villeurbanne"."""

from __future__ import annotations

import re
import unicodedata

_NEAR = "loin|tres loin|trop loin|si loin|plus loin|plus|tellement loin"
_NOT_ONLY = "seulement|uniquement|que|qu|forcement|necessairement|obligatoirement|encore|besoin|mal|grave|de preference"
_NAMES = r"de calais\d*|en artois"
_PAS = rf"(?:\bpas\b(?! (?:{_NEAR}|{_NOT_ONLY}|{_NAMES})\b)|\bni\b|\bjamais\b|\bnot(?! far| too far| only)\b)"
_SAUF = (
    r"(?:\bsauf|\bexcepte|\bhormis|\bhors|\ba part|\ba l exception|\ben dehors|\bexcept|\bbut not|(?<=anywhere )but|"
    r"(?<=everywhere )but|\bother than|(?<!not )(?<!too )\bfar from|\bautres? part que?|\bailleurs que?|\bautres? que?|"
    r"(?<!pas )(?<!non )(?<!trop )(?<!tres )(?<!plus )(?<!si )\b(?:tres |plus )?loin d[e u]s?|"
    r"\bevite[rz]?|\bquitte[rz]?|\bfuir|\brefuse[rz]?|\bn(?: y)? (?:habite|vis|suis|travaille) plus)"
)
_END = r"\b(?:mais|plutot|donc|alors|car|par contre|sinon|je|j|on|moi|c est|pour|but|i|rather)\b"
_MARK = re.compile(rf"(?P<pas>{_PAS})|{_SAUF}\b")
_END_OF_PAS, _END_OF_SAUF = re.compile(rf"[,;.!?\n()]|{_END}"), re.compile(rf"[;.!?\n()]|{_END}")
_RATHER = re.compile(r"\b(?:plutot|prefere|mieux|rather)\b[^,;.!?\n]*?(\b(?:que?|than)\b.*)")
_ANYWHERE = re.compile(
    r"\b(?:tout|toute|partout|n importe|ailleurs|autres? part|anywhere|everywhere|elsewhere)\b"
)


def _folded(text: str) -> str:
    """Lower case without accents; points and commas stay, the rest is space."""
    text = unicodedata.normalize("NFKD", text.replace("’", "'"))
    bare = "".join(char for char in text if not unicodedata.combining(char)).lower()
    return " ".join(re.sub(r"[^a-z0-9,;.!?()+&/|\n]", " ", bare).split(" "))


def split(text: str) -> tuple[str, list[str]]:
    """What is left of a text, and what it rules out; the list is empty where it rules nothing out.

    A part is "" where it does not say what: "partout sauf".
    """
    said = re.sub(r" +", " ", _folded(text)).strip()
    left, out, place = "", list[str](), 0
    while mark := _MARK.search(said, place):
        ends = (_END_OF_PAS if mark["pas"] else _END_OF_SAUF).search(said, mark.end())
        end = ends.start() if ends else len(said)
        left += said[place : mark.start()] + " "
        out.append(said[mark.end() : end].strip(" ,"))
        place = end
    left += said[place:]
    if rather := _RATHER.search(left):
        out.append(rather[1].partition(" ")[2])
        left = left[: rather.start(1)]
    return left, out


def says_anywhere(left: str) -> bool:
    """Whether what is left means any place: "partout", "tout"."""
    return _ANYWHERE.search(left) is not None
