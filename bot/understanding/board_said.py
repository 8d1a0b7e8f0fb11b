"""What is said of the applications board that notes nothing new: no news of one, one to take off it."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from bot.sources.plain import plain
from bot.understanding import words
from bot.understanding.naming import employers
from bot.understanding.text import typed

LONGEST = 16
"""Words; who writes more tells a story."""
_PIECES = "board_pieces"
_APOSTROPHE = re.compile(r"['’]")

_NAME = r"[A-ZÀ-Ý0-9][\w'’&.-]*(?: (?!et\b|and\b)[A-ZÀ-Ý][\w'’&.-]*)*"
_LISTED = re.compile(rf"(?<![\w-]){_NAME}(?:(?:,| et| and|, et|, and) {_NAME})+")
_BETWEEN = re.compile(r"(?:, et|, and|,| et| and) ")


class Removal(NamedTuple):
    """To be taken off the board. `name`: the plain words of which; empty where none is named. `sure`: the words speak
    of an application, so that a name that nobody knows is one too.
    """

    name: str
    sure: bool


def no_news(text: str) -> bool:
    """Whether the words say that an employer has not answered, and no more than that."""
    said = _plain(text)
    if not said or "?" in text or len(said.split()) > LONGEST:
        return False
    if words.expression("no_news", "more", _PIECES).search(said):
        return False
    return bool(words.expression("no_news", "plain", _PIECES).search(said))


def removal(text: str) -> Removal | None:
    """What the words ask to take off the board; None when they ask for nothing of the kind."""
    said = _plain(text)
    if not said or len(said.split()) > LONGEST:
        return None
    found = words.expression("remove_application", "unsent", _PIECES).search(said)
    if found is not None:
        if words.expression("remove_application", "still_to_do").search(said):
            return None
        return Removal(_name(said[found.end() :].strip()), sure=False)
    found = words.expression("remove_application", "plain", _PIECES).search(said)
    if found is None:
        return None
    return Removal(_name(said[found.end() :].strip()), sure=found[1] is not None)


def is_sentence(text: str) -> bool:
    """Whether words begin as a sentence does, not as a name."""
    return bool(words.expression("no_name", "begin").match(_plain(text)))


def counts_several(text: str) -> bool:
    """Whether the words give a number of applications: "5 candidatures", "à 3 offres", "12 fois"."""
    return bool(words.expression("no_name", "several").search(_plain(text)))


def one_by_one(text: str) -> list[str]:
    """A sentence that lists several employers, once for each of them; empty for any other.

    "Lidl et Aldi" are two because both are known; "Dupont et Martin" may be one, and so is "Marks and Spencer".
    """
    found = _LISTED.search(text)
    if found is None:
        return []
    names = [name for name in _BETWEEN.split(found.group()) if name]
    known = sum(employer_in(name) == name for name in names)
    if len(names) < 2 or known < 2 or (len(names) == 2 and employer_in(found.group()) == found.group()):
        return []
    return [f"{text[: found.start()]}{name}{text[found.end() :]}" for name in names]


def employer_in(text: str) -> str | None:
    """The first employer that everybody knows in a text, as it was typed."""
    line = typed(text)
    known = employers(line)
    if not known:
        return None
    first, last = known[0]
    return line.original[line.spans[first][0] : line.spans[last][1]]


def _name(rest: str) -> str:
    bare = _edge("tail").sub("", f" {rest}").strip()
    return _edge("lead").sub("", f"{bare} ").strip()


@cache
def _edge(key: str) -> re.Pattern[str]:
    return re.compile(str(words.document()["remove_application"][key]))


def _plain(text: str) -> str:
    return plain(_APOSTROPHE.sub(" ", text[: LONGEST * 30]))
