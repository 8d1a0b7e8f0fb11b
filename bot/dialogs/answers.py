"""Understanding typed answers: a few cases, each exact, and "not understood" rather than a wrong guess."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from functools import cache

from rapidfuzz import fuzz, process

from bot.dialogs import words
from bot.sources.plain import plain

ALMOST_THE_SAME = 92
"""Similarity (0-100) from which a phrase is taken for a known one."""
CLOSE_ENOUGH = 88
"""Similarity (0-100) from which a typed label counts as the label: typos of one or two letters."""
LONGEST = 500
"""Characters of a typed answer that are looked at: the rest is talk."""


class Intent(StrEnum):
    """Words that mean the same thing in every conversation."""

    SKIP = "skip"
    BACK = "back"
    YES = "yes"
    NO = "no"
    HELP = "help"
    HUMAN = "human"
    STOP = "stop"
    PAUSE = "pause"
    DELETE = "delete"
    DONE = "done"
    LATER = "later"
    EASIER = "easier"
    REFUSE = "refuse"
    STUCK = "stuck"
    ANOTHER = "another"
    PLAN = "plan"
    UNDECIDED = "undecided"
    SEVERAL = "several"
    NOTHING = "nothing"
    THANKS = "thanks"
    HELLO = "hello"


def intent(text: str) -> Intent | None:
    """The intent when the whole message says just that ("passer", "c'est fait"); None otherwise."""
    said = plain(text[:LONGEST])
    if not said or len(said) > 60:
        return None
    known = words.by_phrase("intents")
    if said in known:
        return Intent(known[said])
    if len(said) < 6:
        return None
    found = process.extractOne(said, _as_long_as(len(said)), scorer=fuzz.ratio, score_cutoff=ALMOST_THE_SAME)
    return Intent(known[found[0]]) if found else None


@cache
def _as_long_as(length: int) -> tuple[str, ...]:
    """The known phrases of about that length: others cannot be almost the same."""
    spread = round(length * (100 - ALMOST_THE_SAME) / 50) + 1
    return tuple(phrase for phrase in words.by_phrase("intents") if abs(len(phrase) - length) <= spread)


def unsure(text: str) -> bool:
    """Whether the words say "I don't know", which is an answer to some questions and a skip for others."""
    return plain(text[:LONGEST]) in words.group("unsure").get("phrases", frozenset())


def choice(
    text: str, labels: Mapping[str, str], keywords: Mapping[str, Collection[str]] | None = None
) -> str | None:
    """The one value whose label (or keyword) was typed, typos allowed; None when none or several fit."""
    said = plain(text[:LONGEST])
    if not said:
        return None
    exact = [value for value, label in labels.items() if plain(label) == said]
    if len(exact) == 1:
        return exact[0]
    by_keyword = _named(said, keywords or {})
    if len(by_keyword) == 1:
        return by_keyword.pop()
    if by_keyword:
        return None
    scores = {value: fuzz.ratio(said, plain(label)) for value, label in labels.items()}
    best = sorted(scores, key=scores.__getitem__, reverse=True)
    if best and scores[best[0]] >= CLOSE_ENOUGH and (len(best) == 1 or scores[best[0]] > scores[best[1]]):
        return best[0]
    return None


def choices(
    text: str, labels: Mapping[str, str], keywords: Mapping[str, Collection[str]] | None = None
) -> set[str]:
    """Every value that is named in the text, by label or keyword."""
    text = text[:LONGEST]
    found = _named(plain(text), keywords or {})
    for part in re.split(r"[,;/\n]| et | and | \+ ", text):
        one = choice(part, labels)
        if one:
            found.add(one)
    return found


def _named(said: str, keywords: Mapping[str, Collection[str]]) -> set[str]:
    padded = f" {said} "
    return {value for value, group in keywords.items() if any(f" {word} " in padded for word in group)}


def keywords_of(question: str) -> Mapping[str, Collection[str]]:
    """Keywords by option value for a question, both languages together."""
    return words.group(f"keywords.{question}")


def number(text: str) -> float | None:
    """A count: "12", "une dizaine", "aucun", "two"; None when there is none or there are several."""
    text = text[:LONGEST].replace(",", ".")
    digits = re.findall(r"\d+(?:\.\d+)?", text)
    if len(digits) == 1:
        return float(digits[0])
    if digits:
        return None
    said, names = plain(text), number_names()
    if said in names:
        return names[said]
    parts = in_digits(said.split())
    found = [
        float(part) if part.isdigit() else names[part] for part in parts if part.isdigit() or part in names
    ]
    return found[0] if len(set(found)) == 1 else None


def in_digits(parts: list[str]) -> list[str]:
    """Plain words with the numbers of two words in digits: "vingt deux ans" gives "22", "ans"; others stay."""
    names, made = number_names(), list[str]()
    for part in parts:
        before = made[-2] if len(made) > 1 and made[-1] == "et" else made[-1] if made else ""
        whole = _together(float(before) if before.isdigit() else names.get(before), names.get(part), part)
        if whole is None:
            made.append(part)
            continue
        if made[-1] == "et":
            made.pop()
        made[-1] = str(whole)
    return made


def _together(first: float | None, second: float | None, word: str) -> int | None:
    """The number that two spelled numbers make side by side; None when they are two numbers."""
    if first is None or second is None:
        return None
    if first == 4 and word in ("vingt", "vingts"):
        return 80
    if first == 10 and 7 <= second <= 9:
        return int(first + second)
    most = 20 if first in (60, 80) else 10
    return int(first + second) if first in (20, 30, 40, 50, 60, 80) and 1 <= second < most else None


@cache
def number_names() -> dict[str, float]:
    """Plain word -> number."""
    return {phrase: float(value) for phrase, value in words.by_phrase("numbers").items()}


def clean(text: str, limit: int) -> str:
    """A typed text as it may be kept: control characters and direction marks out, spaces single, `limit` characters.

    "" when nothing that can be seen is left.
    """
    kept = "".join(
        char
        for char in text[: limit * 4]
        if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"} or char in "\n\t\u200d\ufe0f"
    )
    short = " ".join(kept.split())[:limit].strip(" \u200d\ufe0f")
    return short if any(unicodedata.category(char)[0] not in "CZM" for char in short) else ""


def any_of(phrases: Iterable[str], text: str) -> bool:
    """Whether one of these whole words or phrases occurs in the text."""
    padded = f" {plain(text)} "
    return any(f" {plain(phrase)} " in padded for phrase in phrases)
