"""Numbers in digits and in words: "12", "une dizaine", "vingt deux"."""

from __future__ import annotations

import re
from functools import cache

from bot.sources.plain import plain
from bot.understanding import words
from bot.understanding.text import LONGEST


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
