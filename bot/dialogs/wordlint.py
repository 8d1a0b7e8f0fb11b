"""The linter of words over everything that Bob says: guilt, jargon, gendered endings, mixed forms, untranslated, long.

The same lists as for the catalogue (`bot.advice.lint.words`), on `bot/locales/*.toml`. `bob catalogue check` runs both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.advice.faults import Fault
from bot.advice.lint import words
from bot.advice.wording import FORM, PLACEHOLDER, choose_form
from bot.dialogs.texts import texts

MOST_WORDS: Final = 60
LONG_MESSAGES: Final = {
    "welcome.first": 90, "welcome.minor": 90, "welcome.again": 90, "help.text": 130, "distress.reply": 110,
    "mydata.kept": 110, "counsellor.preview": 110, "team.help": 90,
}  # fmt: skip
"""Messages that may be longer: the first screens, help, words of distress, the data kept, what a team would see."""
TO_TEAMS: Final = frozenset(("group", "team", "urgent", "acting", "bulk", "reports"))
"""Files of what is said to counsellors."""
MEAN_SENTENCE, LONGEST_SENTENCE = 12, 25
"""Words of a sentence, on average in a message and at most."""
NAMES_BOTH_FORMS = re.compile(r"vous, tu ou English", re.IGNORECASE)
_MENTIONS: Final = {("settings.language_set", "vous"), ("settings.language_set", "tu")}
"""Texts that name the form itself."""
TO_AN_EMPLOYER = re.compile(r"follow_up\.payload\..+")
"""Words that the person sends: vous to whoever reads them, whatever the form between Bob and the person."""
_TOKENS = re.compile(r"[^\W\d_]+")
_LEAST_TO_TELL = 4
"""Words from which a text can be told to be of one language."""


@dataclass(frozen=True, slots=True)
class Said:
    """A text as one reader gets it, with a word in the place of each variable."""

    key: str
    field: str
    form: str | None  # vous | tu; None in English
    text: str

    @property
    def language(self) -> str:
        return self.field[:2]

    @property
    def own(self) -> str:
        """Bob's own words: no variable, nor the names of the two forms where one chooses."""
        return NAMES_BOTH_FORMS.sub("", re.sub(r" X | · ", " ", self.text))

    def fault(self, message: str) -> Fault:
        file, _, item = self.key.partition(".")
        return Fault(
            f"locales/{file}.toml", item, self.field + (f" ({self.form})" if self.form else ""), message
        )


def said(entries: Mapping[str, Mapping[str, str]]) -> Iterator[Said]:
    """Each text in each form."""
    for key, entry in entries.items():
        for field, text in entry.items():
            for form in forms_of(key) if field.startswith("fr") else (None,):
                chosen = choose_form(text, form) if form else text
                yield Said(key, field, form, PLACEHOLDER.sub("X", chosen).strip())


def forms_of(key: str) -> tuple[str, ...]:
    """The forms in which Bob says a French text: counsellors are told vous, in a group as alone."""
    return ("vous",) if key.partition(".")[0] in TO_TEAMS else ("vous", "tu")


def sentences(text: str) -> list[str]:
    """The sentences of a text; a line is one too."""
    parts = re.split(r"\n+|(?<=[.?!…])[\s»\"]+", text)
    return [part for part in parts if any(char.isalnum() for char in part)]


def word_count(text: str) -> int:
    """Words that hold a letter or a digit."""
    return sum(any(char.isalnum() for char in word) for word in text.split())


def faults(entries: Mapping[str, Mapping[str, str]] | None = None) -> list[Fault]:
    """Everything to mend in the texts (Bob's own by default), each fault once."""
    entries = texts() if entries is None else entries
    found: dict[Fault, None] = {}
    for key, entry in entries.items():
        for fault in _of_forms(key, entry):
            found[fault] = None
    for one in said(entries):
        for message in (*_register(one), *_gender(one), *_tone(one), *_language(one), *_length(one)):
            found[one.fault(message)] = None
    return sorted(found)


def _of_forms(key: str, entry: Mapping[str, str]) -> Iterator[Fault]:
    for field, text in entry.items():
        for left, right in FORM.findall(text):
            if field.startswith("en"):
                yield Said(key, field, None, text).fault("English has one form: no {vous|tu}")
            elif left == right:
                yield Said(key, field, None, text).fault(f"both forms of {{{left}|{right}}} are the same")
    if entry.get("fr") == entry.get("en") and len(_TOKENS.findall(entry.get("fr", ""))) >= _LEAST_TO_TELL:
        yield Said(key, "en", None, "").fault("the same as in French: translate it")


def _register(one: Said) -> Iterator[str]:
    if one.form is None:
        return
    says_vous = one.form == "vous" or TO_AN_EMPLOYER.fullmatch(one.key)
    patterns = (words.TU_WORDS, words.TON) if says_vous else (words.VOUS_WORDS, words.VOUS_VERBS)
    for pattern in patterns:
        mixed = pattern.search(words.RENDEZ_VOUS.sub("", one.own))
        if mixed and (one.key, mixed[0]) not in _MENTIONS:
            yield f"mixes vous and tu: {mixed[0]!r}"


def _gender(one: Said) -> Iterator[str]:
    patterns = (words.GENDERED, words.AGREES_WITH_PERSON) if one.form else (words.GENDERED_EN,)
    for pattern in patterns:
        if ended := pattern.search(one.own):
            yield f"tells a gender: {ended[0]!r}"


def _tone(one: Said) -> Iterator[str]:
    if blamed := words.FORBIDDEN_TONE[one.language].search(one.own):
        yield f"blames, orders or promises: {blamed[0]!r}"
    if jargon := words.JARGON[one.language].search(one.own):
        yield f"jargon: {jargon[0]!r}"
    if one.text.count("!") > 1:
        yield "more than one exclamation mark"
    if len(words.EMOJI.findall(one.text)) > 1:
        yield "more than one emoji"
    if "%" in one.text:
        yield "a figure without its source: '%'"


def _language(one: Said) -> Iterator[str]:
    tokens = [token.lower() for token in _TOKENS.findall(one.own)]
    other, own = (words.ENGLISH, words.FRENCH) if one.language == "fr" else (words.FRENCH, words.ENGLISH)
    if len(tokens) < _LEAST_TO_TELL:
        return
    foreign = [token for token in tokens if token in other]
    if len(foreign) > 1 and len(foreign) > sum(token in own for token in tokens):
        yield f"reads like the other language: {', '.join(foreign[:3])}"


def _length(one: Said) -> Iterator[str]:
    lengths = [word_count(part) for part in sentences(one.text)]
    total, most = sum(lengths), LONG_MESSAGES.get(one.key, MOST_WORDS)
    if total > most:
        yield f"{total} words, {most} at most"
    if lengths and max(lengths) > LONGEST_SENTENCE:
        yield f"a sentence of {max(lengths)} words, {LONGEST_SENTENCE} at most"
    if lengths and total > MEAN_SENTENCE * len(lengths):
        yield f"{total / len(lengths):.0f} words a sentence, {MEAN_SENTENCE} on average at most"
