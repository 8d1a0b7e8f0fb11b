"""Understanding typed answers: a few cases, each exact, and "not understood" rather than a wrong guess."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz, process

from bot.sources.plain import plain

WORDS = Path(__file__).parent.parent / "locales" / "words" / "understood.toml"
CLOSE_ENOUGH = 88
"""Similarity (0-100) from which a typed label counts as the label: typos of one or two letters."""


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


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(WORDS.read_text("utf-8"))


@cache
def _phrases() -> dict[str, Intent]:
    return {
        plain(phrase): Intent(name) for name, phrases in _words()["intents"].items() for phrase in phrases
    }


def intent(text: str) -> Intent | None:
    """The intent when the whole message says just that ("passer", "c'est fait"); None otherwise."""
    words = plain(text)
    if not words or len(words) > 60:
        return None
    known = _phrases()
    if words in known:
        return known[words]
    if len(words) < 6:
        return None
    found = process.extractOne(words, known.keys(), scorer=fuzz.ratio, score_cutoff=92)
    return known[found[0]] if found else None


def choice(text: str, labels: dict[str, str], keywords: dict[str, list[str]] | None = None) -> str | None:
    """The one value whose label (or keyword) was typed, typos allowed; None when none or several fit."""
    words = plain(text)
    if not words:
        return None
    exact = [value for value, label in labels.items() if plain(label) == words]
    if len(exact) == 1:
        return exact[0]
    by_keyword = {value for value, found in _keyword_hits(words, keywords or {}).items() if found}
    if len(by_keyword) == 1:
        return by_keyword.pop()
    if by_keyword:
        return None
    scores = {value: fuzz.ratio(words, plain(label)) for value, label in labels.items()}
    best = sorted(scores, key=scores.__getitem__, reverse=True)
    if best and scores[best[0]] >= CLOSE_ENOUGH and (len(best) == 1 or scores[best[0]] > scores[best[1]]):
        return best[0]
    return None


def choices(text: str, labels: dict[str, str], keywords: dict[str, list[str]] | None = None) -> set[str]:
    """Every value that is named in the text, by label or keyword."""
    words = plain(text)
    found = {value for value, hit in _keyword_hits(words, keywords or {}).items() if hit}
    for part in re.split(r"[,;/\n]| et | and | \+ ", text):
        one = choice(part, labels)
        if one:
            found.add(one)
    return found


def _keyword_hits(words: str, keywords: dict[str, list[str]]) -> dict[str, bool]:
    padded = f" {words} "
    return {value: any(f" {plain(word)} " in padded for word in group) for value, group in keywords.items()}


def keywords_of(question: str) -> dict[str, list[str]]:
    """Keywords by option value for a question, both languages together."""
    return _words_tree().get(question, {})


@cache
def _words_tree() -> dict[str, dict[str, list[str]]]:
    tree = tomllib.loads(WORDS.read_text("utf-8"))
    return {name: options for name, options in tree.get("keywords", {}).items()}


def number(text: str) -> float | None:
    """A count: "12", "une dizaine", "aucun", "two"; None when there is none or there are several."""
    words = plain(text.replace(",", "."))
    digits = re.findall(r"\d+(?:[.,]\d+)?", text.replace(",", "."))
    if len(digits) == 1:
        return float(digits[0])
    if digits:
        return None
    names = {plain(word): float(value) for value, group in _words()["numbers"].items() for word in group}
    found = [names[words]] if words in names else [names[part] for part in words.split() if part in names]
    return found[0] if len(set(found)) == 1 else None


_UNITS = {
    "month": 1.0,
    "year": 12.0,
    "week": 1 / 4.345,
    "day": 1 / 30.4,
}
_UNIT_WORDS = {
    "mois": "month",
    "month": "month",
    "months": "month",
    "an": "year",
    "ans": "year",
    "annee": "year",
    "annees": "year",
    "year": "year",
    "years": "year",
    "semaine": "week",
    "semaines": "week",
    "week": "week",
    "weeks": "week",
    "jour": "day",
    "jours": "day",
    "day": "day",
    "days": "day",
}
_HALF = re.compile(r"\bet demie?\b|\band a half\b")


def months(text: str, *, default_unit: str = "month") -> float | None:
    """A length of time in months: "6 mois", "un an et demi", "2 ans et 3 mois", "three weeks", "8".

    Without a unit, a bare number counts in `default_unit` ("month" or "year"). None when not understood.
    """
    words = plain(text)
    total, pending, seen = 0.0, None, False
    for word in re.findall(r"\d+(?:\.\d+)?|[a-z]+", words.replace(",", ".")):
        value = _small_number(word)
        if value is not None and word not in _UNIT_WORDS:
            pending = value
        elif word in _UNIT_WORDS:
            if pending is None:
                continue
            total += pending * _UNITS[_UNIT_WORDS[word]]
            if _HALF.search(words) and not seen:
                total += 0.5 * _UNITS[_UNIT_WORDS[word]]
            pending, seen = None, True
    if seen:
        return round(total, 2)
    if words == "demi" or pending is None:
        return None
    rest = re.sub(r"\d+(?:\.\d+)?", "", words).split()
    if len(rest) > 2:
        return None
    return round(pending * _UNITS[default_unit], 2)


@cache
def _number_names() -> dict[str, float]:
    return {plain(word): float(value) for value, group in _words()["numbers"].items() for word in group}


def _small_number(word: str) -> float | None:
    if word.replace(".", "", 1).isdigit():
        return float(word)
    return _number_names().get(word)


_HOUR = re.compile(
    r"\b(\d{1,2})\s*(?:h|heures?|:|\.)\s*(\d{2})?\b|\b(\d{1,2})(?::(\d{2}))?\s*(am|pm)\b|^\s*(?:a|at)?\s*(\d{1,2})\s*$"
)


def hour(text: str) -> time | None:
    """A time of day: "9h", "9 h 30", "18:15", "6 pm", "midi", "9"; None when not understood."""
    lowered = text.lower().replace("à", "a").strip()
    words = plain(text)
    for name, value in _words()["hours"].items():
        if words in {plain(word) for word in value}:
            return time.fromisoformat(name)
    found = _HOUR.search(lowered)
    if not found:
        return None
    first, minutes, twelve, twelve_minutes, half, bare = found.groups()
    value = int(first or twelve or bare)
    if half == "pm" and value < 12:
        value += 12
    elif half == "am" and value == 12:
        value = 0
    minute = int(minutes or twelve_minutes or 0)
    return time(value, minute) if value < 24 and minute < 60 else None


def moment(text: str, now: datetime) -> datetime | None:
    """A moment ahead, in the person's wall clock: "demain 10h", "ce soir", "14h30", "dans 2 heures", "lundi 9h".

    `now` is the local time; the result has the same zone. An hour that has passed today means tomorrow's.
    """
    words = plain(text)
    ahead = re.search(r"\b(?:dans|in) (?:une|un|an|a|(\d{1,2})) ?(h|heures?|hours?|minutes?|min)\b", words)
    if ahead:
        count = int(ahead.group(1) or 1)
        step = timedelta(minutes=count) if ahead.group(2).startswith("min") else timedelta(hours=count)
        return (now + step).replace(second=0, microsecond=0)
    if words in {plain(word) for word in _words()["moments"]["now"]}:
        return now.replace(second=0, microsecond=0)
    day = _day_in(words, now.date())
    at = (
        hour(re.sub(r"\b(demain|apres demain|tomorrow)\b", "", words))
        or _clock_in(text)
        or _part_of_day(words)
    )
    if at is None:
        return None
    found = datetime.combine(day or now.date(), at, now.tzinfo)
    if day is None and found <= now:
        found += timedelta(days=1)
    return found if found >= now - timedelta(minutes=1) else None


def _clock_in(text: str) -> time | None:
    found = re.search(r"\d{1,2}\s*(?:h\s*\d{0,2}|:\d{2}|\s*(?:am|pm))", text.lower())
    return hour(found.group(0)) if found else None


def _part_of_day(words: str) -> time | None:
    for name, group in _words()["parts"].items():
        if any(f" {plain(word)} " in f" {words} " for word in group):
            return time.fromisoformat(name)
    return None


def _day_in(words: str, today: date) -> date | None:
    padded = f" {words} "
    for offset, group in ((2, _words()["moments"]["after_tomorrow"]), (1, _words()["moments"]["tomorrow"])):
        if any(f" {plain(word)} " in padded for word in group):
            return today + timedelta(days=offset)
    for index, names in enumerate(_words()["moments"]["weekdays"]):
        if any(f" {name} " in padded for name in names.split("|")):
            return today + timedelta(days=(index - today.weekday()) % 7 or 7)
    return None


def clean(text: str, limit: int) -> str:
    """A typed text as it may be kept: control characters and direction marks out, spaces single, `limit` characters."""
    kept = "".join(
        char
        for char in text
        if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"} or char in "\n\t\u200d\ufe0f"
    )
    return " ".join(kept.split())[:limit].strip()


def any_of(words: Iterable[str], text: str) -> bool:
    """Whether one of these whole words or phrases occurs in the text."""
    padded = f" {plain(text)} "
    return any(f" {plain(word)} " in padded for word in words)
