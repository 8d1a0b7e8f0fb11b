"""The one renderer of words: locale files in, sentences out, in a language and a form given explicitly.

Locale files (`bot/locales/<subject>.toml`) hold both languages side by side: `[key] fr = "..." en = "..."`, French with
its vous / tu places marked inline (`{Envoyez|Envoie}`), and `fr_one` / `en_one` beside `fr` / `en` where a count of one
reads otherwise (the count is the value `n`). Loading checks that every text exists in both languages with the same
variables, and names file, key and field of each fault.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import tomli
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from bot.advice.wording import choose_form, fill, in_place, near_place, placeholders

LOCALES = Path(__file__).parent.parent / "locales"


class TextError(Exception):
    """A locale file is wrong; the message names file, key, field and what is expected."""


def load_texts(folder: Path = LOCALES) -> dict[str, dict[str, str]]:
    """All texts by key ("file.section.name"); raises TextError listing every fault."""
    texts: dict[str, dict[str, str]] = {}
    faults: list[str] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            content = tomli.loads(path.read_text("utf-8"))
        except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
            faults.append(f"{path.name}: not valid TOML ({error})")
            continue
        for key, entry in _entries(content, path.stem):
            faults += [f"{path.name}: {key}: {fault}" for fault in _faults(entry)]
            texts[key] = entry
    if faults:
        raise TextError("\n".join(faults))
    return texts


def _entries(node: dict[str, Any], prefix: str) -> list[tuple[str, dict[str, str]]]:
    if any(not isinstance(value, dict) for value in node.values()):
        return [(prefix, node)]
    return [entry for name, value in node.items() for entry in _entries(value, f"{prefix}.{name}")]


def _faults(entry: dict[str, str]) -> list[str]:
    found = [
        f"{field}: expected a text" for field, text in entry.items() if not isinstance(text, str) or not text
    ]
    found += [f"{language}: missing" for language in ("fr", "en") if language not in entry]
    found += [
        f"{field}: unknown field, expected fr, en, fr_one or en_one"
        for field in entry
        if field not in {"fr", "en", "fr_one", "en_one"}
    ]
    if not found and set(placeholders(entry["fr"])) != set(placeholders(entry["en"])):
        found.append(
            f"fr and en do not use the same variables: {placeholders(entry['fr'])}, {placeholders(entry['en'])}"
        )
    return found


@cache
def texts() -> dict[str, dict[str, str]]:
    """The project's own texts, loaded once."""
    return load_texts()


@cache
def _plain_text(key: str, language: str, form: str) -> str:
    """A text without variables: the labels of a keyboard are said thousands of times."""
    return Voice(language, form).render(texts()[key][language])


@dataclass(frozen=True, slots=True)
class Voice:
    """Bob speaking one language ("fr", "en") in one form ("vous", "tu"; English has one)."""

    language: str
    form: str = "vous"

    def __call__(self, key: str, **values: Any) -> str:
        """The text `key` with its variables filled; values are shown as they are, whatever they contain."""
        if not values:
            return _plain_text(key, self.language, self.form)
        entry = texts()[key]
        field = self.language
        if values.get("n") is not None and f"{field}_one" in entry and self._is_one(values["n"]):
            field += "_one"
        return self.render(entry[field], **values)

    def render(self, text: str, **values: Any) -> str:
        """A text of the catalogue or of a locale file: form chosen, variables filled."""
        return fill(choose_form(text, self.form), {name: str(value) for name, value in values.items()})

    def has(self, key: str) -> bool:
        return key in texts()

    def _is_one(self, n: float) -> bool:
        return bool(Locale(self.language).plural_form(n) == "one")

    def hour(self, at: time) -> str:
        """ "9 h", "10 h 30"; "9:00", "10:30"."""
        if self.language == "fr":
            return f"{at.hour} h" if at.minute == 0 else f"{at.hour} h {at.minute:02d}"
        return f"{at.hour}:{at.minute:02d}"

    def date(self, day: dt.date) -> str:
        """ "mardi 1er décembre"; "Tuesday 1 December"."""
        words = format_date(day, "EEEE d MMMM", locale=self.language)
        return words.replace(" 1 ", " 1er ") if self.language == "fr" else words

    def short_date(self, day: dt.date) -> str:
        """ "1er décembre"; "1 December"."""
        words = format_date(day, "d MMMM", locale=self.language)
        return f"1er{words[1:]}" if self.language == "fr" and words.startswith("1 ") else words

    def day(self, day: dt.date, today: dt.date) -> str:
        """ "aujourd'hui", "demain", a weekday within the week, else the date."""
        if day == today:
            return self("common.today")
        if day == today + timedelta(days=1):
            return self("common.tomorrow")
        if today < day < today + timedelta(days=7):
            return format_date(day, "EEEE", locale=self.language)
        return self.date(day)

    def moment(self, at: datetime, today: dt.date) -> str:
        """A local instant: "demain à 10 h"; "tomorrow at 10:00"."""
        return self("common.moment", day=self.day(at.date(), today), hour=self.hour(at.time()))

    def number(self, value: float) -> str:
        """A number as the language writes it."""
        return str(format_decimal(value, locale=self.language))

    def listing(self, items: list[str]) -> str:
        """ "a, b et c"; "a, b and c"."""
        if len(items) < 2:
            return "".join(items)
        return ", ".join(items[:-1]) + f" {self('common.and')} {items[-1]}"

    def in_place(self, place: str) -> str:
        return in_place(place, self.language)

    def near_place(self, place: str) -> str:
        return near_place(place, self.language)


@cache
def voice_of(language: str, form: str) -> Voice:
    """The voice of somebody: one turn asks for it dozens of times."""
    return Voice(language, form)
